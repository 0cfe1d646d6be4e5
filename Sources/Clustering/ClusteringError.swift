internal import KMeansFiles

/// An error of points or parameters: one case for each, with its numbers.
///
/// An error that only one algorithm can find is a type beside that algorithm: ``SpecificError``.
public enum ClusteringError: Error, Sendable, Hashable {
  /// There is no row.
  case noPoints
  /// The number of clusters is below 1.
  case clusterCountNotPositive(Int)
  /// There are more clusters than points.
  case tooManyClusters(clusters: Int, points: Int)
  /// There are more clusters than points of a weight above 0.
  case tooManyClustersForWeights(clusters: Int, points: Int)
  /// More clusters than a 32-bit label can name.
  case clusterCountTooLarge(Int)
  /// A curve was asked for without any number of clusters.
  case noClusterCounts
  /// The numbers of clusters of a curve do not rise.
  case clusterCountsNotIncreasing(Int, after: Int)
  /// A value is NaN or infinite.
  case notFinite(row: Int, column: Int)
  /// A value is so large that its square would overflow Double.
  case tooLarge(row: Int, column: Int, limit: Double)
  /// Weights and values are so large that sums of weights times squared distances would overflow
  /// Double: the weight of all rows, and the largest magnitude of a value.
  case sumsTooLarge(weight: Double, largest: Double)
  /// Rows, or centroids, differ, but in no column by more than so much: squared distances would
  /// underflow Double.
  case differencesTooSmall(Double, limit: Double)
  /// Weights are so small that sums of weights times squared distances would underflow Double: the
  /// weight of all rows, and the largest difference of two values in a column.
  case sumsTooSmall(weight: Double, difference: Double)
  /// A row of zeros has no direction, which the cosine needs.
  case zeroRow(Int)
  /// A centroid of zeros has no direction, which the cosine needs.
  case zeroCentroid(Int)
  /// Rows have another number of columns than expected.
  case dimensionMismatch(found: Int, expected: Int)
  /// The number of weights is not the number of points.
  case weightCountMismatch(weights: Int, points: Int)
  /// A weight is negative, NaN or infinite.
  case invalidWeight(row: Int, weight: Double)
  /// All weights are zero, or their sum overflows.
  case invalidTotalWeight(Double)
  /// The number of initial centroids is not the number of clusters.
  case centroidCountMismatch(found: Int, expected: Int)
  /// An initial centroid has a value that is NaN or infinite.
  case centroidNotFinite(row: Int, column: Int)
  /// The room for labels or distances does not match the number of points.
  case outputCountMismatch(found: Int, points: Int)
  /// Points that were read again were not as many as the first time.
  case pointsChanged(found: Int, expected: Int)
  /// The memory that may be used does not suffice, in bytes.
  case memoryTooSmall(limit: Int, needed: Int)
  /// The tolerance is negative, NaN or infinite.
  case invalidTolerance(Double)
  /// The largest number of iterations is below 1.
  case maxIterationsNotPositive(Int)
  /// The number of runs is below 1.
  case runsNotPositive(Int)
  /// The limit of the memory for facts of points is negative.
  case rowMemoryNegative(Int)
  /// The number of threads is below 1.
  case threadsNotPositive(Int)
  /// The number of labels is not the number of points.
  case labelCountMismatch(labels: Int, points: Int)
  /// A label is below -1, or there is no cluster of that number.
  case labelOutOfRange(row: Int, label: Int, largest: Int)
  /// None of so many points has both a label and a weight above 0.
  case noLabelledPoints(Int)
  /// The number of true classes is not the number of labels.
  case truthCountMismatch(truth: Int, labels: Int)
  /// The number of points to draw is below 1.
  case sampleNotPositive(Int)
  /// The task that ran it was cancelled; nothing of it is left.
  case cancelled
  /// An error of only one algorithm, or of one way to run it.
  case specific(Specific)
}

