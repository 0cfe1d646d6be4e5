import Clustering

/// The mean and the standard deviation of each column, in the units of the points: what the
/// centroids of single clusters are compared with.
struct ColumnSpread {
  /// The mean of each column.
  let means: [Double]
  /// The standard deviation of each column, divided by the whole weight; 0 where the column holds
  /// one value, whatever rounding made of it.
  let deviations: [Double]

  /// Of the centroids themselves, by the weights of their clusters; where all weigh nothing, each
  /// counts as one.
  ///
  /// - Parameter ulp: the distance between 1 and the next number of the type that they were rounded
  ///   to.
  init(_ centroids: Matrix<Double>, weights: [Double], ulp: Double) {
    let total = weights.reduce(0, +)
    let shares = weights.map { total > 0 ? $0 / total : 1 / Double(weights.count) }
    let columns = centroids.columns
    var (means, squares) = (
      Array(repeating: 0.0, count: columns), Array(repeating: 0.0, count: columns)
    )
    var largest = means
    for (row, share) in shares.enumerated() {
      for column in 0..<columns {
        // From the first one on, so that equal values have this mean and no deviation.
        means[column] += share * (centroids[row, column] - centroids[0, column])
        largest[column] = max(largest[column], centroids[row, column].magnitude)
      }
    }
    for column in 0..<columns { means[column] += centroids[0, column] }
    for (row, share) in shares.enumerated() {
      for column in 0..<columns {
        let difference = centroids[row, column] - means[column]
        squares[column] += share * difference * difference
      }
    }
    self.means = means
    deviations = zip(squares, largest).map { square, largest in
      let deviation = square.squareRoot()
      return deviation > 4 * ulp * largest ? deviation : 0
    }
  }

  /// Of points, whose transform is undone.
  ///
  /// - Parameter moments: as ``KMeansModel`` measures them by that transform.
  init<Scalar: ClusteringScalar>(_ moments: ColumnMoments<Scalar>, _ transform: RowTransform) {
    // Moments of points whose columns are weighted or mixed are in their units already.
    let units = transform.linear == nil ? transform.standardization : nil
    let means = moments.means.indices.map { column in
      moments.means[column] * (units?.deviations[column] ?? 1) + (units?.means[column] ?? 0)
    }
    self.means = means
    deviations = moments.deviations.indices.map { column in
      let deviation =
        (moments.deviations[column] / moments.weight).squareRoot()
        * (units?.deviations[column] ?? 1)
      return deviation > 16 * Double.ulpOfOne * means[column].magnitude ? deviation : 0
    }
  }
}
