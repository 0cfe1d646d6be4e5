internal import KMeansFiles

extension KMeansModel: Codable {
  private enum CodingKeys: String, CodingKey {
    case transformedCentroids, transform, clusterWeights, inertia, iterations, converged
  }

  /// - Throws: `DecodingError` where there is no centroid, not one weight each, or not a mean and a
  ///   deviation a column.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let centroids = try container.decode(Matrix<Scalar>.self, forKey: .transformedCentroids)
    let transform = try container.decode(RowTransform.self, forKey: .transform)
    let weights = try container.decode([Double].self, forKey: .clusterWeights)
    guard centroids.rows > 0, weights.count == centroids.rows else {
      throw DecodingError.dataCorruptedError(
        forKey: .clusterWeights, in: container,
        debugDescription:
          "\(counted(weights.count, "weight")) for \(counted(centroids.rows, "centroid"))")
    }
    if let standardization = transform.standardization {
      guard standardization.fits(columns: centroids.columns) else {
        throw DecodingError.dataCorruptedError(
          forKey: .transform, in: container,
          debugDescription: "not a finite mean and a deviation above 0 for each column")
      }
    }
    self.init(
      transformed: centroids, transform: transform, clusterWeights: weights,
      inertia: try container.decode(Double.self, forKey: .inertia),
      iterations: try container.decode(Int.self, forKey: .iterations),
      converged: try container.decode(Bool.self, forKey: .converged))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(transformedCentroids, forKey: .transformedCentroids)
    try container.encode(transform, forKey: .transform)
    try container.encode(clusterWeights, forKey: .clusterWeights)
    try container.encode(inertia, forKey: .inertia)
    try container.encode(iterations, forKey: .iterations)
    try container.encode(converged, forKey: .converged)
  }
}
