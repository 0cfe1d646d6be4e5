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
