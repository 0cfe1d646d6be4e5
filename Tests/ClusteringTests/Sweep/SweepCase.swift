// One small random input of the sweep: a function of its number alone.
import Clustering
import KMeansReference

/// Points, weights and k. The same number gives the same case for ever, whichever others are run.
struct SweepCase<Scalar: ClusteringScalar> {
  let number: Int
  let points: Matrix<Scalar>
  let weights: [Double]?
  /// From 1 to 6, sometimes more than there are rows.
  let clusters: Int
  /// What a check draws from: parameters, how rows are cut into batches.
  var random: TestRandom

  init(_ number: Int) {
    self.number = number
    random = TestRandom(UInt64(bitPattern: Int64(number)) &* 0xD134_2543_DE82_EF95)
    let rows = Int.random(in: 1...40, using: &random)
    let columns = Int.random(in: 1...6, using: &random)
    let most = random.next() % 50 == 0 ? 6 : min(6, rows)
    clusters = Int.random(in: 1...most, using: &random)
    points = SweepValues<Scalar>(&random).points(rows, columns, &random)
    weights = SweepWeights.random(rows, &random)
  }

  /// The rows as arrays of Doubles.
  var rows: [[Double]] { points.doubles }

  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// The first value that is refused.
  var refused: ClusteringError? {
    for row in 0..<points.rows {
      for column in 0..<points.columns where Double(points[row, column]).magnitude > 1e140 {
        return .tooLarge(row: row, column: column, limit: 1e140)
      }
    }
    return nil
  }

  /// The weight of all rows, in their order.
  var totalWeight: Double { (0..<points.rows).reduce(0) { $0 + weight($1) } }

  /// Rows of weight above 0.
  var weighing: [Int] { (0..<points.rows).filter { weight($0) > 0 } }

  /// Whether sums of weights times squared distances, or values, may come near the largest Double:
  /// then they may be refused.
  var mayOverflow: Bool {
    let largest = rows.joined().reduce(0) { max($0, $1.magnitude) }
    let weight = totalWeight
    return
      !(4 * largest * largest * Double(points.columns) * weight < 1e299
      && largest * weight < 1e299)
  }

  /// Whether rows differ and squares of all differences, or weights times them, may vanish: then
  /// they may be refused.
  func mayUnderflow(until end: Int? = nil) -> Bool {
    let some = weighing.filter { $0 < end ?? .max }.map { rows[$0] }
    guard !some.isEmpty else { return false }
    let width = some.largestDifference
    let weight = (0..<(end ?? points.rows)).reduce(0.0) { $0 + self.weight($1) }
    return width > 0 && (width < 1e-139 || weight * width * width < 1e-279)
  }

  /// A draw of something else than the points, for a purpose of its own.
  func generator(_ purpose: UInt64) -> TestRandom {
    var random = random
    return TestRandom(random.next() &+ purpose)
  }
}

extension [[Double]] {
  /// The largest difference of two values in a column.
  var largestDifference: Double {
    guard let first else { return 0 }
    return first.indices.reduce(0) { width, column in
      let values = map { $0[column] }
      return Swift.max(width, values.max()! - values.min()!)
    }
  }
}

/// Weights of a case.
enum SweepWeights {
  static func random(_ count: Int, _ random: inout TestRandom) -> [Double]? {
    let kind = random.next() % 12
    if kind < 5 { return nil }
    let exponent = Int.random(in: -1074...1000, using: &random)
    return (0..<count).map { _ in
      switch kind {
      case 5: 1
      case 6: Double(random.next() % 4)
      case 7: random.next() % 5 == 0 ? 1 : 0
      case 8: Double.random(in: 0..<1, using: &random)
      case 9: Double.anyMagnitude(&random, exponents: -1074...1010).magnitude
      case 10: Double.anyMagnitude(&random, exponents: exponent...min(exponent + 3, 1010)).magnitude
      default: random.next() % 6 == 0 ? 1e15 : Double.random(in: 0..<1e-3, using: &random)
      }
    }
  }
}

extension Double {
  /// A sign, a mantissa and an exponent, evenly drawn.
  static func anyMagnitude(
    _ random: inout TestRandom, exponents: ClosedRange<Int>
  ) -> Double {
    let exponent = Int.random(in: exponents, using: &random)
    let significand = random.next() % 3 == 0 ? 1 : Double.random(in: 1..<2, using: &random)
    let value = Double(sign: .plus, exponent: exponent, significand: significand)
    return random.next() % 2 == 0 ? value : -value
  }
}
