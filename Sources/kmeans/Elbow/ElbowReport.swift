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
  }

  let curve: [Row]
  let knee: Int?
  let sensitivity: Double
  let totalInertia: Double

  init<Scalar: ClusteringScalar>(
    _ curve: ElbowCurve, knee: Int?, sensitivity: Double, _ points: Points<Scalar>,
    _ parameters: KMeans
  ) {
    self.curve = curve.fits.map {
      Row(
        clusters: $0.clusters, inertia: $0.inertia, explained: curve.explained($0),
        seconds: $0.seconds, iterations: $0.iterations, converged: $0.converged,
        start: $0.start.rawValue,
        strategy: parameters.execution.strategy.resolved(
          columns: points.columns, clusters: $0.clusters, of: Scalar.self,
          on: parameters.execution.kernels
        ).rawValue)
    }
    self.knee = knee
    self.sensitivity = sensitivity
    totalInertia = curve.totalInertia
  }

  private enum CodingKeys: String, CodingKey { case curve, knee, sensitivity, totalInertia }

  /// Encodes the knee as `null` for a curve without one, where the synthesised code has no key.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(curve, forKey: .curve)
    try container.encode(knee, forKey: .knee)
    try container.encode(sensitivity, forKey: .sensitivity)
    try container.encode(totalInertia, forKey: .totalInertia)
  }
}
