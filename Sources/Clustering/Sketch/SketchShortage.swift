/// Why a sketch has fewer centroids than there are to be clusters.
public enum SketchShortage: Sendable, Hashable {
  /// The points of a weight above 0 have no more distinct values. Values that are nearer to each other than
  /// `resolution` count as one: 0, or what a place is rounded to so far from the first rows, which the sketch
  /// keeps places relative to.
  case fewDistinctPoints(resolution: Double)
  /// A collapse left too few: `numClusters` is about how many centroids the sketch was to keep.
  case collapsed(numClusters: Int)
  /// Distinct points became one centroid, for the distance cutoff, which has not grown yet, is too large.
  case largeCutoff(Double)
}

extension SketchShortage: CustomStringConvertible {
  public var description: String {
    switch self {
    case .fewDistinctPoints(let resolution) where resolution > 0:
      "the points have no more distinct values, where those nearer to each other than \(resolution) count "
        + "as one, so far from the first rows"
    case .fewDistinctPoints:
      "the points have no more distinct values"
    case .collapsed(let numClusters):
      "a collapse left so few of about \(numClusters) that it was to keep, expected a larger number of "
        + "centroids or a smaller beta"
    case .largeCutoff(let cutoff):
      "a distance cutoff of \(cutoff) made distinct points one, expected a smaller one"
    }
  }
}

extension SketchState {
  /// Why there are so few centroids.
  var shortage: SketchShortage {
    // As long as only equal places were merged, nothing was lost.
    guard map(\.squaredError).contains(where: { $0 > 0 }) else {
      let farthest = map(\.squaredNorm).max() ?? 0
      return .fewDistinctPoints(resolution: 2 * Double.unitRoundoff * farthest.squareRoot())
    }
    guard collapseCount > 0 else { return .largeCutoff(cutoff ?? 0) }
    return .collapsed(numClusters: numClusters)
  }
}
