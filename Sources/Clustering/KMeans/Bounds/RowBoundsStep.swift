internal import KMeansKernelTypes

/// What all rows of an assignment are decided with.
///
/// `@unchecked Sendable`: threads write to entries of different rows.
final class RowBoundsStep<Scalar: ClusteringScalar>: @unchecked Sendable {
  let nearest: NearestCentroids<Scalar>
  /// What each cluster has used up [k], and at least 4 q of its centroid, by the names of
  /// ``ScoreErrorBound``.
  let spent: UnsafePointer<Float>
  let fourParts: UnsafePointer<Scalar>
  let error: KernelSet<Scalar>.GapError
  /// A share of all distances that a gap has to spare.
  let margin: Double
  /// One a row.
  let labels: UnsafeMutablePointer<Int32>
  let gaps: UnsafeMutablePointer<Float>
  let labelsAreKnown: Bool
  /// The rows in the order in which they are taken; empty for their own.
  let order: [Int32]

  init(
    _ nearest: NearestCentroids<Scalar>, _ parts: ClusterParts<Scalar>, margin: Double,
    _ labels: UnsafeMutablePointer<Int32>, _ gaps: UnsafeMutablePointer<Float>,
    labelsAreKnown: Bool, order: [Int32]
  ) {
    self.order = order
    self.nearest = nearest
    self.margin = margin
    (self.labels, self.gaps) = (labels, gaps)
    self.labelsAreKnown = labelsAreKnown
    error = nearest.gapError(margin: margin)
    spent = UnsafePointer(parts.spent)
    fourParts = UnsafePointer(parts.fourParts)
  }
}

/// Memory for what a step knows of each cluster.
///
/// `@unchecked Sendable`: written before a step begins.
final class ClusterParts<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// What each cluster has used up [k].
  let spent: UnsafeMutablePointer<Float>
  /// At least 4 q of its centroid [k].
  let fourParts: UnsafeMutablePointer<Scalar>
  private let arena = ScratchArena()

  init(clusters: Int) {
    spent = arena.take(clusters)
    fourParts = arena.take(clusters)
  }

  func fill(_ nearest: NearestCentroids<Scalar>, spent: [Float]) {
    for cluster in spent.indices {
      self.spent[cluster] = spent[cluster]
      fourParts[cluster] = nearest.fourPart(cluster)
    }
  }
}

extension NearestCentroids {
  /// What `scoreGaps` needs to know of the errors of scores.
  func gapError(margin: Double) -> KernelSet<Scalar>.GapError {
    let u = Scalar.unitRoundoff
    // Two steps up: rounded to the scalar type, and then multiplied.
    let up = { (value: Double) in Scalar(value).nextUp.nextUp }
    return (
      point: up(2 * bound.pointFactor), underflow: up(2 * bound.underflow),
      norm: up(1 - bound.normShare + 16 * u),
      largestNorm: packed.decidesDirectly ? -1 : Scalar(bound.largestNorm),
      margin: up(margin + 8 * u)
    )
  }

  /// At least 4 q of a centroid, by the names of ``ScoreErrorBound``.
  func fourPart(_ cluster: Int) -> Scalar { Scalar(2 * packed.twicePart[cluster]).nextUp.nextUp }

  /// The squared distance of a row to a centroid.
  func directDistance(_ row: UnsafePointer<Scalar>, _ cluster: Int) -> Double {
    centroids.withRows { kernels.directDistance(row, $0[cluster], $0.columns) }
  }
}

extension NearestCentroids {
  /// The gaps of some rows without anything used up, and their labels.
  ///
  /// - Precondition: the strategy is `fused`, and no two centroids are equal.
  package func gaps(_ rows: Rows<Scalar>) -> (gaps: [Float], labels: [Int32]) {
    let scratch = makeScratch(rows: rows.count)
    let ambiguous = assignFused(ListedRows(rows), scratch, nil)
    var gaps = [Float](repeating: 0, count: rows.count)
    var radii = gaps
    kernels.scoreGaps(
      scratch.labels, scratch.best, scratch.second, scratch.norms, rows.count,
      (0..<clusters).map { fourPart($0) },
      [Float](repeating: 0, count: clusters), clusters, gapError(margin: 0x1p-40), nil, &gaps,
      &radii)
    for place in 0..<ambiguous { gaps[Int(scratch.ambiguous[place])] = -.infinity }
    return (gaps, (0..<rows.count).map { scratch.labels[$0] })
  }
}
