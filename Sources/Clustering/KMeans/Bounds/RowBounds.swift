internal import KMeansKernelTypes
internal import KMeansLinearAlgebra
internal import KMeansLocks

/// The cache of a run of Lloyd's algorithm for the strategy `fused`: one bound a row, which tells
/// in later iterations that the row cannot have changed its cluster, without a look at the row.
/// Nothing of it decides a result.
///
/// The bound is that of Hamerly (Making k-means even faster, SDM 2010): the distance to the own
/// centroid grows by no more than that centroid moves, and the distance to any other shrinks by no
/// more than the farthest move of the others. Of both only the difference is kept, the gap, and
/// instead of lowering the gaps of all rows in every iteration a cluster adds up what its rows have
/// used up of theirs: a gap is stored plus that sum, and nothing is written for a row at rest.
///
/// Rows are taken in their own order, or, where ``takesByLabel``, in that of their labels: rows of
/// one cluster have terms in common, whose vectors of an inverted index then stay in cache.
///
/// 4 bytes a row, another 4 for an order, and k^2 floats where centroids near each cluster are told
/// from those far away.
///
/// `@unchecked Sendable`: threads write to entries of different rows.
final class RowBounds<Blocks: GatheredRows>: @unchecked Sendable {
  typealias Scalar = Blocks.Scalar

  let rows: Blocks
  let threads: Int
  let clusters: Int
  private let team: WorkerTeam?
  /// At most what the distance of each row to all other centroids is more than that to its own,
  /// plus what its cluster had used up then [n].
  let gaps: UnsafeMutablePointer<Float>
  private let parts: ClusterParts<Scalar>
  /// What the rows of each cluster have used up of their gaps.
  private var moves: ClusterMoves<Scalar>
  /// The centroids of the assignment before; `nil` where gaps say nothing.
  private var before: Matrix<Scalar>?
  /// Memory of threads, and how many take part in an assignment.
  private let workers = Mutex((all: [RowBoundsWorker<Blocks>](), taken: 0))
  /// Whether rows are taken in the order of their labels.
  private let takesByLabel: Bool
  /// The share of the rows that the last assignment had to look at.
  private var activeShare = 1.0
  /// Whether what is left out is computed after all, to test the bounds.
  let verifies: Bool
  /// Whether an assignment leaves rows out once the task is cancelled.
  private let isCancellable: Bool

  init(
    _ rows: Blocks, clusters: Int, threads: Int, team: WorkerTeam?, verifies: Bool,
    isCancellable: Bool, takesByLabel: Bool = false
  ) {
    self.rows = rows
    self.takesByLabel = takesByLabel
    self.threads = threads
    self.clusters = clusters
    self.team = team
    self.verifies = verifies
    self.isCancellable = isCancellable
    gaps = LargeMemory.take(rows.count, of: Float.self)
    parts = ClusterParts(clusters: clusters)
    // Distances between centroids of sparse rows take longer than they are worth.
    moves = ClusterMoves(
      clusters: clusters, columns: rows.columns, rows: takesByLabel ? 0 : rows.count)
  }

  deinit { LargeMemory.give(back: gaps) }

  /// How many bytes are remembered of so many rows.
  static func bytes(rows: Int) -> Int { rows * MemoryLayout<Float>.stride }

  /// Says that labels have changed besides, so that no gap means anything any more.
  func forget() { before = nil }

  /// A share of the distances that a gap has to spare: far above the relative error of
  /// `directDistance`, of a move and of a sum of them.
  var margin: Double { Double(rows.columns + 64) * 0x1p-50 }

  /// A gap as it is stored, rounded down.
  @inline(__always)
  static func stored(_ gap: Float, spent: Float) -> Float {
    let sum = gap + spent
    return sum - 0x1p-21 * (gap.magnitude + spent) - 0x1p-120
  }

