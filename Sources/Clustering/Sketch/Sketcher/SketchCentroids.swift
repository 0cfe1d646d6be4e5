internal import KMeansKernelTypes

/// The centroids of a sketch, in memory of a fixed size: their places in Double, in the frame of the
/// sketch, and what is known of them; and a copy of the places in Float for the filter.
///
/// `@unchecked Sendable`: whoever changes one has made sure that nobody else holds it.
final class SketchCentroids: @unchecked Sendable {
  let columns: Int
  /// How many there is room for: whole vectors.
  let capacity: Int
  private(set) var count = 0
  /// count x columns.
  let places: UnsafeMutablePointer<Double>
  let entries: UnsafeMutablePointer<SketchEntry>
  /// The places rounded to Float; zeros beyond.
  let rounded: UnsafeMutablePointer<Float>
  /// Half the squared norm less its part of the bound, rounded down; infinite beyond, and for those that
  /// are too far for products: their rounded places are zeros, too.
  let low: UnsafeMutablePointer<Float>
  /// At least the squared norm of each of them.
  private(set) var largestNorm = 0.0
  /// The squared norm beyond which a product may overflow; below 0 where nothing can be ruled out.
  let largestTrusted: Double
  /// The rounded places in tiles, but for the stale ones.
  let tiles: UnsafeMutablePointer<Float>
  private let tileRows: Int
  /// Slots of which the tiles are out of date, each once.
  private let stale: UnsafeMutablePointer<Int32>
  private let isStale: UnsafeMutablePointer<Bool>
  private var staleCount = 0
  private let bound: RulingOut
  /// The places as bytes, where these rule out instead of products.
  let bytes: SketchBytes?
  private let arena = ScratchArena()

  init(columns: Int, capacity: Int, kernels: Sketcher.Kernels) {
    self.columns = columns
    tileRows = kernels.tileRows
    bound = kernels.bound
    largestTrusted = bound.meansSomething ? bound.largestNorm : -1
    let whole = Self.whole(max(1, capacity))
    self.capacity = whole
    // Each begins with a cache line, so that no vector of an even row lies on two of them.
    places = arena.take(whole * columns)
    entries = arena.take(whole)
    rounded = arena.take(whole * columns, repeating: 0)
    low = arena.take(whole, repeating: .infinity)
    bytes = kernels.filter.map {
      SketchBytes(columns: columns, capacity: whole, kernels: $0)
    }
    let inTiles = bytes == nil ? (whole + tileRows - 1) / tileRows * tileRows : 0
    tiles = arena.take(inTiles * columns, repeating: 0)
    stale = arena.take(whole)
    isStale = arena.take(whole, repeating: false)
  }

  /// A number of centroids that fills whole vectors.
  private static func whole(_ count: Int) -> Int {
    (count + Float.lanes - 1) / Float.lanes * Float.lanes
  }

  /// The centroids and those that fill up the last vector.
  var width: Int { Self.whole(count) }

  /// The same centroids in other memory, for the same or for other kernels.
  ///
  /// - Precondition: there is room for them.
  func copy(capacity: Int, kernels: Sketcher.Kernels) -> SketchCentroids {
    let copy = SketchCentroids(columns: columns, capacity: capacity, kernels: kernels)
    precondition(count <= copy.capacity)
    copy.count = count
    copy.places.update(from: places, count: count * columns)
    copy.entries.update(from: entries, count: count)
    copy.rounded.update(from: rounded, count: count * columns)
    if let bytes = copy.bytes {
      bytes.fill(with: copy.rows)
    } else {
      for slot in 0..<count { copy.lower(slot) }
    }
    return copy
  }

  /// Forgets all of them.
  func removeAll() {
    rounded.update(repeating: 0, count: count * columns)
    low.update(repeating: .infinity, count: count)
    bytes?.removeAll()
    // Whoever comes next into a slot brings its tile up to date.
    count = 0
    largestNorm = 0
  }

  /// Adds one.
  ///
  /// - Returns: its slot, the last.
  /// - Precondition: there is room.
  func append(
    _ place: UnsafePointer<Double>, rounded source: UnsafePointer<Float>, _ entry: SketchEntry
  ) -> Int {
    precondition(count < capacity)
    let slot = count
    places.advanced(by: slot * columns).update(from: place, count: columns)
    rounded.advanced(by: slot * columns).update(from: source, count: columns)
    entries[slot] = entry
    count += 1
    refresh(slot)
    return slot
  }

  /// Adds a point to a centroid, which moves.
  ///
  /// - Returns: the share of the way to the point.
  @inline(__always)
  func merge(
    _ point: UnsafePointer<Double>, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ move: SketchKernels.MoveCentroid, _ rounding: inout SketchRounding
  ) -> Double {
    let share = entries[slot].merge(entry, squaredDistance: squaredDistance, &rounding)
    let place = slot &* columns
    entries[slot].settle(
      squaredNorm: move(places + place, point, share, columns, rounded + place))
    refresh(slot)
    return share
  }

  /// The nearest to a point of a known centroid and some others, the lowest slot on ties.
  func nearest(
    _ known: (slot: Int, squaredDistance: Double), or slots: UnsafeBufferPointer<Int32>,
    to point: UnsafePointer<Double>, _ directDistance: KernelSet<Double>.DirectDistance
  ) -> (slot: Int, squaredDistance: Double) {
    var nearest = known
    for other in slots {
      let slot = Int(other)
      let distance = directDistance(point, places + slot &* columns, columns)
      if (distance, slot) < (nearest.squaredDistance, nearest.slot) { nearest = (slot, distance) }
    }
    return nearest
  }

  /// Brings what rules out up to date with the place of a centroid.
  @inline(__always)
  private func refresh(_ slot: Int) {
    guard let bytes else { return lower(slot) }
    bytes.take(places + slot &* columns, as: slot)
  }

  /// The places as they are.
  var rows: Rows<Double> {
    Rows(base: places, count: count, columns: columns, stride: columns)
  }

  /// Brings the bound of a centroid that moved up to date.
  ///
  /// The winner's score may be too low by as much as a loser's: `RulingOut` counts 6 roundings of half the
  /// norm, and has 5 of its own here, for the place is rounded once, not shifted and rounded.
  @inline(__always)
  private func lower(_ slot: Int) {
    noteStale(slot)
    let norm = entries[slot].squaredNorm
    largestNorm = max(largestNorm, norm)
    guard norm <= largestTrusted else {
      (rounded + slot * columns).update(repeating: 0, count: columns)
      low[slot] = .infinity
      return
    }
    let score = norm / 2 - bound.centroidPart(squaredNorm: norm)
    // Two steps down: the difference is rounded in Double, then to Float.
    low[slot] = Float(score).nextDown.nextDown
  }

  /// How many tiles the centroids fill.
  var tileCount: Int { (count + tileRows - 1) / tileRows }

  @inline(__always)
  private func noteStale(_ slot: Int) {
    guard !isStale[slot] else { return }
    isStale[slot] = true
    stale[staleCount] = Int32(truncatingIfNeeded: slot)
    staleCount += 1
  }

  /// Brings the tiles up to date.
  ///
  /// - Complexity: O(d) for each centroid that moved since.
  func refreshTiles() {
    for place in 0..<staleCount {
      let slot = Int(stale[place])
      isStale[slot] = false
      let (tile, lane) = slot.quotientAndRemainder(dividingBy: tileRows)
      let (source, target) = (rounded + slot * columns, tiles + tile * tileRows * columns + lane)
      for column in 0..<columns { target[column &* tileRows] = source[column] }
    }
    staleCount = 0
  }
}
