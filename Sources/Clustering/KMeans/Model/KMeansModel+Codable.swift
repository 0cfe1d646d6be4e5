internal import KMeansFiles

extension KMeansModel: Codable {
  private enum CodingKeys: String, CodingKey {
    case transformedCentroids, transform, clusterWeights, inertia, iterations, converged
    case streamed
    case inputColumns
    case distance
  }

  /// - Throws: `DecodingError` where a part cannot be one of a model: there is no centroid, not one
  ///   weight each, a value is not finite.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let centroids = try container.decode(Matrix<Scalar>.self, forKey: .transformedCentroids)
    let transform = try container.decode(RowTransform.self, forKey: .transform)
    let weights = try container.decode([Double].self, forKey: .clusterWeights)
    let inertia = try container.decode(Double.self, forKey: .inertia)
    let iterations = try container.decode(Int.self, forKey: .iterations)
    let converged = try container.decode(Bool.self, forKey: .converged)
    let measure = try container.decodeIfPresent(DistanceMeasure.self, forKey: .distance)
    let pairwise = try measure?.checkedPairwise {
      DecodingError.dataCorruptedError(
        forKey: .distance, in: container, debugDescription: "the distance \($0)")
    }
    let streamed = try container.decodeIfPresent(StreamedClusters.self, forKey: .streamed)
    do throws(WrongPart) {
      try self.init(
        checking: centroids, transform, pairwise: pairwise, clusterWeights: weights,
        inertia: inertia, iterations: iterations, converged: converged, streamed: streamed)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: Self.key(of: error), in: container,
        debugDescription: "\(Self.key(of: error).rawValue) \(error.problem)")
    }
    let columns = try container.decodeIfPresent(InputColumns.self, forKey: .inputColumns)
    guard columns.map({ $0.count == dimension }) ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .inputColumns, in: container,
        debugDescription: "columns of the input for centroids of \(counted(dimension, "column"))")
    }
    inputColumns = columns
  }

  private static func key(of part: WrongPart) -> CodingKeys {
    switch part.section {
    case "clusterWeights": .clusterWeights
    case "inertia": .inertia
    case "iterations": .iterations
    case "means", "deviations", "columnWeights", "columnScales", "covariance": .transform
    case let section where section.hasPrefix("stream"): .streamed
    default: .transformedCentroids
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(transformedCentroids, forKey: .transformedCentroids)
    try container.encode(transform, forKey: .transform)
    try container.encode(clusterWeights, forKey: .clusterWeights)
    try container.encode(inertia, forKey: .inertia)
    try container.encode(iterations, forKey: .iterations)
    try container.encode(converged, forKey: .converged)
    try container.encodeIfPresent(streamed, forKey: .streamed)
    try container.encodeIfPresent(inputColumns, forKey: .inputColumns)
    try container.encodeIfPresent(pairwise == nil ? nil : distance, forKey: .distance)
  }
}
