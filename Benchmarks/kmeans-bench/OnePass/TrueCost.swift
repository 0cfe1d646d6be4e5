import Clustering
import KMeansLinearAlgebra

/// What k-means costs over points that are still there, which certified bounds have to contain.
struct TrueCost {
  /// The sum so far and what its roundings lost (Neumaier).
  private var (sum, lost) = (0.0, 0.0)
  private let columns: Int

  init(columns: Int) { self.columns = columns }

  /// The cost of some points, by one assignment.
  static func of<Scalar: ClusteringScalar>(
    _ model: KMeansModel<Scalar>, _ points: Matrix<Scalar>, threads: Int
  ) throws -> TrueCost {
    var cost = TrueCost(columns: points.columns)
    try cost.add(points.view, model, threads: threads)
    return cost
  }

  mutating func add<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, _ model: KMeansModel<Scalar>, threads: Int
  ) throws {
    for distance in try model.squaredDistances(points, execution: Execution(threads: threads)) {
      let next = sum + distance
      lost += abs(sum) >= abs(distance) ? (sum - next) + distance : (distance - next) + sum
      sum = next
    }
  }

  var value: Double { sum + lost }

  /// Whether bounds contain the cost, up to the rounding of the distances it is the sum of: d
  /// squares and additions each, all positive, in Double.
  func isWithin(_ bounds: CostBounds) -> Bool {
    let rounding = value * Double(columns + 4) * 0x1p-53
    return bounds.lowerBound <= value + rounding && value - rounding <= bounds.upperBound
  }

  /// Adds the bounds and the cost to a report.
  ///
  /// - Returns: whether the bounds contain the cost.
  func add(to report: inout BenchReport, _ bounds: CostBounds) -> Bool {
    report.add("costLower", bounds.lowerBound)
    report.add("costUpper", bounds.upperBound)
    report.add("trueCost", value)
    report.add("lowerShareOfTrue", value > 0 ? bounds.lowerBound / value : 1)
    report.add("upperShareOfTrue", value > 0 ? bounds.upperBound / value : 1)
    report.add("boundsHold", isWithin(bounds) ? "yes" : "NO")
    return isWithin(bounds)
  }
}

/// What must never be seen in a benchmark of one pass: it makes the process fail.
enum OnePassFault: Error, CustomStringConvertible {
  case boundsMissed, otherBits
  case rowsLost(found: Int, expected: Int)

  var description: String {
    switch self {
    case .boundsMissed: "the certified bounds do not contain the true cost"
    case .rowsLost(let found, let expected):
      "\(found) rows came through the pipe, expected \(expected)"
    case .otherBits: "blocks and the scan one by one end with different bits"
    }
  }
}
