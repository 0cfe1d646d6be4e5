/// The rows of a batch that have a direction, where others have none and are left out.
struct DirectedRows<Scalar: ClusteringScalar> {
  let rows: Matrix<Scalar>
  /// The weights, one a row; `nil` where none were given.
  let weights: [Double]?
  let times: [Double]?
  /// The rows of the batch that these are, and those that are left out; ascending.
  let numbers: [Int]
  let leftOut: [Int]

  /// - Parameter leftOut: not empty.
  /// - Complexity: O(n d).
  init(
    of batch: borrowing MatrixView<Scalar>, _ weights: borrowing Span<Double>?,
    _ times: borrowing Span<Double>?, leavingOut leftOut: [Int]
  ) {
    var (numbers, next) = ([Int](), 0)
    numbers.reserveCapacity(batch.rows - leftOut.count)
    for row in 0..<batch.rows {
      if next < leftOut.count, leftOut[next] == row { next += 1 } else { numbers.append(row) }
    }
    rows = batch.withRows { $0.matrix(of: numbers) }
    self.weights = Self.values(weights, of: numbers)
    self.times = Self.values(times, of: numbers)
    (self.numbers, self.leftOut) = (numbers, leftOut)
  }

  private static func values(_ all: borrowing Span<Double>?, of rows: [Int]) -> [Double]? {
    guard let all = copy all else { return nil }
    var values: [Double] = []
    for row in rows { values.append(all[row]) }
    return values
  }

  /// One value for each row of the batch.
  func filled<Value>(_ values: [Value], with filler: Value) -> [Value] {
    var all = Array(repeating: filler, count: numbers.count + leftOut.count)
    for (row, value) in zip(numbers, values) { all[row] = value }
    return all
  }

  /// The predictions for each row of the batch: -1 and NaN for those that were left out.
  ///
  /// - Parameter parts: the parts that were asked for; the others stay empty.
  func filled(_ found: Predictions, _ parts: Predictions.Parts) -> Predictions {
    func list(_ part: Predictions.Parts, _ values: [Double]) -> [Double] {
      parts.contains(part) ? filled(values, with: .nan) : []
    }
    return Predictions(
      labels: filled(found.labels, with: -1), ids: filled(found.ids, with: -1),
      squaredDistances: list(.squaredDistances, found.squaredDistances),
      margins: list(.margins, found.margins),
      outlierScores: list(.outlierScores, found.outlierScores),
      tailProbabilities: list(.tailProbabilities, found.tailProbabilities))
  }
}
