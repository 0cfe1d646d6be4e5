/// The measure by which points are near to centroids.
public enum DistanceMeasure: Sendable, Hashable {
  /// The squared Euclidean distance.
  case euclidean
  /// Spherical k-means: rows are divided by their length, and so are the centroids, the mean
  /// directions (Dhillon and Modha, Concept decompositions for large sparse text data using
  /// clustering, 2001). Distances and inertia are squared Euclidean distances between such rows: 2
  /// (1 - cosine). A row of zeros has no direction and is refused.
  case cosine
  /// The sum of w_j (x_j - y_j)^2: one weight above 0 a column.
  case weightedEuclidean(weights: [Double])
  /// (x - y)^T S^-1 (x - y) for a covariance S (Mahalanobis, On the generalized distance in
  /// statistics, 1936); `nil`: that of the rows themselves.
  case mahalanobis(Covariance?)
  /// The sum of |x_j - y_j|.
  case manhattan
  /// The largest |x_j - y_j|.
  case chebyshev
  /// The p-th root of the sum of |x_j - y_j|^p, for an exponent p of at least 1.
  case minkowski(exponent: Double)
  /// 1 - xy / (|x|^2 + |y|^2 - xy), and 0 for two rows of zeros (Tanimoto, 1958; for sets the
  /// distance of Jaccard).
  case tanimoto
  /// The sum of w_j |x_j - y_j|: one weight above 0 a column.
  case weightedManhattan(weights: [Double])

  /// How columns vary together.
  public struct Covariance: Sendable, Hashable, Codable {
    /// The mean of each column [d]; distances do not depend on it, the numbers are smaller near it.
    /// `nil` for zeros.
    public var mean: [Double]?
    /// The covariance of each pair of columns, row by row [d x d]: symmetric and positive definite.
    public var values: [Double]

    /// The covariance of columns.
    public init(mean: [Double]? = nil, values: [Double]) {
      (self.mean, self.values) = (mean, values)
    }
  }

  /// A measure without its parameters.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case euclidean, cosine
    case weightedEuclidean = "weighted-euclidean"
    case mahalanobis, manhattan, chebyshev, minkowski, tanimoto
    case weightedManhattan = "weighted-manhattan"
  }

  /// Which measure it is.
  public var kind: Kind {
    switch self {
    case .euclidean: .euclidean
    case .cosine: .cosine
    case .weightedEuclidean: .weightedEuclidean
    case .mahalanobis: .mahalanobis
    case .manhattan: .manhattan
    case .chebyshev: .chebyshev
    case .minkowski: .minkowski
    case .tanimoto: .tanimoto
    case .weightedManhattan: .weightedManhattan
    }
  }
}

// A measure without parameters is its name, as it was when there were no others; one with
// parameters an object.
extension DistanceMeasure: Codable {
  private enum CodingKeys: String, CodingKey { case name, weights, covariance, exponent }

  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(Kind.self) {
      guard let plain = Self(plain: name) else {
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: decoder.codingPath,
            debugDescription: "the distance \(name.rawValue) lacks its parameters"))
      }
      self = plain
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let kind = try container.decode(Kind.self, forKey: .name)
    switch kind {
    case .weightedEuclidean:
      self = .weightedEuclidean(weights: try container.decode([Double].self, forKey: .weights))
    case .weightedManhattan:
      self = .weightedManhattan(weights: try container.decode([Double].self, forKey: .weights))
    case .minkowski:
      self = .minkowski(exponent: try container.decode(Double.self, forKey: .exponent))
    case .mahalanobis:
      self = .mahalanobis(try container.decodeIfPresent(Covariance.self, forKey: .covariance))
    case .euclidean, .cosine, .manhattan, .chebyshev, .tanimoto:
      self = Self(plain: kind) ?? .euclidean
    }
  }

  public func encode(to encoder: any Encoder) throws {
    if Self(plain: kind) == self {
      var container = encoder.singleValueContainer()
      return try container.encode(kind)
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .name)
    switch self {
    case .weightedEuclidean(let weights), .weightedManhattan(let weights):
      try container.encode(weights, forKey: .weights)
    case .minkowski(let exponent): try container.encode(exponent, forKey: .exponent)
    case .mahalanobis(let covariance):
      try container.encodeIfPresent(covariance, forKey: .covariance)
    case .euclidean, .cosine, .manhattan, .chebyshev, .tanimoto: break
    }
  }

  /// A measure that has no parameters, or may go without; `nil` for the others.
  public init?(plain kind: Kind) {
    switch kind {
    case .euclidean: self = .euclidean
    case .cosine: self = .cosine
    case .mahalanobis: self = .mahalanobis(nil)
    case .manhattan: self = .manhattan
    case .chebyshev: self = .chebyshev
    case .tanimoto: self = .tanimoto
    case .weightedEuclidean, .minkowski, .weightedManhattan: return nil
    }
  }
}
