// Transforms of rows before they are clustered.
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
      let length = length(row)
      return length > 0 ? row.map { Double(Scalar($0 / length)) } : row
    }
  }

  /// The length of a row; if its square nearly underflows or overflows, that of the row in units of
  /// its largest value.
  static func length(_ row: [Double]) -> Double {
    let square = squaredDistance(row, row.map { _ in 0 })
    if square > 0x1p-900 { return square.squareRoot() }
    let largest = row.reduce(0) { max($0, $1.magnitude) }
    if largest == 0 { return 0 }
    var sum = 0.0
    for value in row { sum += (value / largest) * (value / largest) }
    return sum.squareRoot() * largest
  }
}
