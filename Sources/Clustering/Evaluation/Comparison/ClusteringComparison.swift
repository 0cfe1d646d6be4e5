/// Two clusterings of the same points, compared: whether points that are together in one are
/// together in the other. The numbers of clusters do not matter.
///
/// ```swift
/// let comparison = try ClusteringComparison(first.labels, second.labels)
/// comparison.changedPoints    // those that are not in the cluster that theirs became
/// ```
///
/// A weight is so many equal points; a point of weight 0 counts as absent, as does one without a
/// label in either clustering.
public struct ClusteringComparison: Sendable, Hashable, Codable {
  /// The points that were compared.
  public let points: Int
  /// The points that were not: without a label in either clustering, or of weight 0.
  public let leftOut: Int
  /// The weight of the points that were compared.
  public let weight: Double
  /// The Rand index, adjusted for chance (Hubert and Arabie, Comparing partitions, 1985): 1 for the
  /// same partition, 0 on average by chance. `nil` where weights are so small that they add up to
  /// no pair of points.
  public let adjustedRand: Double?
  /// The mutual information over the mean of the entropies, from 0 to 1.
  public let normalizedMutualInformation: Double
  /// The variation of information (Meila, Comparing clusterings by the variation of information,
  /// 2003), in nats: what each clustering tells beyond the other. From 0, for the same partition,
  /// to the logarithm of the number of points.
  public let variationOfInformation: Double
  /// The pairs of clusters that share points, by label and then by the other label.
  public let overlaps: [ClusterOverlap]
  /// The pairs of clusters that are taken for the same one, by label: those that share as much
  /// weight as possible in all. A cluster that no cluster of the other clustering is left for is in
  /// none.
  public let matches: [ClusterOverlap]
  /// Whether no other matches share more weight: else, where thousands of clusters run into one
  /// another, the largest overlaps were taken one by one.
  public let isMatchingOptimal: Bool

  /// The points that are in no match: those that change their cluster.
  public var changedPoints: Int { points - matches.reduce(0) { $0 + $1.count } }
  /// The weight of these points over that of all.
  public var changedShare: Double {
    // What is not there exactly is not left to rounding.
    if changedPoints == 0 { return 0 }
    return min(max(0, 1 - matches.reduce(0) { $0 + $1.weight } / weight), 1)
  }

  /// Compares two clusterings.
  ///
  /// - Parameters:
  ///   - labels: the cluster of each point in the first clustering, -1 for none.
  ///   - others: the same in the other one.
  ///   - weights: one finite, non-negative weight a point [n]; `nil` for 1 each.
  /// - Throws: ``ClusteringError`` where the counts differ, a label is below -1, a weight is wrong,
  ///   or no point has two labels and a weight.
  /// - Complexity: O(n + c log c) for c pairs of clusters that share points, and O(k^3) for k
  ///   clusters that run into one another, 1,000 of them at most.
  public init(
    _ labels: [Int32], _ others: [Int32], weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) {
    guard labels.count == others.count else {
      throw .labelCountMismatch(labels: others.count, points: labels.count)
    }
    var given: [Double]?
    if let weights = copy weights {
      guard weights.count == labels.count else {
        throw .weightCountMismatch(weights: weights.count, points: labels.count)
      }
      try WeightCheck.check(weights, allowsNone: false)
      given = weights.withUnsafeBufferPointer { Array($0) }
    }
    let found = try ClusterOverlaps(labels, others) { given?[$0] ?? 1 }
    self.init(found, leftOut: labels.count - found.points, isWeighted: given != nil)
  }

  init(_ found: ClusterOverlaps, leftOut: Int, isWeighted: Bool) {
    points = found.points
    self.leftOut = leftOut
    weight = found.weight
    adjustedRand = isWeighted ? found.weightedAdjustedRand : found.adjustedRand
    let information = found.information
    normalizedMutualInformation = information.normalized
    variationOfInformation = information.variation
    overlaps = found.all
    let matching = ClusterMatching(found)
    matches = matching.pairs.map { found.all[$0] }
    isMatchingOptimal = matching.isOptimal
  }

  /// The distance of the centroids of each match, in the units of the centroids.
  ///
  /// - Parameters:
  ///   - centroids: those of the first clustering, by label.
  ///   - others: those of the other.
  /// - Throws: ``ClusteringError`` where they have other numbers of columns, or one of a match is
  ///   missing.
  /// - Complexity: O(matches d).
  public func centroidDistances(
    _ centroids: Matrix<Double>, _ others: Matrix<Double>
  ) throws(ClusteringError) -> [Double] {
    guard centroids.columns == others.columns else {
      throw .dimensionMismatch(found: others.columns, expected: centroids.columns)
    }
    var distances: [Double] = []
    for match in matches {
      for (label, rows) in [(match.cluster, centroids.rows), (match.other, others.rows)]
      where label >= rows {
        throw .labelOutOfRange(row: 0, label: Int(label), largest: rows - 1)
      }
      let square = (0..<centroids.columns).reduce(0.0) {
        let difference =
          centroids[Int(match.cluster), $1] - others[Int(match.other), $1]
        return $0 + difference * difference
      }
      distances.append(square.squareRoot())
    }
    return distances
  }
}
