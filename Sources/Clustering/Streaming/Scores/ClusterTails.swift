/// The distributions of squared deviations over variances, summed over the columns, in each cluster
/// of a stream.
struct ClusterTails: Sendable {
  /// The mean squared deviation of each cluster's points from its center, by columns [k x d].
  let squaredDeviations: [Double]
  /// The number of each cluster's distribution [k].
  private let kinds: [Int]
  /// The distributions, one for each number of columns that vary; none for clusters without points,
  /// and for those whose points are all equal.
  private let distributions: [ChiSquared?]
  /// The numbers of these two.
  private static let (noPoints, equalPoints) = (0, 1)

  /// Of no clusters.
  static let none = ClusterTails([], [], [nil, nil])

  private init(
    _ squaredDeviations: [Double], _ kinds: [Int], _ distributions: [ChiSquared?]
  ) {
    self.squaredDeviations = squaredDeviations
    self.kinds = kinds
    self.distributions = distributions
  }

  /// - Complexity: O(k d).
  init(_ clusters: StreamClusters) {
    let columns = clusters.columns
    var squares = [Double](repeating: 0, count: clusters.count * columns)
    var (kinds, distributions) = ([Int](), [ChiSquared?](repeating: nil, count: 2))
    var known: [Int: Int] = [0: Self.equalPoints]
    clusters.means.withRows { means in
      clusters.variances.withRows { variances in
        clusters.centers.withRows { centers in
          squares.withUnsafeMutableBufferPointer { squares in
            for cluster in 0..<means.count {
              let degrees = Self.setSquares(
                means[cluster], centers[cluster], variances[cluster], columns,
                squares.baseAddress! + cluster * columns)
              guard clusters.momentWeights[cluster] > 0 else {
                kinds.append(Self.noPoints)
                continue
              }
              if known[degrees] == nil {
                known[degrees] = distributions.count
                distributions.append(ChiSquared(degrees: degrees))
              }
              kinds.append(known[degrees]!)
            }
          }
        }
      }
    }
    self.init(squares, kinds, distributions)
  }

  /// - Returns: the number of columns that vary.
  private static func setSquares(
    _ mean: UnsafePointer<Double>, _ center: UnsafePointer<Double>,
    _ variance: UnsafePointer<Double>, _ columns: Int, _ squares: UnsafeMutablePointer<Double>
  ) -> Int {
    var degrees = 0
    for column in 0..<columns {
      let offset = mean[column] - center[column]
      squares[column] = variance[column] + offset * offset
      if squares[column] > 0 { degrees += 1 }
    }
    return degrees
  }

  /// Replaces sums of rows by their probabilities, in the clusters that the rows belong to: those
  /// of one distribution together.
  ///
  /// - Parameters:
  ///   - values: IN/OUT, one a row.
  ///   - labels: IN, one a row.
  /// - Complexity: O(count + distributions).
  func replace(
    _ values: UnsafeMutablePointer<Double>, _ labels: UnsafePointer<Int32>, count: Int
  ) {
    var ends = [Int](repeating: 0, count: distributions.count + 1)
    kinds.withUnsafeBufferPointer { kinds in
      for row in 0..<count { ends[kinds[Int(labels[row])] + 1] += 1 }
      for kind in distributions.indices { ends[kind + 1] += ends[kind] }
      let firsts = ends
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { sorted in
        let sorted = sorted.baseAddress!
        for row in 0..<count {
          let kind = kinds[Int(labels[row])]
          (sorted + ends[kind]).initialize(to: values[row])
          ends[kind] += 1
        }
        for kind in distributions.indices where firsts[kind] < ends[kind] {
          replace(kind, sorted + firsts[kind], count: ends[kind] - firsts[kind])
        }
        var places = firsts
        for row in 0..<count {
          let kind = kinds[Int(labels[row])]
          values[row] = sorted[places[kind]]
          places[kind] += 1
        }
      }
    }
  }

  /// Replaces sums of one distribution.
  private func replace(_ kind: Int, _ sums: UnsafeMutablePointer<Double>, count: Int) {
    if let distribution = distributions[kind] {
      return distribution.replaceWithUpperTails(sums, count: count)
    }
    for place in 0..<count {
      sums[place] = kind == Self.noPoints ? .nan : sums[place] == 0 ? 1 : 0
    }
  }
}
