// What distances do to rows, from their definitions: in Double, rounded once.
extension Reference {
  /// The standardisation of columns.
  public typealias Moments = (means: [Double], deviations: [Double])

  /// Rows whose columns are multiplied by the roots of weights, after they are standardised, if
  /// they are.
  public static func weighted<Scalar: BinaryFloatingPoint>(
    _ rows: [[Double]], after moments: Moments?, weights: [Double], of type: Scalar.Type
  ) -> [[Double]] {
    rows.map { row in
      let before = standardized(row, moments)
      return row.indices.map { Double(Scalar(before[$0] * weights[$0].squareRoot())) }
    }
  }

  /// Rows mapped to L^-1 (row - mean), after they are standardised, if they are.
  ///
  /// - Parameters:
  ///   - mean: `nil` for zeros.
  ///   - covariance: L L^T, row by row.
  public static func whitened<Scalar: BinaryFloatingPoint>(
    _ rows: [[Double]], after moments: Moments?, mean: [Double]?, covariance: [Double],
    of type: Scalar.Type
  ) -> [[Double]] {
    let columns = rows.first?.count ?? 0
    let lower = cholesky(covariance, columns)
    return rows.map { row in
      let before = standardized(row, moments)
      var mapped = [Double](repeating: 0, count: columns)
      for i in 0..<columns {
        var rest = before[i] - (mean?[i] ?? 0)
        for j in 0..<i { rest -= lower[i][j] * mapped[j] }
        mapped[i] = rest / lower[i][i]
      }
      return mapped.map { Double(Scalar($0)) }
    }
  }

  private static func standardized(_ row: [Double], _ moments: Moments?) -> [Double] {
    guard let moments else { return row }
    return row.indices.map { (row[$0] - moments.means[$0]) / moments.deviations[$0] }
  }

  /// The factor L of a matrix L L^T that is positive definite, as textbooks have it.
  public static func cholesky(_ matrix: [Double], _ n: Int) -> [[Double]] {
    var lower = [[Double]](repeating: Array(repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0...i {
        var rest = matrix[i * n + j]
        for k in 0..<j { rest -= lower[i][k] * lower[j][k] }
        lower[i][j] = i == j ? rest.squareRoot() : rest / lower[j][j]
      }
    }
    return lower
  }
}
