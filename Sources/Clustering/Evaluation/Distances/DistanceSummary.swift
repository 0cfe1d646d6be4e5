/// The distances of the points of a cluster to its centroid, or their squares, in seven numbers.
///
/// Mean and deviation are weighted; the quartiles are of the points as they are, each once, and lie
/// between two distances as `numpy.percentile` has them by default (linear interpolation). They are
/// exact: all distances are sorted.
public struct DistanceSummary: Sendable, Hashable, Codable {
  /// The weighted mean.
  public let mean: Double
  /// The weighted standard deviation, divided by the weight (not by one less).
  public let standardDeviation: Double
  /// The smallest distance.
  public let minimum: Double
  /// The distance that a quarter of the points do not exceed.
  public let lowerQuartile: Double
  /// The distance that half of the points do not exceed.
  public let median: Double
  /// The distance that three quarters of the points do not exceed.
  public let upperQuartile: Double
  /// The largest distance.
  public let maximum: Double

  /// A summary of distances, of which the moments are known.
  ///
  /// - Parameter sorted: the squares of all distances, ascending, at least one.
  init(mean: Double, standardDeviation: Double, squares sorted: UnsafeBufferPointer<Double>) {
    self.init(mean, standardDeviation, sorted) { $0.squareRoot() }
  }

  /// A summary of squared distances.
  init(_ squares: SquareMoments, _ sorted: UnsafeBufferPointer<Double>) {
    self.init(squares.mean, squares.standardDeviation, sorted) { $0 }
  }

  private init(
    _ mean: Double, _ standardDeviation: Double, _ sorted: UnsafeBufferPointer<Double>,
    _ value: (Double) -> Double
  ) {
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      let lower = value(sorted[below])
      return lower + (place - Double(below)) * (value(sorted[above]) - lower)
    }
    self.mean = mean
    self.standardDeviation = standardDeviation
    minimum = value(sorted[0])
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
    maximum = value(sorted[sorted.count - 1])
  }
}

/// The weighted mean and standard deviation of the squared distances of a cluster.
///
/// They are added one by one, in the order of the rows, so that no number of threads matters (West,
/// Updating mean and variance estimates, 1979; shares of the weight in place of sums of it).
struct SquareMoments {
  let mean: Double
  let standardDeviation: Double

  /// - Parameters:
  ///   - rows: those of the cluster.
  ///   - squares: the squared distance of each row.
  ///   - weights: the weights above 0 of each row; `nil` for 1 each.
  ///   - largest: the largest of the squared distances of the cluster.
  /// - Complexity: O(rows).
  init(
    of rows: ArraySlice<Int32>, _ squares: UnsafePointer<Double>,
    _ weights: UnsafePointer<Double>?, largest: Double
  ) {
    // In a unit, a power of two, in which the largest is near 1: squares of squares overflow.
    let exponent = largest > 0 ? max(Int(largest.exponent), -1000) : 0
    let unit = Double(sign: .plus, exponent: -exponent, significand: 1)
    var (total, mean, variance) = (0.0, 0.0, 0.0)
    for row in rows {
      let weight = weights?[Int(row)] ?? 1
      total += weight
      let share = weight / total
      let value = squares[Int(row)] * unit
      let deviation = value - mean
      mean += share * deviation
      variance += share * (deviation * (value - mean) - variance)
    }
    self.mean = min(mean / unit, largest)
    standardDeviation = max(0, variance).squareRoot() / unit
  }
}

/// The squared distances of the rows of each cluster, sorted, and their moments.
struct SortedDistances {
  private var squares: [Double]
  private let grouped: GroupedRows
  private var moments: [SquareMoments?]

  /// - Parameters:
  ///   - squared: the squared distance of each row.
  ///   - weights: the weights above 0 of each row; `nil` for 1 each.
  /// - Complexity: O(n log n), and memory for n distances and their rows.
  init(
    _ squared: [Double], weights: UnsafePointer<Double>?, groups: [Int32], count: Int, threads: Int
  ) {
    let grouped = GroupedRows(groups, count: groups.count, clusters: count)
    self.grouped = grouped
    squares = grouped.rows.map { squared[Int($0)] }
    moments = Array(repeating: nil, count: count)
    squares.withUnsafeMutableBufferPointer { squares in
      moments.withUnsafeMutableBufferPointer { moments in
        squared.withUnsafeBufferPointer { squared in
          nonisolated(unsafe) let (sorted, found) = (squares.baseAddress, moments.baseAddress!)
          nonisolated(unsafe) let (values, weights) = (squared.baseAddress, weights)
          Workers.share(count, among: threads) { queue in
            while let group = queue.next() {
              let places = grouped[group]
              guard let sorted, let values, !places.isEmpty else { continue }
              var members = UnsafeMutableBufferPointer(
                start: sorted + places.lowerBound, count: places.count)
              members.sort()
              found[group] = SquareMoments(
                of: grouped.rows[places], values, weights, largest: members[members.count - 1])
            }
          }
        }
      }
    }
  }

  /// The results of a closure for each cluster: the sorted squares and a summary of them, `nil`
  /// where it has no rows.
  func map<Result>(
    _ body: (Int, UnsafeBufferPointer<Double>, DistanceSummary?) -> Result
  ) -> [Result] {
    squares.withUnsafeBufferPointer { buffer in
      moments.indices.map { group in
        let members = UnsafeBufferPointer(rebasing: buffer[grouped[group]])
        return body(group, members, moments[group].map { DistanceSummary($0, members) })
      }
    }
  }
}
