// What parameters of a measure must be.
extension DistanceMeasure {
  /// Whether the squared Euclidean distance of transformed rows is this one, so that the mean of
  /// such rows minimises its sum (of squares, for those that have a root).
  public var hasMeans: Bool {
    switch self {
    case .euclidean, .cosine, .weightedEuclidean, .mahalanobis: true
    case .manhattan, .chebyshev, .minkowski, .tanimoto, .weightedManhattan: false
    }
  }

  /// Whether rows must say what it is before any distance is known.
  package var isEstimated: Bool { self == .mahalanobis(nil) }

  /// The weights and variances that leave rows numbers: what is smaller or larger would make them
  /// zeros or infinities. A factor of all weights changes no cluster.
  static let (weights, variances) = (1e-60...1e60, 1e-70...1e70)

  /// Checks what does not depend on rows.
  ///
  /// - Throws: ``DistanceError``.
  /// - Complexity: O(d), O(d^2) for a covariance. Whether that is positive definite is only known
  ///   once it is factorised.
  public func validate() throws(ClusteringError) {
    switch self {
    case .weightedEuclidean(let weights), .weightedManhattan(let weights):
      for (column, weight) in weights.enumerated() where !Self.weights.contains(weight) {
        throw .distance(.invalidColumnWeight(column: column, weight: weight))
      }
    case .minkowski(let exponent):
      guard exponent >= 1, exponent.isFinite else { throw .distance(.invalidExponent(exponent)) }
    case .mahalanobis(let covariance?): try covariance.validate()
    case .euclidean, .cosine, .mahalanobis(nil), .manhattan, .chebyshev, .tanimoto: break
    }
  }

  /// Checks that it is one of rows of some columns.
  ///
  /// - Throws: ``DistanceError`` with both numbers.
  /// - Complexity: as ``validate()``.
  package func check(columns: Int) throws(ClusteringError) {
    try validate()
    switch self {
    case .weightedEuclidean(let weights), .weightedManhattan(let weights):
      guard weights.count == columns else {
        throw .distance(.weightCountMismatch(weights: weights.count, columns: columns))
      }
    case .mahalanobis(let covariance?):
      guard covariance.columns == columns else {
        throw .distance(.covarianceMismatch(found: covariance.columns, columns: columns))
      }
    default: break
    }
  }

  /// Checks that clusters may move to means by it.
  ///
  /// - Throws: ``DistanceError/meanIsNoCenter(_:)``, and as ``validate()``.
  package func checkMeans() throws(ClusteringError) {
    guard hasMeans else { throw .distance(.meanIsNoCenter(kind)) }
    try validate()
  }
}

extension DistanceMeasure.Covariance {
  /// d, the number of columns.
  var columns: Int { Int(Double(values.count).squareRoot()) }

  fileprivate func validate() throws(ClusteringError) {
    let columns = self.columns
    guard columns > 0, columns * columns == values.count else {
      throw .distance(.covarianceNotSquare(values: values.count))
    }
    for place in values.indices where !values[place].isFinite {
      throw .distance(.covarianceNotFinite(row: place / columns, column: place % columns))
    }
    for row in 0..<columns {
      let variance = values[row * columns + row]
      guard variance <= 0 || DistanceMeasure.variances.contains(variance) else {
        throw .distance(.invalidVariance(column: row, value: variance))
      }
      for column in 0..<row {
        let (value, mirrored) = (values[row * columns + column], values[column * columns + row])
        // What is computed twice may differ in the last digits, and texts are rounded.
        let larger = max(value.magnitude, mirrored.magnitude)
        guard (value - mirrored).magnitude <= 1e-9 * larger else {
          throw .distance(
            .covarianceNotSymmetric(
              row: row, column: column, value: value, mirrored: mirrored))
        }
      }
    }
    guard let mean else { return }
    guard mean.count == columns else {
      throw .distance(.meanCountMismatch(values: mean.count, columns: columns))
    }
    let limit = FiniteCheck<Double>.limit
    for (column, value) in mean.enumerated() where !(value.magnitude <= limit) {
      throw .distance(.invalidMean(column: column, value: value))
    }
  }
}
