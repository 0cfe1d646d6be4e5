extension KMeansModel: Codable {
  private enum CodingKeys: String, CodingKey {
    case centroids, clusterWeights, inertia, iterations, converged
  }

  /// - Throws: `DecodingError` where there is no centroid or not one weight each.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let centroids = try container.decode(Matrix<Scalar>.self, forKey: .centroids)
    let weights = try container.decode([Double].self, forKey: .clusterWeights)
    guard centroids.rows > 0, weights.count == centroids.rows else {
      throw DecodingError.dataCorruptedError(
        forKey: .clusterWeights, in: container,
        debugDescription: "\(weights.count) weights for \(centroids.rows) centroids")
    }
    self.init(
      centroids: centroids, clusterWeights: weights,
      inertia: try container.decode(Double.self, forKey: .inertia),
      iterations: try container.decode(Int.self, forKey: .iterations),
      converged: try container.decode(Bool.self, forKey: .converged))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(centroids, forKey: .centroids)
    try container.encode(clusterWeights, forKey: .clusterWeights)
    try container.encode(inertia, forKey: .inertia)
    try container.encode(iterations, forKey: .iterations)
    try container.encode(converged, forKey: .converged)
  }
}
