internal import KMeansKernelTypes

/// A block of points at work: finds the nearest centroid of one point after the other, exactly,
/// while the centroids move and new ones appear.
///
/// Whatever is looked at only rules out; `directDistance` of what remains decides. So all kinds of
/// blocks give the same bits.
protocol SketchBlock {
  /// The memory that blocks of this kind work in.
  associatedtype Work
  /// What they keep of the centroids from one block to the next.
  associatedtype Caches: CentroidCaches

  /// Memory for blocks of at most `rows` points against at most `capacity` centroids.
  static func makeWork(rows: Int, columns: Int, capacity: Int) -> Work

  /// Whether memory has room for a block that begins with some centroids.
  static func hasRoom(_ work: Work, for centroids: SketchMemory) -> Bool

  /// A block of the first `rows` points of the scratch.
  ///
  /// - Parameter threads: how many may share its work.
  init(
    _ centroids: SketchMemory, _ caches: Caches, _ points: SketchScratch, _ work: Work,
    _ kernels: Sketcher.Kernels, rows: Int, threads: Int)

  /// The number of points that had several candidates.
  var redecided: Int { get }

  /// The nearest centroid of a point and its squared distance, the lowest slot on ties.
  ///
  /// - Parameter row: within the block; later than all rows before.
  /// - Precondition: there is a centroid.
  /// - Complexity: O(m d) for m centroids.
  mutating func nearest(_ row: Int) -> (slot: Int, squaredDistance: Double)

  /// Makes a point a centroid.
  mutating func found(_ row: Int, _ entry: SketchEntry)

  /// Adds a point to a centroid.
  mutating func merge(
    _ row: Int, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ rounding: inout SketchRounding)

  /// Leaves the memory as the next block needs it.
  func end()
}

/// What a kind of blocks keeps beside the memory of the centroids: all of it follows from that, so
/// that it can be dropped and built anew at any time without changing a bit of a result.
protocol CentroidCaches: AnyObject, Sendable {
  /// Caches of the centroids in some memory, for its capacity.
  init(_ memory: SketchMemory, _ kernels: Sketcher.Kernels)
}

/// The points of a block, in the frame of the sketch.
final class SketchScratch {
  /// The number of points that there is room for.
  let rows: Int
  /// Coordinates [rows x columns].
  let shifted: UnsafeMutablePointer<Double>
  /// The same, rounded to Float [rows x columns].
  let rounded: UnsafeMutablePointer<Float>
  /// Squared lengths [rows].
  let squaredNorms: UnsafeMutablePointer<Double>
  private let arena = ScratchArena()

  init(rows: Int, columns: Int) {
    self.rows = rows
    shifted = arena.take(rows * columns)
    rounded = arena.take(rows * columns)
    squaredNorms = arena.take(rows)
  }
}
