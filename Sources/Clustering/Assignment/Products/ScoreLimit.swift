// Limits of scores, rounded from a Double to the scalar type.
extension ClusteringScalar {
  /// The limit of `scoresAtMost` for a threshold: a number that is at least as large, or the
  /// largest one where there is none or the threshold is no number itself.
  ///
  /// Never infinity: the fill of a vector of centroids, and centroids that never win, have an
  /// infinite score, and would be found. All scores that stand for a centroid are numbers where
  /// they may rule out, so the largest number rules no centroid out.
  @inline(__always)
  package init(limitAtLeast threshold: Double) {
    let limit = Self(threshold).nextUp
    self = limit < .greatestFiniteMagnitude ? limit : .greatestFiniteMagnitude
  }
}
