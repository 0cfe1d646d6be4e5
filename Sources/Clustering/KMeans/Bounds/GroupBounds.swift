internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

/// Bounds that carry over iterations: for each tile of sixteen points and each group of six
/// centroids a gap, how much farther than its own centroid the group is from each of the points at
/// least, and when that was so.
///
/// A gap is spent by the moves of the centroids since then (not the sum of their steps: eight
/// iterations are looked back at, and gaps that are older are counted anew) and by the rise of the
/// points' own distances. Where it is spent, the group is compared again, for the whole tile, and
/// gets a new one. See `refreshSlacks` and `liveGroups`.
///
/// In the words of the literature a gap is a lower bound less an upper bound: bounds by the
/// triangle inequality (Elkan, Using the triangle inequality to accelerate k-means, ICML 2003), two
/// of them where one is enough (Hamerly, Making k-means even faster, SDM 2010), one for a group of
/// centroids (Ding et al., Yinyang k-means, ICML 2015), with the drift since an iteration instead
/// of the sum of its steps (ns-bounds: Newling and Fleuret, Fast k-means with accurate bounds, ICML
/// 2016). Here one bound holds for sixteen points, too, so that registers are full.
///
/// `@unchecked Sendable`: threads write to entries of different tiles.
final class GroupBounds<Scalar: ClusteringScalar>: @unchecked Sendable {
  private let tiles: Int
  private let groups: Int
  /// The number of groups, rounded up to whole registers.
  private let width: Int
  /// The least by which a group is farther than each point's own centroid [tiles x width].
  private let gaps: UnsafeMutablePointer<Float>
  /// The iteration in which the gap was found, of those that are looked back at [tiles x width].
  private let ages: UnsafeMutablePointer<Int8>
  /// The distance of each point to its own centroid in each of these, rounded up [tiles x 8 x 16].
  private let upperBounds: UnsafeMutablePointer<Float>
  /// The largest move of a centroid of each group since each of these iterations [8 x width].
  private let drifts: UnsafeMutablePointer<Float>
  /// The centroids of these iterations, and which of them stood in the slots; `nil` where there
  /// were none yet.
  private var snapshots: [(centroids: Matrix<Scalar>, labels: [Int32])?]
  /// The number of this iteration among the eight.
  private(set) var now = 0

  /// Whether the next iteration, or this one, begins with bounds that rule out nothing.
  private var isFresh = true
  private var isFirst = true

  /// Bounds that rule out nothing.
  init(tiles: Int, groups: Int) {
    self.tiles = tiles
    self.groups = groups
    width = FilterShape.groupRow(groups)
    gaps = LargeMemory.take(tiles * width, of: Float.self)
    ages = LargeMemory.take(tiles * width, of: Int8.self)
    upperBounds = LargeMemory.take(
      tiles * FilterShape.history * FilterShape.lanes, of: Float.self)
    drifts = LargeMemory.take(FilterShape.history * width, of: Float.self)
    snapshots = Array(repeating: nil, count: FilterShape.history)
  }

  deinit {
    LargeMemory.give(back: gaps)
    LargeMemory.give(back: ages)
    LargeMemory.give(back: upperBounds)
    LargeMemory.give(back: drifts)
  }

  /// Forgets all bounds, keeping memory.
  func reset() { isFresh = true }

  /// The bytes that such bounds take.
  static func bytes(tiles: Int, groups: Int) -> Int {
    tiles * (FilterShape.groupRow(groups) * 5 + FilterShape.history * FilterShape.lanes * 4)
  }

  /// Begins an iteration: finds how far the centroids have moved since those that are looked back
  /// at.
  ///
  /// - Returns: the centroids that are not looked back at any more.
  /// - Complexity: O(8 k d).
  func begin(
    _ nearest: NearestCentroids<Scalar>, _ step: FilterStep<Scalar>, threads: Int
  ) -> Matrix<Scalar>? {
    (isFirst, isFresh) = (isFresh, false)
    now = (now + 1) % FilterShape.history
    if isFirst { for past in snapshots.indices { snapshots[past] = nil } }
    let slots = groups * FilterShape.groupSize
    let retired = snapshots[now]?.centroids
    snapshots[now] = (
      nearest.centroids,
      Array(UnsafeBufferPointer(start: step.quantized.labels, count: slots))
    )
    guard !isFirst else { return retired }
    let (snapshots, chunk) = (snapshots, 32)
    let chunks = (groups + chunk - 1) / chunk
    Workers.share(FilterShape.history * chunks, among: threads) { queue in
      while let number = queue.next() {
        let past = number / chunks
        let drifts = drifts + past * width
        let some = number % chunks * chunk..<min((number % chunks + 1) * chunk, groups)
        guard past != now, let snapshot = snapshots[past] else {
          for group in some { drifts[group] = 0 }
          continue
        }
        snapshot.centroids.withRows { before in
          for group in some {
            drifts[group] = largestMove(of: group, from: before, snapshot.labels, step)
          }
        }
      }
    }
    return retired
  }

  /// The largest move of a centroid of a group, rounded up; infinite where one was left out then,
  /// for it was equal to another, and is not now: no gap speaks of it.
  private func largestMove(
    of group: Int, from before: Rows<Scalar>, _ labels: [Int32], _ step: FilterStep<Scalar>
  ) -> Float {
    var most = 0.0
    for slot in 0..<FilterShape.groupSize {
      let place = group * FilterShape.groupSize + slot
      let label = Int(step.quantized.labels[place])
      guard label >= 0 else { continue }
      guard labels[place] >= 0 else { return .infinity }
      most = max(
        most, step.directDistance(step.centroids[label], before[label], before.columns))
    }
    return Float(most.squareRoot() * (1 + 0x1p-20)).nextUp
  }

  /// Prefetches what is known of a tile.
  func prefetch(_ tile: Int, _ queue: inout PrefetchQueue) {
    let known = FilterShape.history * FilterShape.lanes
    queue.add(upperBounds + tile * known, count: known)
    queue.add(gaps + tile * width, count: groups)
    queue.add(ages + tile * width, count: groups)
  }

  /// The groups that a tile must be compared with, in a multiple of four; the last one several
  /// times.
  ///
  /// - Parameter upperBounds: the distances of its points to their own centroids, rounded up.
  /// - Returns: how many, and how many of them are different.
  func unprunedGroups(
    _ tile: Int, upperBounds: UnsafePointer<Float>, _ step: FilterStep<Scalar>,
    list: UnsafeMutablePointer<Int32>
  ) -> (padded: Int, count: Int) {
    let past = self.upperBounds + tile * FilterShape.history * FilterShape.lanes
    (past + now * FilterShape.lanes).update(from: upperBounds, count: FilterShape.lanes)
    guard !isFirst else {
      let padded = step.quantized.groupCount
      list.update(from: step.quantized.everyGroup, count: padded)
      return (padded, groups)
    }
    let count = step.kernels.liveGroups(
      gaps + tile * width, ages + tile * width, groups, drifts, past, now, list)
    var padded = count
    while padded == 0 || padded % FilterShape.groupsAtOnce != 0 {
      list[padded] = count > 0 ? list[count - 1] : 0
      padded += 1
    }
    return (padded, count)
  }

  /// Notes the gaps of the groups that a tile was compared with.
  func refresh(
    _ tile: Int, _ step: FilterStep<Scalar>, _ scratch: FilterScratch<Scalar>, count: Int
  ) {
    step.kernels.refreshSlacks(
      scratch.list, count, scratch.maxima, scratch.thresholds, step.quantized.groupErrors, now,
      gaps + tile * width, ages + tile * width)
  }
}
