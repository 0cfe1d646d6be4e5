import Clustering

/// What `kmeans stream --json` prints beside the facts of the run; the keys are a contract.
struct StreamReport: Encodable {
  let batches: Int
  /// Points that came more than 100 half-lives before the first one, and are not learnt.
  let tooLatePoints: Int
  /// Of the last batch, to the centroids before its update and after it.
  let inertia: Double
  let inertiaAfter: Double
  /// What the clock shows, in `unit`; null where no time has passed.
  let time: NumberOrNull
  let born: Int
  let died: Int
  let split: Int
  /// In `unit`; null where nothing is forgotten.
  let halfLife: NumberOrNull
  let decayFactor: Double
  let unit: String
  let gain: String
  let distance: String
  let standardized: Bool
  let compat: String
  /// Of a folder of files that are only predicted; there are no such keys without one.
  let predictedFiles: Int?
  let predictedPoints: Int?
  /// The files of folders that could not be read and were left out.
  var leftOutFiles: Int?

  init<Scalar: ClusteringScalar>(
    _ stream: StreamingKMeans<Scalar>, _ totals: StreamTotals, _ parameters: StreamingParameters,
    _ compat: Compatibility?
  ) {
    batches = stream.batchCount + totals.predictedBatches
    tooLatePoints = totals.tooLatePoints
    inertia = totals.inertia
    inertiaAfter = totals.inertiaAfter
    time = NumberOrNull(stream.time)
    born = totals.born
    died = totals.died
    split = totals.split
    // Spark's decay factors above 1 have none.
    let halfLife = parameters.forgetting.halfLife
    self.halfLife = NumberOrNull(halfLife < 0 ? .infinity : halfLife)
    decayFactor = parameters.forgetting.decayFactor
    unit = parameters.forgetting.unit.rawValue
    gain = parameters.gain.rawValue
    distance = parameters.distance.kind.rawValue
    standardized = stream.latestModel?.transform.standardization?.centers ?? false
    self.compat = compat?.rawValue ?? "none"
    let predicted = totals.predictedAlone
    predictedFiles = predicted.files > 0 ? predicted.files : nil
    predictedPoints = predicted.files > 0 ? predicted.points : nil
  }
}

extension RunFacts {
  /// Those of a stream: its seconds are of updates and of the predictions before them, and it reads
  /// while it waits for what is to be read.
  init<Scalar: ClusteringScalar>(
    _ totals: StreamTotals, _ parameters: StreamingParameters, columns: Int, of type: Scalar.Type
  ) {
    self.init(
      of: Scalar.self, points: totals.points, dimension: columns, readSeconds: totals.readSeconds,
      parameters.execution)
    setStrategy(of: parameters.execution, clusters: parameters.clusterCount, of: Scalar.self)
    set(seconds: totals.seconds)
    redecidedShare = points > 0 ? Double(totals.redecided) / Double(points) : 0
    skippedRows = totals.skippedRows
    seed = parameters.seed
  }
}
