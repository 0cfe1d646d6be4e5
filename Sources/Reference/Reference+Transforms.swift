extension Reference {
  /// Rows of which each column was shifted and divided, rounded to a type.
  public static func standardized<Scalar: BinaryFloatingPoint>(
    _ rows: [[Double]], means: [Double], deviations: [Double], of type: Scalar.Type
  ) -> [[Double]] {
    rows.map { row in
      row.indices.map { Double(Scalar((row[$0] - means[$0]) / deviations[$0])) }
    }
  }

  /// Rows divided by their length, rounded to a type; a row of zeros stays as it is.
  public static func normalized<Scalar: BinaryFloatingPoint>(
    _ rows: [[Double]], of type: Scalar.Type
  ) -> [[Double]] {
    rows.map { row in
      let length = squaredDistance(row, row.map { _ in 0 }).squareRoot()
      return length > 0 ? row.map { Double(Scalar($0 / length)) } : row
    }
  }
}
