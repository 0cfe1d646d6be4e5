import Clustering

/// Rows for sketches that transform them, and the same transformed one operation after the other.
enum TransformedRows {
  /// Rows of columns that differ in place and width; 12,000 of them are more than say how columns
  /// are standardised.
  static func rows<Scalar: ClusteringScalar>(
    _ count: Int = 12_000, of type: Scalar.Type = Scalar.self
  ) -> Matrix<Scalar> {
    var points: Matrix<Scalar> = SketchData.mixture.points(count, 5, seed: 3)
    for row in 0..<count {
      for column in 0..<5 {
        points[row, column] = points[row, column] * Scalar(column * column + 1) + Scalar(column)
      }
    }
    return points
  }

  /// Rows divided by their length.
  static func normalized<Scalar: ClusteringScalar>(_ points: Matrix<Scalar>) -> Matrix<Scalar> {
    var result = points
    for row in 0..<points.rows {
      let squares = (0..<points.columns).reduce(0.0) {
        $0 + Double(points[row, $1]) * Double(points[row, $1])
      }
      for column in 0..<points.columns {
        result[row, column] = Scalar(Double(points[row, column]) / squares.squareRoot())
      }
    }
    return result
  }

  static func standardized<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ by: RowTransform.Standardization
  ) -> Matrix<Scalar> {
    var result = points
    for row in 0..<points.rows {
      for column in 0..<points.columns {
        result[row, column] = Scalar(
          (Double(points[row, column]) - by.means[column]) / by.deviations[column])
      }
    }
    return result
  }
}