  /// Begins an assignment to other centroids.
  ///
  /// - Returns: whether the gaps mean something.
  private func begin(_ nearest: NearestCentroids<Scalar>, drifts: [Double]?) -> Bool {
    defer { before = nearest.areDistinct ? nearest.centroids : nil }
    guard let before else {
      moves.reset()
      return false
    }
    moves.add(nearest, drifts: drifts ?? nearest.drifts(from: before), margin: margin)
    return true
  }

  /// Assigns every row.
  ///
  /// - Parameters:
  ///   - labels: IN/OUT, one a row.
  ///   - areKnown: whether they mean something.
  ///   - drifts: how far the centroids moved since the last assignment; `nil` where that has not
  ///     been measured.
  ///   - sums: IN/OUT, of the labels, without inertia; corrected by the rows that moved where sums
  ///     are exact, otherwise left as they are.
  func assign(
    _ nearest: NearestCentroids<Scalar>, _ labels: UnsafeMutablePointer<Int32>, areKnown: Bool,
    drifts: [Double]? = nil, correcting sums: inout ClusterSums<Scalar>
  ) -> AssignmentCounts {
    let prunes = begin(nearest, drifts: drifts) && areKnown
    let (count, chunk) = (rows.count, Self.chunkRows)
    let chunks = (count + chunk - 1) / chunk
    let shape = sums.isUnordered ? sums.shape : nil
    parts.fill(nearest, spent: moves.spent)
    let order =
      takesByLabel && areKnown
      ? GroupedRows(labels, count: count, clusters: clusters).rows : []
    let step = RowBoundsStep(
      nearest, parts, margin: margin, labels, gaps, labelsAreKnown: areKnown, order: order)
    let threads = threadsWorthwhile(nearest, prunes: prunes)
    workers.withLock { $0.taken = 0 }
    Workers.share(chunks, among: threads, team: team, isCancellable: isCancellable) { queue in
      let worker = takeWorker(nearest, shape)
      worker.begin(step)
      while let number = queue.next() {
        worker.take(number * chunk..<min((number + 1) * chunk, count), prunes: prunes)
      }
      worker.finish()
    }
    return collect(into: &sums)
  }

  /// What the workers of an assignment have found.
  private func collect(into sums: inout ClusterSums<Scalar>) -> AssignmentCounts {
    let workers = workers.withLock { $0.all.prefix($0.taken) }
    let all = workers[0]
    all.move(to: &sums)
    for worker in workers.dropFirst() {
      all.add(worker)
      worker.move(to: &sums)
    }
    moves.note(radii: all.radii, of: all.looked, gained: all.gained)
    var counts = all.counts
    activeShare = Double(counts.compared) / Double(max(1, rows.count * sums.clusters))
    counts.rows = rows.count
    return counts
  }

  /// Rows that a worker takes at a time.
  static var chunkRows: Int { 2048 }

  /// One thread where the work is shorter than waking another.
  private func threadsWorthwhile(_ nearest: NearestCentroids<Scalar>, prunes: Bool) -> Int {
    let looks = Double(rows.count) * (prunes ? min(1, 2 * activeShare) : 1)
    let nanoseconds =
      Double(rows.count) * 0.5 + looks
      * (10 + Double(nearest.clusters * (rows.columns + 4)) / 16)
    return nanoseconds < 50_000 ? 1 : threads
  }

  /// Memory for a thread that takes part in an assignment.
  private func takeWorker(
    _ nearest: NearestCentroids<Scalar>, _ shape: ClusterSums<Scalar>.Shape?
  ) -> RowBoundsWorker<Blocks> {
    workers.withLock { workers in
      if workers.taken == workers.all.count {
        workers.all.append(
          RowBoundsWorker(
            nearest, rows, sums: shape.map { ClusterSums($0, nearest.kernels) },
            verifies: verifies))
      }
      workers.taken += 1
      return workers.all[workers.taken - 1]
    }
  }
}
