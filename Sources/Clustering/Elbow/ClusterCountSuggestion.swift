extension ElbowCurve {
  /// A number of clusters on which most criteria agree, or none, and what each of them says.
  public struct Suggestion: Sendable, Hashable, Codable {
    /// The ways to choose a number of clusters.
    public enum Criterion: String, Sendable, Hashable, Codable, CaseIterable {
      /// The largest ``ClusterIndices/simplifiedSilhouette``.
      case silhouette
      /// The smallest ``ClusterIndices/daviesBouldin``.
      case daviesBouldin
      /// The largest ``ClusterIndices/calinskiHarabasz``.
      case calinskiHarabasz
      /// ``ElbowCurve/knee(sensitivity:)``.
      case knee
      /// The least number whose gap is at least the next one's less its deviation.
      case gap
    }

    /// What the simplified silhouette of a clear number of clusters is above.
    public static var leastSilhouette: Double { 0.6 }

    /// What a criterion says.
    public struct Vote: Sendable, Hashable, Codable {
      /// Which one.
      public let criterion: Criterion
      /// The number of clusters.
      public let clusters: Int
    }

    /// The number of clusters; `nil` where none is clear.
    public let clusters: Int?
    /// The number that most criteria give; `nil` where they do not agree. Where it is not clear,
    /// its simplified silhouette is too small.
    public let agreed: Int?
    /// What those criteria say that say anything: the best of an index is none where it is the last
    /// number of the curve, beyond which it may be better.
    public let votes: [Vote]
  }

  /// The number of clusters that more than half of the criteria give, at least two of them, and
  /// whose simplified silhouette is above ``Suggestion/leastSilhouette``.
  ///
  /// Up to a silhouette of 0.5 "the structure is weak and could be artificial" (Kaufman and
  /// Rousseeuw, Finding groups in data, 1990, table 4), and the simplified one is larger: a uniform
  /// square cut into four has 0.55 where the other is 0.42.
  ///
  /// No criterion is right for all data: each of them has an idea of its own of what a cluster is.
  /// Where they agree, it does not matter which one is asked.
  ///
  /// - Parameter sensitivity: that of ``knee(sensitivity:)``.
  /// - Throws: as ``knee(sensitivity:)``.
  public func suggestion(sensitivity: Double = 1) throws(KneedleError) -> Suggestion {
    var votes: [Suggestion.Vote] = []
    func vote(_ criterion: Suggestion.Criterion, _ clusters: Int?) {
      if let clusters { votes.append(Suggestion.Vote(criterion: criterion, clusters: clusters)) }
    }
    vote(.silhouette, largest { $0.indices?.simplifiedSilhouette })
    vote(.daviesBouldin, largest { $0.indices?.daviesBouldin.map { -$0 } })
    vote(.calinskiHarabasz, largest { $0.indices?.calinskiHarabasz })
    vote(.knee, try knee(sensitivity: sensitivity))
    vote(.gap, firstWideGap)
    let counts = Dictionary(grouping: votes, by: \.clusters).mapValues(\.count)
    let agreed = counts.first { $0.value >= 2 && 2 * $0.value > votes.count }?.key
    let fit = fits.first { $0.clusters == agreed }
    let isClear =
      fit?.indices?.simplifiedSilhouette.map { $0 > Suggestion.leastSilhouette } ?? (agreed != nil)
    return Suggestion(clusters: isClear ? agreed : nil, agreed: agreed, votes: votes)
  }

  /// The number of clusters whose measure is largest, the lowest on ties; `nil` where that is the
  /// last one, or too few have a measure.
  private func largest(_ measure: (Fit) -> Double?) -> Int? {
    let known = fits.compactMap { fit in measure(fit).map { (fit.clusters, $0) } }
    guard known.count > 2 else { return nil }
    let best = known.indices.reduce(0) { known[$1].1 > known[$0].1 ? $1 : $0 }
    return best < known.count - 1 ? known[best].0 : nil
  }

  private var firstWideGap: Int? {
    // Where smaller numbers were not tried, the first of the curve is not known to be the least.
    let known = fits.first?.clusters == 1 ? fits[...] : fits.dropFirst()
    return zip(known, known.dropFirst()).first { fit, next in
      guard let gap = fit.gap, let after = next.gap else { return false }
      return gap.value >= after.value - after.deviation
    }?.0.clusters
  }
}
