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
  /// The groups that are alive.
  let list: UnsafeMutablePointer<Int32>
  private let memory: UnsafeMutableRawPointer

  /// The label that all sixteen rows have, or -1.
  var commonLabel: Int32 {
    for lane in 1..<FilterShape.lanes where labels[lane] != labels[0] { return -1 }
    return labels[0]
  }

  /// How many groups are scored before limits are known: their scores stay in the second cache.
  static var scoredGroups: Int { 340 }

  init(columns: Int, groupCount: Int) {
    let lanes = FilterShape.lanes
    let width = FilterShape.workColumns(columns)
    let scored = min(groupCount, Self.scoredGroups)
    let sizes = [
      width * 4, lanes * width, FilterShape.words(columns: columns) * lanes * 4,
      FilterShape.facts * lanes * 4, FilterShape.limits * lanes * 4, lanes * 4, lanes * 8,
      lanes * 4,
      lanes * 4, groupCount * FilterShape.groupSize * 2, groupCount * lanes * 4,
      scored * FilterShape.groupSize * lanes * 4, (groupCount + lanes) * 4,
    ].map { ($0 + 63) / 64 * 64 }
    memory = .allocate(byteCount: sizes.reduce(0, +), alignment: 64)
    var next = memory
    func part<T>(_ index: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
      defer { next += sizes[index] }
      return next.bindMemory(to: T.self, capacity: sizes[index] / MemoryLayout<T>.stride)
    }
    work = part(0, Float.self)
    bytes = part(1, Int8.self)
    points = part(2, Int32.self)
    facts = part(3, Float.self)
    limits = part(4, Float.self)
    ownExtents = part(5, Float.self)
    squaredDistances = part(6, Double.self)
    labels = part(7, Int32.self)
    slots = part(8, Int32.self)
    masks = part(9, UInt16.self)
    maxima = part(10, Float.self)
    scores = part(11, Float.self)
    list = part(12, Int32.self)
  }

  deinit { memory.deallocate() }
}
