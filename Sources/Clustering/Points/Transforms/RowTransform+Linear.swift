internal import KMeansLinearAlgebra

// What turns a distance into the Euclidean one: columns are multiplied, or mixed.
extension RowTransform {
  /// The linear part of a transform.
  public enum Linear: Sendable, Hashable {
    /// Each column is multiplied by the root of its weight: squared differences count by weight.
    case weights([Double])
    /// Each column is multiplied by a factor above 0: differences count by it.
    case scales([Double])
    /// Columns are mixed so that they vary alike and apart (``Whitening``).
    case whitening(Whitening)
  }

  /// The map x -> L⁻¹ (x - mean) for a covariance S = L Lᵀ: squared Euclidean distances of mapped
  /// rows are (x - y)ᵀ S⁻¹ (x - y).
  public struct Whitening: Sendable, Hashable {
    /// The covariance of rows, with their mean.
    public let covariance: DistanceMeasure.Covariance
    /// L, column by column [d x d]; zeros above the diagonal.
    package let factor: [Double]

    /// d, the number of columns.
    var columns: Int { covariance.columns }
  }

  /// The part of a transform that is a measure: the squared Euclidean distance of mapped rows is
  /// it.
  ///
  /// - Parameters:
  ///   - columns: how many rows have.
  ///   - isEstimated: whether a covariance is that of the rows, whose rounding it has.
  ///   - unitRows: whether rows get length 1 where the measure does not ask for it.
  /// - Throws: ``DistanceError`` where it is none of such rows.
  /// - Complexity: O(d), O(d^3) for a covariance.
  package init(
    _ distance: DistanceMeasure, standardization: Standardization? = nil, columns: Int,
    isEstimated: Bool = false, unitRows: Bool = false
  ) throws(ClusteringError) {
    try distance.check(columns: columns)
    let linear: Linear?
    switch distance {
    case .weightedEuclidean(let weights): linear = .weights(weights)
    case .weightedManhattan(let weights): linear = .scales(weights)
    case .mahalanobis(let covariance?):
      linear = .whitening(try Whitening(covariance, isEstimated: isEstimated))
    case .mahalanobis(nil): throw .distance(.covarianceNeedsRows)
    case .euclidean, .cosine, .manhattan, .chebyshev, .minkowski, .tanimoto: linear = nil
    }
    self.init(
      standardization: standardization, linear: linear,
      normalizes: unitRows || distance == .cosine, normalizesCentroids: distance == .cosine)
  }

  /// Whether rows are transformed as a measure asks for.
  func isOf(_ distance: DistanceMeasure) -> Bool {
    self.distance == distance || distance.isEstimated && self.distance.kind == .mahalanobis
  }
}

extension RowTransform.Whitening {
  /// The share of the variance of a column of the rows that those before it must leave open: below
  /// it what is left is the rounding of 32-bit floats, a millionth of the deviation.
  private static let estimatedMargin = 1e-12

  /// - Throws: ``DistanceError`` where a covariance is not positive definite.
  /// - Complexity: O(d^3).
  init(_ covariance: DistanceMeasure.Covariance, isEstimated: Bool) throws(ClusteringError) {
    do throws(LAPACKError) {
      try self.init(covariance) { (matrix) throws(LAPACKError) in
        try Cholesky.factor(matrix, margin: isEstimated ? Self.estimatedMargin : 0)
      }
    } catch {
      if case .notPositiveDefinite(let order) = error {
        throw .distance(.notPositiveDefinite(order: order, isEstimated: isEstimated))
      }
      throw .distance(.cannotFactorise(error.description))
    }
  }

  /// A covariance that was factorised before: the same bits, without a library.
  ///
  /// - Throws: ``LAPACKError`` where it is not positive definite.
  init(knowing covariance: DistanceMeasure.Covariance) throws(LAPACKError) {
    try self.init(covariance) { (matrix) throws(LAPACKError) in try Cholesky.loop(matrix) }
  }

  private init(
    _ covariance: DistanceMeasure.Covariance,
    _ factorise: (Matrix<Double>) throws(LAPACKError) -> Matrix<Double>
  ) throws(LAPACKError) {
    let columns = covariance.columns
    let values = covariance.values
    guard let matrix = try? Matrix(values.span, columns: columns) else {
      throw .notSquare(rows: 0, columns: 0)
    }
    let lower = try factorise(matrix)
    self.covariance = covariance
    factor = (0..<columns).flatMap { column in (0..<columns).map { lower[$0, column] } }
  }
}

// What comes from outside may be anything.
extension RowTransform.Linear {
  /// Refuses what cannot map rows of some columns.
  func check(columns: Int) throws(WrongPart) {
    let (section, measure): (String, DistanceMeasure) =
      switch self {
      case .weights(let weights): ("columnWeights", .weightedEuclidean(weights: weights))
      case .scales(let scales): ("columnScales", .weightedManhattan(weights: scales))
      case .whitening(let whitening): ("covariance", .mahalanobis(whitening.covariance))
      }
    do throws(ClusteringError) { try measure.check(columns: columns) } catch {
      throw WrongPart(section: section, problem: "is of no use: \(error)")
    }
  }
}

extension RowTransform.Linear: Codable {
  private enum CodingKeys: String, CodingKey { case weights, scales, covariance }

  /// - Throws: `DecodingError` where it cannot map rows.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let key: CodingKeys
    if let weights = try container.decodeIfPresent([Double].self, forKey: .weights) {
      (self, key) = (.weights(weights), .weights)
      try check(weights.count, container, key)
    } else if let scales = try container.decodeIfPresent([Double].self, forKey: .scales) {
      (self, key) = (.scales(scales), .scales)
      try check(scales.count, container, key)
    } else {
      let covariance = try container.decode(
        DistanceMeasure.Covariance.self, forKey: .covariance)
      do {
        try DistanceMeasure.mahalanobis(covariance).validate()
        self = .whitening(try .init(knowing: covariance))
      } catch {
        throw DecodingError.dataCorruptedError(
          forKey: .covariance, in: container, debugDescription: "covariance is of no use: \(error)")
      }
    }
  }

  private func check(
    _ columns: Int, _ container: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
  ) throws {
    do throws(WrongPart) { try check(columns: columns) } catch {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: "\(key.rawValue) \(error.problem)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .weights(let weights): try container.encode(weights, forKey: .weights)
    case .scales(let scales): try container.encode(scales, forKey: .scales)
    case .whitening(let whitening):
      try container.encode(whitening.covariance, forKey: .covariance)
    }
  }
}
