// What a case was found to do wrong, and the checks that all entries share.
import Clustering
import KMeansReference

/// What is wrong, with the case to run alone.
struct SweepFaults {
  private(set) var all: [String] = []
  /// How many checks were made, by name: a check that never runs proves nothing.
  private(set) var counts: [String: Int] = [:]
  private var place = ""

  /// Says where the checks that follow are.
  mutating func begin(_ place: String) {
    self.place = place
    counts[place, default: 0] += 1
  }

  @inline(__always)
  mutating func check(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { all.append("\(place): \(what())") }
  }

  mutating func add(_ other: SweepFaults, case number: Int, _ type: Any.Type) {
    all += other.all.map { "case \(number) (\(type)), \($0)" }
    for (place, count) in other.counts { counts[place, default: 0] += count }
  }
}

extension SweepFaults {
  /// What an entry makes of a case, or nothing where it is refused, as it must be then.
  ///
  /// - Parameter isRight: whether an error that this entry alone has is right; nothing for what all
  ///   have.
  mutating func taken<Scalar: ClusteringScalar, Result>(
    _ input: SweepCase<Scalar>, unless isRight: (ClusteringError) -> Bool? = { _ in nil },
    by entry: () throws(ClusteringError) -> Result
  ) -> Result? {
    do throws(ClusteringError) {
      let result = try entry()
      check(input.refused == nil, "took \(input.refused!)")
      return result
    } catch {
      if let isRight = isRight(error) {
        check(isRight, "\(error)")
      } else {
        checkRefusal(error, input)
      }
      return nil
    }
  }

  /// Whether what is refused must be, and by this error.
  private mutating func checkRefusal<Scalar>(_ error: ClusteringError, _ input: SweepCase<Scalar>) {
    let total = input.totalWeight
    switch error {
    case .tooManyClusters(let clusters, let points):
      check(clusters == input.clusters && clusters > points, "\(error)")
    case .invalidTotalWeight: check(!(total > 0 && total.isFinite), "\(error)")
    case .tooLarge where input.refused != nil: check(error == input.refused, "\(error)")
    // Too few rows that weigh something, or sums that a Double does not hold.
    default:
      check(
        input.weighing.count < input.clusters || input.mayOverflow || input.mayUnderflow(),
        "\(error)")
    }
  }

  /// Whether labels are the argmin for some centroids, the lowest index on ties.
  mutating func checkLabels(_ labels: [Int32], _ rows: [[Double]], _ centroids: [[Double]]) {
    check(labels.count == rows.count, "\(labels.count) labels")
    for (row, label) in labels.enumerated() {
      let nearest = SweepDistance.nearest(rows[row], centroids)
      check(
        Int(label) == nearest,
        "row \(row) has label \(label), the nearest centroid is \(nearest)")
    }
  }

  /// Whether every value of some centroids lies between the least and the largest of the rows that
  /// weigh something.
  mutating func checkBox<Scalar>(
    _ centroids: [[Double]], _ input: SweepCase<Scalar>, until end: Int = .max,
    where counts: (Int) -> Bool = { _ in true }
  ) {
    let rows = input.rows
    let weighing = input.weighing.filter { $0 < end }
    guard let first = weighing.first else { return }
    for column in rows[first].indices {
      var (least, most) = (rows[first][column], rows[first][column])
      for row in weighing {
        least = min(least, rows[row][column])
        most = max(most, rows[row][column])
      }
      for (cluster, centroid) in centroids.enumerated() where counts(cluster) {
        check(
          centroid[column] >= least && centroid[column] <= most,
          "centroid \(cluster), column \(column): \(centroid[column]) is not in \(least)...\(most)")
      }
    }
  }

  mutating func checkFinite(_ values: [Double], _ what: String) {
    check(values.allSatisfy(\.isFinite), "\(what): \(values)")
  }

  /// Whether a sum is another one, but for rounding.
  mutating func checkSum(_ found: Double, _ expected: Double, _ what: String) {
    check(
      found == expected
        || (found - expected).magnitude <= 1e-12 * max(found.magnitude, expected.magnitude)
          + 1000 * .leastNonzeroMagnitude,
      "\(what) is \(found), expected \(expected)")
  }
}