extension ClusteringError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noPoints:
      "there are no points"
    case .clusterCountNotPositive(let clusters):
      "\(counted(clusters, "cluster")), expected at least 1"
    case .tooManyClusters(let clusters, let points):
      "\(counted(clusters, "cluster")) for \(counted(points, "point")), expected at most as many clusters as points"
    case .tooManyClustersForWeights(let clusters, let points):
      "\(counted(clusters, "cluster")) for \(counted(points, "point")) of a weight above 0, expected at most as many "
        + "clusters as such points"
    case .clusterCountTooLarge(let clusters):
      "\(counted(clusters, "cluster")), expected at most \(Int32.max)"
    case .noClusterCounts:
      "there is no number of clusters, expected at least one"
    case .clusterCountsNotIncreasing(let clusters, let before):
      "\(counted(clusters, "cluster")) after \(before), expected numbers that rise"
    case .notFinite(let row, let column):
      "the value in row \(row), column \(column) is not finite (rows and columns count from 0)"
    case .tooLarge(let row, let column, let limit):
      "the value in row \(row), column \(column) is beyond +-\(limit): its square would overflow "
        + "(rows and columns count from 0)"
    case .sumsTooLarge(let weight, let largest):
      "the weights add up to \(weight) and values reach \(largest): sums of weights times squared distances "
        + "would overflow, expected smaller weights or values"
    case .differencesTooSmall(let difference, let limit):
      "no two values of a column differ by more than \(difference), expected \(limit) at least in some column: "
        + "squared distances would underflow; multiply the values by a power of ten, or standardise the columns"
    case .sumsTooSmall(let weight, let difference):
      "the weights add up to \(weight) and values of a column differ by at most \(difference): weights times "
        + "squared distances would underflow, expected larger weights or values"
    case .zeroRow(let row):
      "row \(row) has no direction: all its values are zero, or become zero (rows count from 0)"
    case .zeroCentroid(let row):
      "centroid \(row) has no direction: all its values are zero (rows count from 0)"
    case .dimensionMismatch(let found, let expected):
      "rows of \(counted(found, "column")), expected \(expected)"
    case .weightCountMismatch(let weights, let points):
      "\(counted(weights, "weight")) for \(counted(points, "point")), expected one each"
    case .invalidWeight(let row, let weight):
      "the weight of row \(row) is \(weight), expected a finite number that is not negative"
    case .invalidTotalWeight(let total) where total > 0 && total.isFinite:
      "the weights add up to \(total): sums over them would overflow, expected smaller weights"
    case .invalidTotalWeight(let total):
      "the weights add up to \(total), expected a finite number above 0"
    case .centroidCountMismatch(let found, let expected):
      "\(counted(found, "initial centroid")), expected \(expected)"
    case .centroidNotFinite(let row, let column):
      "the value of centroid \(row), column \(column) is not finite or too large"
    case .outputCountMismatch(let found, let points):
      "room for \(counted(found, "result")), expected \(points), one a point"
    case .pointsChanged(let found, let expected):
      "\(counted(found, "point")) when they were read again, expected \(expected) as the first time"
    case .memoryTooSmall(let limit, let needed):
      "\(counted(limit, "byte")) of memory, expected at least \(needed)"
    case .invalidTolerance(let tolerance):
      "the tolerance is \(tolerance), expected a finite number that is not negative"
    case .maxIterationsNotPositive(let iterations):
      "at most \(counted(iterations, "iteration")), expected at least 1"
    case .runsNotPositive(let runs):
      "\(counted(runs, "run")), expected at least 1"
    case .rowMemoryNegative(let bytes):
      "\(counted(bytes, "byte")) to remember points, expected at least 0"
    case .threadsNotPositive(let threads):
      "\(counted(threads, "thread")), expected at least 1"
    case .labelCountMismatch(let labels, let points):
      "\(counted(labels, "label")) for \(counted(points, "point")), expected one each"
    case .labelOutOfRange(let row, let label, let largest):
      "the label of row \(row) is \(label), expected a cluster from 0 to \(largest) or -1 for none "
        + "(rows count from 0)"
    case .noLabelledPoints(let points):
      "none of the \(counted(points, "point")) has a label and a weight above 0"
    case .truthCountMismatch(let truth, let labels):
      "\(counted(truth, "true label")) for \(counted(labels, "point")), expected one each"
    case .sampleNotPositive(let sample):
      "a sample of \(counted(sample, "point")), expected at least 1"
    case .cancelled:
      "the task was cancelled"
    case .specific(let specific):
      specific.error.description
    }
  }
}
