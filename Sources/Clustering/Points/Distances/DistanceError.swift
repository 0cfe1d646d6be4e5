internal import KMeansFiles

/// A fault of the parameters of a distance, or of what it is asked for: one case a thing, with its
/// numbers. Rows and columns count from 0.
public enum DistanceError: SpecificError {
  /// Clusters are to move to their means by a distance of which the mean minimises no sum.
  case meanIsNoCenter(DistanceMeasure.Kind)
  /// The number of weights is not the number of columns.
  case weightCountMismatch(weights: Int, columns: Int)
  /// The weight of a column is not a number from 1e-60 to 1e60.
  case invalidColumnWeight(column: Int, weight: Double)
  /// The exponent of a Minkowski distance is below 1 or not finite.
  case invalidExponent(Double)
  /// The values of a covariance are not those of a square.
  case covarianceNotSquare(values: Int)
  /// A covariance, or the mean beside it, is one of another number of columns.
  case covarianceMismatch(found: Int, columns: Int)
  /// The mean has another number of values than the covariance has columns.
  case meanCountMismatch(values: Int, columns: Int)
  /// A value of a covariance is not finite.
  case covarianceNotFinite(row: Int, column: Int)
  /// A variance above 0 is not from 1e-70 to 1e70.
  case invalidVariance(column: Int, value: Double)
  /// A value of a mean is not finite, or too large for a value of a row.
  case invalidMean(column: Int, value: Double)
  /// A covariance is not symmetric: the two values that differ.
  case covarianceNotSymmetric(row: Int, column: Int, value: Double, mirrored: Double)
  /// The leading minor of some order is not positive: the last of its columns does not vary, or
  /// says nothing that those before it do not.
  case notPositiveDefinite(order: Int, isEstimated: Bool)
  /// There are too many columns to estimate how each pair varies.
  case tooManyColumns(Int, limit: Int)
  /// A covariance is to be estimated, and no row comes before the centroids.
  case covarianceNeedsRows
  /// The library that factorises cannot work.
  case cannotFactorise(String)
}

extension ClusteringError {
  /// The error of what only distances have.
  public static func distance(_ error: DistanceError) -> ClusteringError {
    .specific(Specific(error))
  }
}

extension DistanceError {
  public var kind: ClusteringError.Kind {
    switch self {
    case .meanIsNoCenter, .invalidExponent, .covarianceNeedsRows, .tooManyColumns:
      .parameter
    default: .data
    }
  }

  public var description: String { description(first: 0, column: "column \(column ?? 0)") }

  /// The column that is wrong, where it is one.
  package var column: Int? {
    switch self {
    case .invalidColumnWeight(let column, _), .invalidMean(let column, _),
      .invalidVariance(let column, _):
      column
    case .notPositiveDefinite(let order, _): order - 1
    default: nil
    }
  }

  /// The line of the error.
  ///
  /// - Parameters:
  ///   - first: what rows and columns count from.
  ///   - name: of the column that is wrong.
  package func description(first: Int, column name: String) -> String {
    switch self {
    case .meanIsNoCenter(let kind):
      "the distance \(kind.rawValue): clusters move to the means of their points, and the mean is not the "
        + "center that minimises such distances; expected euclidean, cosine, weighted-euclidean or "
        + "mahalanobis, or one pass, which takes every distance"
    case .weightCountMismatch(let weights, let columns):
      "\(counted(weights, "weight")) of the distance for \(counted(columns, "column")), expected one each"
    case .invalidColumnWeight(_, let weight) where weight == 0:
      "the weight of \(name) is 0, expected a finite number above 0: leave the column out instead"
    case .invalidColumnWeight(_, let weight) where weight > 0 && weight.isFinite:
      "the weight of \(name) is \(weight), expected a number from 1e-60 to 1e60: one factor for all weights "
        + "changes no cluster"
    case .invalidColumnWeight(_, let weight):
      "the weight of \(name) is \(weight), expected a finite number above 0"
    case .invalidVariance(_, let value):
      "the variance of \(name) is \(value), expected a number from 1e-70 to 1e70"
    case .invalidExponent(let exponent):
      "the exponent of the distance is \(exponent), expected a finite number of at least 1"
    case .covarianceNotSquare(let values):
      "a covariance of \(counted(values, "value")), expected one for each pair of columns, a square"
    case .covarianceMismatch(let found, let columns):
      "a covariance of \(found) x \(found) values for \(counted(columns, "column")), expected "
        + "\(columns) x \(columns)"
    case .meanCountMismatch(let values, let columns):
      "a mean of \(counted(values, "value")) for a covariance of \(counted(columns, "column")), expected "
        + "one each"
    case .covarianceNotFinite(let row, let column):
      "the covariance in row \(row + first), column \(column + first) is not finite "
        + "(rows and columns count from \(first))"
    case .invalidMean(_, let value):
      "the mean of \(name) is \(value), expected a number that a row can have"
    case .covarianceNotSymmetric(let row, let column, let value, let mirrored):
      "the covariance is not symmetric: \(value) in row \(row + first), column \(column + first), and "
        + "\(mirrored) in row \(column + first), column \(row + first) "
        + "(rows and columns count from \(first))"
    case .notPositiveDefinite(let order, let isEstimated):
      "the covariance\(isEstimated ? " of the rows" : "") is not positive definite: the leading minor of "
        + "order \(order) (\(name)) is not positive, so that column is constant, or follows from those "
        + "before it (a copy, a sum)"
        + (isEstimated
          ? ", or there are too few rows for so many columns: leave it out, or take more rows"
          : ": expected a covariance of columns that vary apart")
    case .tooManyColumns(let columns, let limit):
      "the covariance of \(counted(columns, "column")) is to be estimated, expected at most \(limit)"
    case .covarianceNeedsRows:
      "the covariance is that of the first rows, and given or drawn centroids come before them: expected "
        + "a covariance, or centroids found among the rows"
    case .cannotFactorise(let why):
      "the covariance cannot be factorised: \(why)"
    }
  }
}
