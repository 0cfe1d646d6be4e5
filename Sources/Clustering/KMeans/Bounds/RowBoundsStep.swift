internal import KMeansKernelTypes

/// What all rows of an assignment are decided with.
///
/// `@unchecked Sendable`: threads write to entries of different rows.
final class RowBoundsStep<Scalar: ClusteringScalar>: @unchecked Sendable {
  let nearest: NearestCentroids<Scalar>
  /// What each cluster has used up [k], and at least 4 q of its centroid, by the names of
  /// ``ScoreErrorBound``.
  let spent: UnsafeMutablePointer<Float>
  let fourParts: UnsafeMutablePointer<Scalar>
  let error: KernelSet<Scalar>.GapError
  /// A share of all distances that a gap has to spare.
  let margin: Double
  /// One a row.
  let labels: UnsafeMutablePointer<Int32>
  let gaps: UnsafeMutablePointer<Float>
  let labelsAreKnown: Bool
  private let arena = ScratchArena()

  init(
    _ nearest: NearestCentroids<Scalar>, _ spent: [Float], margin: Double,
    _ labels: UnsafeMutablePointer<Int32>, _ gaps: UnsafeMutablePointer<Float>,
    labelsAreKnown: Bool
  ) {
    self.nearest = nearest
    self.margin = margin
    (self.labels, self.gaps) = (labels, gaps)
    self.labelsAreKnown = labelsAreKnown
    error = nearest.gapError(margin: margin)
    self.spent = arena.take(spent.count)
    self.spent.initialize(from: spent, count: spent.count)
    let fourParts = nearest.fourParts
    self.fourParts = arena.take(fourParts.count)
    self.fourParts.initialize(from: fourParts, count: fourParts.count)
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

  /// At least 4 q of each centroid, by the names of ``ScoreErrorBound`` [k].
  var fourParts: [Scalar] { packed.twicePart.map { Scalar(2 * $0).nextUp.nextUp } }

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
      scratch.labels, scratch.best, scratch.second, scratch.norms, rows.count, fourParts,
      [Float](repeating: 0, count: clusters), gapError(margin: 0x1p-40), nil, &gaps, &radii)
    for place in 0..<ambiguous { gaps[Int(scratch.ambiguous[place])] = -.infinity }
    return (gaps, (0..<rows.count).map { scratch.labels[$0] })
  }
}
