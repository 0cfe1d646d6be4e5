/// The memory of a sketch's centroids: their coordinates and what is known of each. Nothing in it
/// follows from the rest.
///
/// `@unchecked Sendable`: ``SketchState`` hands it out to be changed only where nobody else holds
/// it.
final class SketchMemory: @unchecked Sendable {
  let columns: Int
  /// The number of centroids that there is room for: whole vectors.
  let capacity: Int
  private(set) var count = 0
  /// Coordinates in the frame of the sketch [count x columns].
  let coordinates: UnsafeMutablePointer<Double>
  /// Records of the centroids [count].
  let entries: UnsafeMutablePointer<SketchEntry>
  private let arena = ScratchArena()

  /// Memory without centroids.
  init(columns: Int, capacity: Int) {
    self.columns = columns
    self.capacity = Self.whole(max(1, capacity))
    // Each begins with a cache line, so that no vector of an even row lies on two of them.
    coordinates = arena.take(self.capacity * columns)
    entries = arena.take(self.capacity)
  }

  /// A copy of other memory, with room for more.
  ///
  /// - Precondition: there is room for what it holds.
  convenience init(_ other: SketchMemory, capacity: Int) {
    self.init(columns: other.columns, capacity: capacity)
    precondition(other.count <= self.capacity)
    count = other.count
    coordinates.update(from: other.coordinates, count: count * columns)
    entries.update(from: other.entries, count: count)
  }

  /// A number of centroids that fills whole vectors.
  private static func whole(_ count: Int) -> Int {
    (count + Float.lanes - 1) / Float.lanes * Float.lanes
  }

  /// The number of centroids, with those that fill up the last vector.
  var width: Int { Self.whole(count) }

  /// The coordinates as rows.
  var rows: Rows<Double> {
    Rows(base: coordinates, count: count, columns: columns, stride: columns)
  }

  /// Adds a centroid.
  ///
  /// - Returns: its slot, the last.
  /// - Precondition: there is room.
  @discardableResult
  func append(_ point: UnsafePointer<Double>, _ entry: SketchEntry) -> Int {
    precondition(count < capacity)
    coordinates.advanced(by: count * columns).update(from: point, count: columns)
    entries[count] = entry
    count += 1
    return count - 1
  }

  /// Forgets all centroids.
  func removeAll() { count = 0 }
}
