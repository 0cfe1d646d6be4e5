import Clustering

// What a description of centroids needs of them, whatever their type.
extension GivenCentroids {
  /// One row a cluster, in the units of the points.
  ///
  /// - Throws: ``ShapeError`` where there is no memory for them.
  var centroids: Matrix<Double> {
    get throws {
      switch self {
      case .floats(let model): try model.centroids.asDoubles()
      case .doubles(let model): model.centroids
      }
    }
  }

  var clusterWeights: [Double] {
    switch self {
    case .floats(let model): model.clusterWeights
    case .doubles(let model): model.clusterWeights
    }
  }

  /// The columns that the points of a model had, where that is known.
  var inputColumns: InputColumns? {
    switch self {
    case .floats(let model): model.inputColumns
    case .doubles(let model): model.inputColumns
    }
  }
}

extension Matrix<Float> {
  fileprivate func asDoubles() throws -> Matrix<Double> {
    var doubles = try Matrix<Double>(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns { doubles[row, column] = Double(self[row, column]) }
    }
    return doubles
  }
}
