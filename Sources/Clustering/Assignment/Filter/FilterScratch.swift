internal import KMeansKernelTypes

/// Memory that one thread needs to filter vectors of sixteen points: O(k + d).
///
/// `@unchecked Sendable`: each belongs to one worker.
final class FilterScratch<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// A row while it is quantised.
  let work: UnsafeMutablePointer<Float>
  /// Sixteen rows, quantised.
  let bytes: UnsafeMutablePointer<Int8>
  /// The same, turned.
  let points: UnsafeMutablePointer<Int32>
  let facts: UnsafeMutablePointer<Float>
  let limits: UnsafeMutablePointer<Float>
  let ownExtents: UnsafeMutablePointer<Float>
  /// u^2 of each point.
  let squaredDistances: UnsafeMutablePointer<Double>
  let labels: UnsafeMutablePointer<Int32>
  let slots: UnsafeMutablePointer<Int32>
  /// Six a group.
  let masks: UnsafeMutablePointer<UInt16>
  /// Sixteen a group.
  let maxima: UnsafeMutablePointer<Float>
  /// Sixteen a slot, of the groups that are scored in the first of two stages.
  let scores: UnsafeMutablePointer<Float>
  /// The points and the centroids of the pairs that are left of ``listedGroups`` groups.
  let candidateLanes: UnsafeMutablePointer<Int32>
  let candidates: UnsafeMutablePointer<Int32>
  /// The groups that are alive.
  let list: UnsafeMutablePointer<Int32>
  /// What is read next.
  var ahead: LinesAhead
  private let arena = ScratchArena()

  /// How many groups are scored before limits are known: their scores stay in the second cache.
  static var scoredGroups: Int { 340 }

  /// How many groups are decided at once: their pairs stay in the first cache.
  static var listedGroups: Int { 16 }

  /// - Parameters:
  ///   - groupCount: room for so many groups.
  ///   - scoredGroups: at most so many of them are scored at once.
  init(columns: Int, groupCount: Int, scoredGroups: Int = FilterScratch.scoredGroups) {
    let lanes = FilterShape.lanes
    // Of one point all groups may be listed at once.
    let pairs = FilterShape.groupSize * max(Self.listedGroups * lanes, groupCount) + lanes
    let width = FilterShape.workColumns(columns)
    let scored = min(groupCount, scoredGroups)
    work = arena.take(width)
    bytes = arena.take(lanes * width)
    points = arena.take(FilterShape.words(columns: columns) * lanes)
    facts = arena.take(FilterShape.facts * lanes)
    limits = arena.take(FilterShape.limits * lanes)
    ownExtents = arena.take(lanes)
    squaredDistances = arena.take(lanes)
    labels = arena.take(lanes)
    slots = arena.take(lanes)
    masks = arena.take(groupCount * FilterShape.groupSize)
    maxima = arena.take(groupCount * lanes)
    scores = arena.take(scored * FilterShape.groupSize * lanes)
    list = arena.take(groupCount + lanes)
    ahead = LinesAhead(arena.take(LinesAhead.room))
    candidateLanes = arena.take(pairs)
    candidates = arena.take(pairs)
  }
}
