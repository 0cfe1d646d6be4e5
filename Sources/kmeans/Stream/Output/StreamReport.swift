import Clustering
import Foundation

/// What `kmeans stream --json` prints; the keys are a contract.
struct StreamReport: Encodable {
  let batches: Int
  let points: Int
  /// Rows of the input that were left out.
  let skippedRows: Int
  /// Points that came more than 100 half-lives before the first one, and are not learnt.
  let tooLatePoints: Int
  let dimension: Int
  let clusters: Int
  /// Of the last batch, to the centroids before its update and after it.
  let inertia: Double
  let inertiaAfter: Double
  /// What the clock shows, in `unit`; null where no time has passed.
  let time: Number
  /// In updates, and in the predictions before them.
  let seconds: Double
  /// In reading, and in waiting for what was to be read.
  let readSeconds: Double
  let pointsPerSecond: Double
  let redecidedShare: Double
  let born: Int
  let died: Int
  let split: Int
  let threads: Int
  /// The one that was used: `auto` stands for another.
  let strategy: String
  let isa: String
  let precision: String
  let seed: UInt64
  /// In `unit`; null where nothing is forgotten.
  let halfLife: Number
  let decayFactor: Double
  let unit: String
  let gain: String
  let distance: String
  let standardized: Bool
  let compat: String

  init<Scalar: ClusteringScalar>(
    _ stream: StreamingKMeans<Scalar>, _ totals: StreamTotals, _ setup: StreamSetup, columns: Int
  ) {
    let parameters = setup.parameters
    batches = stream.batchCount
    points = totals.points
    skippedRows = totals.skippedRows
    tooLatePoints = totals.tooLatePoints
    dimension = columns
    clusters = parameters.clusterCount
    inertia = totals.inertia
    inertiaAfter = totals.inertiaAfter
    time = Number(stream.time)
    seconds = totals.seconds
    readSeconds = totals.readSeconds
    pointsPerSecond = seconds > 0 ? Double(points) / seconds : 0
    redecidedShare = points > 0 ? Double(totals.redecided) / Double(points) : 0
    born = totals.born
    died = totals.died
    split = totals.split
    threads = parameters.threads ?? 1
    strategy =
      parameters.strategy.resolved(
        columns: dimension, clusters: clusters, of: Scalar.self,
        on: parameters.instructionSet ?? .best
      ).rawValue
    isa = (parameters.instructionSet ?? .best).rawValue
    precision = Scalar.self == Float.self ? "float" : "double"
    seed = parameters.seed
    // Spark's decay factors above 1 have none.
    let halfLife = parameters.forgetting.halfLife
    self.halfLife = Number(halfLife < 0 ? .infinity : halfLife)
    decayFactor = parameters.forgetting.decayFactor
    unit = parameters.forgetting.unit.rawValue
    gain = parameters.gain.rawValue
    distance = parameters.distance.rawValue
    standardized = stream.latestModel?.transform.standardization != nil
    compat = setup.compat?.rawValue ?? "none"
  }

  /// A number that may be missing or infinite; null then, for JSON has no other word.
  struct Number: Encodable {
    let value: Double?

    init(_ value: Double?) { self.value = value.flatMap { $0.isFinite ? $0 : nil } }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let value { try container.encode(value) } else { try container.encodeNil() }
    }
  }
}
