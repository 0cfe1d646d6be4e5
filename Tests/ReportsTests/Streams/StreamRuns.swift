import Clustering
import KMeansReports
import KMeansScenes

/// Streams that have learnt a scene.
enum StreamRuns {
  /// What a stream has learnt, with the truth beside it.
  static func history(
    _ scene: Scene, halfLife: Double, frames: Int = 500,
    _ change: (inout StreamingParameters) -> Void = { _ in }
  ) throws -> StreamHistory {
    var parameters = StreamingParameters(
      clusterCount: scene.clusters, forgetting: halfLife.isFinite ? .halfLife(halfLife) : .never,
      seed: 3)
    parameters.execution = Execution(threads: 1)
    change(&parameters)
    var stream = StreamingKMeans<Double>(parameters)
    var history = StreamHistory(frames: frames)
    for batch in try scene.stream() {
      let report = try stream.update(batch.points)
      if let problem = history.add(TraceRecord(report, of: stream), truth: truth(batch)) {
        throw Problem(text: problem)
      }
    }
    return history
  }

  static func truth(_ batch: SceneBatch) -> TruthRecord {
    TruthRecord(
      batch: batch.number, centers: batch.clusters.map(\.center),
      weights: batch.clusters.map(\.share), ids: batch.clusters.map(\.id),
      events: batch.events.map { TruthRecord.Event(kind: $0.kind.rawValue, cluster: $0.cluster) })
  }

  struct Problem: Error { let text: String }
}
