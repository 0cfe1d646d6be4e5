/// The slots of centroids in the order of some random projections, and room for a search in them.
///
/// An unsafe handle of memory that its owner keeps.
struct ProjectedSlots {
  let basis: RandomBasis
  let capacity: Int
  /// The slots in the order of each projection [projections].
  var sorted: [SortedSlots]
  /// The projection by which a slot is sorted, not a number where it has no entry
  /// [projections x capacity].
  let keys: UnsafeMutablePointer<Double>
  /// Room for the projections of one row.
  let row: UnsafeMutablePointer<Double>
  /// The slots that the search at hand has looked at.
  var seen: SeenSlots

  /// Memory for some number of slots.
  init(_ basis: RandomBasis, capacity: Int, _ arena: ScratchArena) {
    (self.basis, self.capacity) = (basis, capacity)
    sorted = (0..<basis.count).map { _ in SortedSlots(capacity: capacity, arena) }
    keys = arena.take(basis.count * capacity, repeating: .nan)
    row = arena.take(basis.room)
    seen = SeenSlots(capacity: capacity, arena)
  }

  /// Adds a slot behind all others; ``sort()`` is due after the last.
  ///
  /// - Complexity: O(p d) for p projections.
  mutating func append(_ slot: Int, _ centroid: UnsafePointer<Double>) {
    basis.project(centroid, row)
    for number in 0..<basis.count {
      keys[number &* capacity &+ slot] = row[number]
      sorted[number].append(Int32(truncatingIfNeeded: slot), row[number])
    }
  }

  mutating func sort() {
    for number in 0..<basis.count { sorted[number].sort() }
  }

  /// Begins a search for a point: its projections are in ``row``.
  @inline(__always)
  mutating func begin(_ point: UnsafePointer<Double>) {
    basis.project(point, row)
    seen.begin()
  }

  mutating func removeAll() {
    for number in 0..<basis.count { sorted[number].removeAll() }
    keys.update(repeating: .nan, count: basis.count * capacity)
  }
}
