internal import KMeansKernelTypes

/// Memory that one thread needs to filter vectors of sixteen points: O(k + d).
///
/// `@unchecked Sendable`: each belongs to one worker.
final class FilterScratch<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// A row while it is quantised [columns, rounded up to 16].
  let work: UnsafeMutablePointer<Float>
  /// The quantised rows [16 x columns, rounded up to 16].
  let bytes: UnsafeMutablePointer<Int8>
  /// The same in lanes, as `packPoints` writes them [words x 16].
  let points: UnsafeMutablePointer<Int32>
  /// Records of the rows' quantisation, as `quantizeRow` writes them [6 x 16].
  let quantization: UnsafeMutablePointer<Float>
  /// Thresholds of upper scores, as `findThresholds` writes them [8 x 16].
  let thresholds: UnsafeMutablePointer<Float>
  /// N of the centroid of each label [16].
  let ownNormBounds: UnsafeMutablePointer<Float>
  /// u^2 of each point [16].
  let squaredDistances: UnsafeMutablePointer<Double>
  /// The centroid of each point so far [16].
  let labels: UnsafeMutablePointer<Int32>
  /// A slot of each point's largest score [16].
  let slots: UnsafeMutablePointer<Int32>
  /// A bit for each point that a slot's centroid may win [groups x 6].
  let masks: UnsafeMutablePointer<UInt16>
  /// The largest upper score of each point in each group [groups x 16].
  let maxima: UnsafeMutablePointer<Float>
  /// The upper scores of the groups of the first of two stages [slots x 16].
  let scores: UnsafeMutablePointer<Float>
  /// The points and the centroids of the pairs that are left of ``listedGroups`` groups.
  let candidateLanes: UnsafeMutablePointer<Int32>
  let candidates: UnsafeMutablePointer<Int32>
  /// The groups that are alive.
  let list: UnsafeMutablePointer<Int32>
  /// The memory to prefetch while the present points are filtered.
  var prefetch: PrefetchQueue
  private let arena = ScratchArena()

  /// The number of groups that are scored before thresholds are known: their scores stay in the
  /// second cache.
  static var scoredGroups: Int { 340 }

  /// The number of groups that are decided at once: their pairs stay in the first cache.
  static var listedGroups: Int { 16 }

  /// - Parameters:
  ///   - groupCount: room for so many groups.
  ///   - scoredGroups: at most so many of them are scored at once.
  init(columns: Int, groupCount: Int, scoredGroups: Int = FilterScratch.scoredGroups) {
    let lanes = FilterShape.lanes
    // One point may leave all groups in a list at once.
    let pairs = FilterShape.groupSize * max(Self.listedGroups * lanes, groupCount) + lanes
    let width = FilterShape.workColumns(columns)
    let scored = min(groupCount, scoredGroups)
    work = arena.take(width)
    bytes = arena.take(lanes * width)
    points = arena.take(FilterShape.words(columns: columns) * lanes)
    quantization = arena.take(FilterShape.quantization * lanes)
    thresholds = arena.take(FilterShape.thresholds * lanes)
    ownNormBounds = arena.take(lanes)
    squaredDistances = arena.take(lanes)
    labels = arena.take(lanes)
    slots = arena.take(lanes)
    masks = arena.take(groupCount * FilterShape.groupSize)
    maxima = arena.take(groupCount * lanes)
    scores = arena.take(scored * FilterShape.groupSize * lanes)
    list = arena.take(groupCount + lanes)
    prefetch = PrefetchQueue(arena.take(PrefetchQueue.room))
    candidateLanes = arena.take(pairs)
    candidates = arena.take(pairs)
  }
}

/// The memory that is read after a vector of sixteen points: kernels prefetch it meanwhile, in this
/// order. An unsafe handle of memory for ``room`` ranges.
struct PrefetchQueue {
  let ranges: UnsafeMutablePointer<PrefetchRange>
  private(set) var count = 0

  /// The ranges that a vector has: three for each of its points, and six.
  static var room: Int { 3 * FilterShape.lanes + 6 }

  init(_ ranges: UnsafeMutablePointer<PrefetchRange>) { self.ranges = ranges }

  mutating func clear() { count = 0 }

  /// Adds some values; without room for them they are not prefetched.
  mutating func add<Value>(_ start: UnsafePointer<Value>, count values: Int = 1) {
    guard count < Self.room, values > 0 else { return }
    let (line, place) = (64, Int(bitPattern: start))
    let end = place &+ values &* MemoryLayout<Value>.stride
    ranges[count] = (UnsafeRawPointer(start), (end &+ line &- 1) / line &- place / line)
    count &+= 1
  }
}
