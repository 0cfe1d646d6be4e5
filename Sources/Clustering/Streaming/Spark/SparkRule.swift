/// The rule by which Spark's update moves centers and splits the heaviest cluster: every rounding
/// of it.
enum SparkRule {
  /// Moves each cluster that has points: n' = n + m, c' = (1 - m/n') c + (m/n')/m S.
  ///
  /// - Parameters:
  ///   - weights: IN/OUT, n, decayed already.
  ///   - sums: S, as the kernel that accumulates leaves it.
  ///   - counts: m.
  ///   - fusedColumns: in so many first columns the last product is not rounded.
  static func move(
    _ centroids: inout Matrix<Double>, _ weights: inout [Double], by sums: [Double],
    _ counts: [Int], fusedColumns: Int
  ) {
    let (columns, layout) = (centroids.columns, SumLayout(columns: centroids.columns))
    var values = centroids.mutableSpan
    for cluster in counts.indices where counts[cluster] > 0 {
      let count = Double(counts[cluster])
      weights[cluster] += count
      let share = count / max(weights[cluster], 1e-16)
      let (kept, perPoint) = (1 - share, share / count)
      for column in 0..<columns {
        let index = cluster * columns + column
        let (old, sum) = (values[index] * kept, sums[cluster * layout.stride + column])
        values[index] =
          column < fusedColumns ? old.addingProduct(perPoint, sum) : old + perPoint * sum
      }
    }
  }

  /// Gives the lightest cluster half of the heaviest one, where it has less than 1e-8 of its
  /// weight; at most one an update, the first of equals.
  static func splitDying(
    _ centroids: inout Matrix<Double>, _ weights: inout [Double]
  ) -> SparkUpdate.Split? {
    var (heaviest, lightest) = (0, 0)
    for cluster in weights.indices {
      if weights[cluster] > weights[heaviest] { heaviest = cluster }
      if weights[cluster] < weights[lightest] { lightest = cluster }
    }
    guard weights[lightest] < 1e-8 * weights[heaviest] else { return nil }
    let weight = (weights[heaviest] + weights[lightest]) / 2
    weights[heaviest] = weight
    weights[lightest] = weight
    let columns = centroids.columns
    var values = centroids.mutableSpan
    for column in 0..<columns {
      let value = values[heaviest * columns + column]
      let step = 1e-14 * max(value.magnitude, 1)
      values[heaviest * columns + column] = value + step
      values[lightest * columns + column] = value - step
    }
    return SparkUpdate.Split(dying: lightest, donor: heaviest)
  }
}

/// The effects of one update by Spark's rule.
package struct SparkUpdate: Sendable, Hashable {
  /// A dying cluster that got half of the heaviest one.
  package struct Split: Sendable, Hashable {
    /// The cluster that was thrown away, and is now one half.
    package let dying: Int
    /// The heaviest cluster, now the other half.
    package let donor: Int
  }

  /// The number of rows of each cluster [k].
  package let counts: [Int]
  /// The split, where a cluster was dying.
  package let split: Split?
}
