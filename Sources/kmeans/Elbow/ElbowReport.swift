import Clustering

/// What `kmeans elbow --json` prints; the keys are a contract.
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
    /// The one that was used: `auto` stands for another.
    let strategy: String
  }

  let points: Int
  let dimension: Int
  let curve: [Row]
  let knee: Int?
  let sensitivity: Double
  let totalInertia: Double
  let readSeconds: Double
  let threads: Int
  /// The one that was asked for.
  let strategy: String
  let isa: String
  let precision: String
  let seed: UInt64

  init<Scalar: ClusteringScalar>(
    _ curve: ElbowCurve, knee: Int?, sensitivity: Double, _ points: Points<Scalar>,
    _ parameters: KMeans
  ) {
    let isa = parameters.instructionSet ?? .best
    self.points = points.rows
    dimension = points.columns
    self.curve = curve.fits.map {
      Row(
        clusters: $0.clusters, inertia: $0.inertia, explained: curve.explained($0),
        seconds: $0.seconds, iterations: $0.iterations, converged: $0.converged,
        start: $0.start.rawValue,
        strategy: parameters.strategy.resolved(
          columns: points.columns, clusters: $0.clusters, of: Scalar.self, on: isa
        ).rawValue)
    }
    self.knee = knee
    self.sensitivity = sensitivity
    totalInertia = curve.totalInertia
    readSeconds = points.readSeconds
    threads = parameters.threads ?? 1
    strategy = parameters.strategy.rawValue
    self.isa = isa.rawValue
    precision = Scalar.self == Float.self ? "float" : "double"
    seed = parameters.seed
  }

  private enum CodingKeys: String, CodingKey {
    case points, dimension, curve, knee, sensitivity, totalInertia, readSeconds, threads, strategy
    case isa, precision, seed
  }

  /// Written out because a curve without a knee has `null` there, not no key.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(points, forKey: .points)
    try container.encode(dimension, forKey: .dimension)
    try container.encode(curve, forKey: .curve)
    try container.encode(knee, forKey: .knee)
    try container.encode(sensitivity, forKey: .sensitivity)
    try container.encode(totalInertia, forKey: .totalInertia)
    try container.encode(readSeconds, forKey: .readSeconds)
    try container.encode(threads, forKey: .threads)
    try container.encode(strategy, forKey: .strategy)
    try container.encode(isa, forKey: .isa)
    try container.encode(precision, forKey: .precision)
    try container.encode(seed, forKey: .seed)
  }
}
