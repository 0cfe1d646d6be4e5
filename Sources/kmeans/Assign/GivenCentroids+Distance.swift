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
      let transform = try RowTransform(distance, columns: model.dimension)
      let map = RowMap<Scalar>(
        transform, columns: model.dimension, instructionSet: Execution().kernels)
      let mapped = map?.mapped(model.centroids) ?? model.centroids
      try mapped.withRows { (rows) throws(ClusteringError) in
        do throws(ClusteringError) {
          try WeightedRows(rows: rows).checkFinite(Execution(threads: 1))
        } catch {
          // The value of a centroid that becomes too large, not of a point.
          switch error {
          case .notFinite(let row, let column), .tooLarge(let row, let column, _):
            throw .centroidNotFinite(row: row, column: column)
          default: throw error
          }
        }
        if let row = zeroRow(rows), transform.normalizes { throw .zeroCentroid(row) }
      }
      var compared = KMeansModel(
        transformed: mapped, transform: transform, pairwise: distance.pairwise,
        clusterWeights: model.clusterWeights, inertia: 0, iterations: 0, converged: false)
      compared.inputColumns = model.inputColumns
      return compared
    }
  }

  /// The first row of zeros.
  private static func zeroRow<Scalar>(_ rows: Rows<Scalar>) -> Int? {
    (0..<rows.count).first { row in
      (0..<rows.columns).allSatisfy { rows[row][$0] == 0 }
    }
  }
}
