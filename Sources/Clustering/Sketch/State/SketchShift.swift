/// The shift that is subtracted from all points of a sketch before anything else, from its first
/// rows: any shift is right, but coordinates are kept in Double relative to it, so it has to be
/// among the points.
///
/// It is the mean of each column, rounded to the type of the rows, so that subtracting it is exact
/// for most values. A few rows far away, such as those that stand for no data, draw the mean away
/// from all others, whose coordinates then lose their last digits, or all of them. So where the
/// mean is farther from the medians than 2^20 times what half of the rows are, the medians are
/// taken: coordinates keep 33 bits of what lies between half of the rows at least.
enum SketchShift {
  /// The square of 2^20.
  private static let most = 0x1p40

  /// - Precondition: there is a row, and the values are finite.
  /// - Complexity: O(n d) expected.
  static func of<Scalar: ClusteringScalar>(_ rows: Rows<Scalar>) -> [Double] {
    let means = means(of: rows)
    let medians = Centering(medianOf: rows).shift.map { Double($0) }
    let distances = (0..<rows.count).map { squaredDistance(rows[$0], medians) }.sorted()
    let off = zip(means, medians).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return off > most * distances[rows.count / 2] ? medians : means
  }

  private static func means<Scalar: ClusteringScalar>(of rows: Rows<Scalar>) -> [Double] {
    (0..<rows.columns).map { column in
      let sum = (0..<rows.count).reduce(0.0) { $0 + Double(rows[$1][column]) }
      return Double(Scalar(sum / Double(rows.count)))
    }
  }

  private static func squaredDistance<Scalar: ClusteringScalar>(
    _ row: UnsafePointer<Scalar>, _ point: [Double]
  ) -> Double {
    point.indices.reduce(0) { sum, column in
      let difference = Double(row[column]) - point[column]
      return sum + difference * difference
    }
  }
}
