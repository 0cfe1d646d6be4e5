import Clustering

/// The output of `kmeans elbow --json` beside the facts of the run; the keys are a contract.
struct ElbowReport: Encodable {
  /// One fit of the curve.
  struct Row: Encodable {
    let clusters: Int
    let inertia: Double
    let explained: Double
    let seconds: Double
    let iterations: Int
    let converged: Bool
    /// `fresh`: anew, as `kmeans fit`; `warm`: from the centroids of the last number of clusters.
    let start: String
    /// The strategy that was used: `auto` stands for another.
    let strategy: String
    let simplifiedSilhouette: Double?
    let daviesBouldin: Double?
    let calinskiHarabasz: Double?
    /// The gap statistic, and its deviation; only with `--gap`.
    let gap: Double?
    let gapDeviation: Double?
  }

  let curve: [Row]
  let knee: Int?
  /// The number of clusters that most criteria give; null where none is clear.
  let suggestion: Int?
  /// The number that most criteria give, clear or not; not encoded.
  let agreed: Int?
  /// What each criterion says, by its name; those that say nothing are left out.
  let votes: [String: Int]
  let sensitivity: Double
  let totalInertia: Double

  init<Scalar: ClusteringScalar>(
    _ curve: ElbowCurve, knee: Int?, _ suggestion: ElbowCurve.Suggestion, sensitivity: Double,
    _ points: some PointInput<Scalar>, _ parameters: KMeans
  ) {
    let execution = parameters.execution
    self.curve = curve.fits.map {
      Row(
        clusters: $0.clusters, inertia: $0.inertia, explained: curve.explained($0),
        seconds: $0.seconds, iterations: $0.iterations, converged: $0.converged,
        start: $0.start.rawValue,
        strategy: points.isSparse
          ? RunFacts.sparseStrategy(of: execution)
          : execution.strategy.resolved(
            columns: points.columns, clusters: $0.clusters, of: Scalar.self, on: execution.kernels
          ).rawValue,
        simplifiedSilhouette: $0.indices?.simplifiedSilhouette,
        daviesBouldin: $0.indices?.daviesBouldin, calinskiHarabasz: $0.indices?.calinskiHarabasz,
        gap: $0.gap?.value, gapDeviation: $0.gap?.deviation)
    }
    self.knee = knee
    self.suggestion = suggestion.clusters
    agreed = suggestion.agreed
    votes = Dictionary(
      uniqueKeysWithValues: suggestion.votes.map { ($0.criterion.rawValue, $0.clusters) })
    self.sensitivity = sensitivity
    totalInertia = curve.totalInertia
  }

  private enum CodingKeys: String, CodingKey {
    case curve, knee, suggestion, votes, sensitivity, totalInertia
  }

  /// Encodes knee and suggestion as `null` for a curve without them, where the synthesised code has
  /// no key.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(curve, forKey: .curve)
    try container.encode(knee, forKey: .knee)
    try container.encode(suggestion, forKey: .suggestion)
    try container.encode(votes, forKey: .votes)
    try container.encode(sensitivity, forKey: .sensitivity)
    try container.encode(totalInertia, forKey: .totalInertia)
  }
}
