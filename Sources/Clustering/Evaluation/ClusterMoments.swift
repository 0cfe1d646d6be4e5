/// The mean of each cluster and the squared deviations from it, with the number and the weight of
/// its rows.
///
/// Rows are added one by one and stripes merged by the update of Chan, Golub and LeVeque (1979), as
/// in ``ColumnMoments``: an offset of the data costs no digits, and equal rows have exactly no
/// deviation.
struct ClusterMoments<Scalar: ClusteringScalar>: RowReduction {
  /// Columns of a row.
  let columns: Int
  /// The number of rows of each cluster.
  private(set) var counts: [Int]
  /// The weight of each cluster.
  private(set) var weights: [Double]
  /// The weighted mean of each cluster [k x d].
  private(set) var means: [Double]
  /// The weighted sum of the squared distances of the rows of each cluster to its mean.
  private(set) var deviations: [Double]

  init(clusters: Int, columns: Int) {
    self.columns = columns
    counts = Array(repeating: 0, count: clusters)
    weights = Array(repeating: 0, count: clusters)
    deviations = weights
    means = Array(repeating: 0, count: clusters * columns)
  }

  var needsDistances: Bool { false }
  func empty() -> ClusterMoments { ClusterMoments(clusters: counts.count, columns: columns) }
  mutating func reset() { self = empty() }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    means.withUnsafeMutableBufferPointer { means in
      for row in 0..<block.points.count {
        let cluster = Int(block.labels[row])
        let values = block.points.rows[row]
        let rowWeight = block.points.weight(row)
        counts[cluster] += 1
        weights[cluster] += rowWeight
        let share = rowWeight / weights[cluster]
        var squares = 0.0
        for column in 0..<columns {
          let value = Double(values[column])
          let deviation = value - means[cluster * columns + column]
          means[cluster * columns + column] += share * deviation
          squares += deviation * (value - means[cluster * columns + column])
        }
        deviations[cluster] += rowWeight * squares
      }
    }
  }

  mutating func merge(_ later: borrowing ClusterMoments) {
    for cluster in counts.indices where later.counts[cluster] > 0 {
      let total = weights[cluster] + later.weights[cluster]
      let share = later.weights[cluster] / total
      var squares = 0.0
      for index in cluster * columns..<(cluster + 1) * columns {
        let difference = later.means[index] - means[index]
        means[index] += share * difference
        squares += difference * difference
      }
      deviations[cluster] += later.deviations[cluster] + squares * weights[cluster] * share
      weights[cluster] = total
      counts[cluster] += later.counts[cluster]
    }
  }

  /// The weighted sum of the squared distances of the clusters' means to the mean of all rows.
  ///
  /// - Complexity: O(k d).
  var squaresBetween: Double {
    let total = weights.reduce(0, +)
    // Relative to the first cluster, so that an offset of the data costs no digits.
    var sum = 0.0
    for column in 0..<columns {
      var shift = 0.0
      for cluster in counts.indices {
        shift += weights[cluster] * (means[cluster * columns + column] - means[column])
      }
      shift /= total
      for cluster in counts.indices {
        let difference = means[cluster * columns + column] - means[column] - shift
        sum += weights[cluster] * difference * difference
      }
    }
    return sum
  }

  /// The means as centroids.
  func centroids() -> Matrix<Scalar> {
    let values = means.map { Scalar($0) }
    guard let matrix = try? Matrix(values.span, columns: columns) else {
      preconditionFailure("whole rows of at least one column")
    }
    return matrix
  }
}
