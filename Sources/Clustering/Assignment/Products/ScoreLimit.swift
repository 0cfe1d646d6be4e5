extension ClusteringScalar {
  /// The limit of `scoresAtMost` for a threshold: a number that is at least as large, or the
  /// largest one where there is none or the threshold is no number itself.
  ///
  /// Never infinity: what fills up a vector of centroids, and what never wins, has an infinite
  /// score, and would be found. All scores that stand for a centroid are numbers where they may
  /// rule out, so the largest number rules out nothing.
  @inline(__always)
  package init(limitAtLeast threshold: Double) {
    let limit = Self(threshold).nextUp
    self = limit < .greatestFiniteMagnitude ? limit : .greatestFiniteMagnitude
  }
}
