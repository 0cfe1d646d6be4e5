internal import KMeansKernelTypes

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
  /// What a searcher has to remember of each, the marks of ``SearchedCentroids``: 0 at first
  /// [count].
  let marks: UnsafeMutablePointer<UInt8>
  private let arena = ScratchArena()

  /// Memory without centroids.
  init(columns: Int, capacity: Int) {
    self.columns = columns
    self.capacity = Self.whole(max(1, capacity))
    // Each begins with a cache line, so that no vector of an even row lies on two of them.
    coordinates = arena.take(self.capacity * columns)
    entries = arena.take(self.capacity)
    marks = arena.take(self.capacity)
  }

  /// A copy of other memory, with room for more.
  ///
  /// - Parameter keepsMarks: whether what a searcher remembers is copied, too.
  /// - Precondition: there is room for what it holds.
  convenience init(_ other: SketchMemory, capacity: Int, keepsMarks: Bool = true) {
    self.init(columns: other.columns, capacity: capacity)
    precondition(other.count <= self.capacity)
    count = other.count
    coordinates.update(from: other.coordinates, count: count * columns)
    entries.update(from: other.entries, count: count)
    if keepsMarks {
      marks.update(from: other.marks, count: count)
    } else {
      marks.update(repeating: 0, count: count)
    }
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
    marks[count] = 0
    count += 1
    return count - 1
  }

  /// Adds a point to a centroid, which moves.
  ///
  /// - Parameter rounded: OUT, its coordinates rounded to Float.
  /// - Returns: the share of the way to the point.
  @inline(__always)
  func merge(
    _ point: UnsafePointer<Double>, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ move: SketchKernels.MoveCentroid, rounded: UnsafeMutablePointer<Float>,
    _ rounding: inout SketchRounding
  ) -> Double {
    let share = entries[slot].merge(entry, squaredDistance: squaredDistance, &rounding)
    entries[slot].settle(
      squaredNorm: move(coordinates + slot &* columns, point, share, columns, rounded))
    return share
  }

  /// The centroids as a searcher sees them.
  @inline(__always)
  var searched: SearchedCentroids {
    SearchedCentroids(coordinates: coordinates, marks: marks, count: count, columns: columns)
  }

  /// Forgets all centroids.
  func removeAll() { count = 0 }
}
