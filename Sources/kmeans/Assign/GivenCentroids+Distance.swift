import Clustering
import KMeansFiles

// Centroids of a file, which says nothing of a distance.
extension GivenCentroids {
  /// The centroids of no model, compared by a distance.
  ///
  /// - Throws: ``Failure`` where they cannot be.
  func compared(by distance: DistanceMeasure, _ path: String) throws -> GivenCentroids {
    if distance == .euclidean { return self }
    if distance.isEstimated {
      throw Failure.usage(
        "--distance mahalanobis: \(path) says nothing of how columns vary together: expected "
          + "--covariance FILE, or a model")
    }
    return switch self {
    case .floats(let model): .floats(try Self.compared(model, by: distance, path))
    case .doubles(let model): .doubles(try Self.compared(model, by: distance, path))
    }
  }

  private static func compared<Scalar>(
    _ model: KMeansModel<Scalar>, by distance: DistanceMeasure, _ path: String
  ) throws -> KMeansModel<Scalar> {
    let locator = ErrorLocator(path, columnCount: model.dimension, centroids: path)
    return try locator.onError { () throws(ClusteringError) in
      var compared = try KMeansModel(centroids: model.centroids, comparedBy: distance)
      compared.inputColumns = model.inputColumns
      return compared
    }
  }
}
