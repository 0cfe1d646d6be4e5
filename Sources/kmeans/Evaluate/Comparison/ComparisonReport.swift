import Clustering
import KMeansFiles

/// The comparison with another clustering as `--json` has it; the keys are a contract.
struct ComparisonReport: Encodable {
  let path: String
  /// The measures of the other clustering.
  let quality: ClusterQuality
  let comparison: ClusteringComparison
  /// The distance of the centroids of each match, in the units of the points; `nil` where there are
  /// no centroids, or those of other columns.
  let distances: [Double]?
  /// The inertia of the other over that of this one; `nil` where they have other units.
  let inertiaRatio: Double?
  let isSquared: Bool
  /// Mahout's figures of the input and the test points by the other centroids.
  let together: MahoutQuality?

  private enum Key: String, CodingKey {
    case file, points, comparedPoints, comparedWeight, inertiaRatio
    case adjustedRand, normalizedMutualInformation, variationOfInformation
    case changedPoints, changedShare, matching, matches, overlaps, together
  }

  func encode(to encoder: any Encoder) throws {
    try QualityReport(quality, isSquared).encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(path, forKey: .file)
    try container.encode(quality.points, forKey: .points)
    try container.encode(comparison.points, forKey: .comparedPoints)
    try container.encode(comparison.weight, forKey: .comparedWeight)
    try container.encode(inertiaRatio, forKey: .inertiaRatio)
    try container.encode(comparison.adjustedRand, forKey: .adjustedRand)
    try container.encode(
      comparison.normalizedMutualInformation, forKey: .normalizedMutualInformation)
    try container.encode(comparison.variationOfInformation, forKey: .variationOfInformation)
    try container.encode(comparison.changedPoints, forKey: .changedPoints)
    try container.encode(comparison.changedShare, forKey: .changedShare)
    try container.encode(comparison.isMatchingOptimal ? "optimal" : "greedy", forKey: .matching)
    let distances = distances ?? []
    try container.encode(
      comparison.matches.enumerated().map {
        Match(overlap: $1, distance: distances.indices.contains($0) ? distances[$0] : nil)
      }, forKey: .matches)
    try container.encode(comparison.overlaps, forKey: .overlaps)
    try container.encodeIfPresent(together.map { MahoutReport(figures: $0) }, forKey: .together)
  }
}

/// A pair of clusters with the distance of their centroids.
private struct Match: Encodable {
  let overlap: ClusterOverlap
  let distance: Double?

  private enum Key: String, CodingKey { case distance }

  func encode(to encoder: any Encoder) throws {
    try overlap.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(distance, forKey: .distance)
  }
}

extension EvaluateRun {
  /// Compares the clusters of the input with those of the other centroids.
  ///
  /// - Parameter given: the centroids that are judged; `nil` where only labels are.
  func compare<Scalar: ClusteringScalar>(
    _ found: EvaluatedPoints, _ points: any PointInput<Scalar>, _ given: GivenCentroids?,
    _ other: OtherFound
  ) throws -> ComparisonReport {
    // Row by row of the file: what was left out for one of them has no cluster there.
    let labels = points.skipped.filled(found.assigned.labels, with: -1)
    let weights = points.weights.map { points.skipped.filled($0, with: 0) }
    let comparison = try points.locator.onError { () throws(ClusteringError) in
      try ClusteringComparison(labels, other.labels, weights: weights?.span)
    }
    var distances: [Double]?
    if other.hasSamePoints, let given {
      let centroids = try given.centroids
      distances = try points.locator.onError { () throws(ClusteringError) in
        try comparison.centroidDistances(centroids, other.centroids)
      }
    }
    let transform = given?.transform ?? .identity
    let (first, second) = (found.quality.inertia, other.quality.inertia)
    let isComparable =
      other.hasSamePoints && transform == other.transform && first > 0
      && (given?.distance ?? .euclidean) == other.distance
    let ratio = isComparable ? second / first : .infinity
    return ComparisonReport(
      path: other.path, quality: other.quality, comparison: comparison, distances: distances,
      inertiaRatio: ratio.isFinite ? ratio : nil, isSquared: isSquared,
      together: other.together)
  }
}
