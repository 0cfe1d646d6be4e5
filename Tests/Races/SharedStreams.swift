import Clustering

extension Concurrency {
  /// A stream that one task teaches, rows that come one by one, while others take snapshots and
  /// predict.
  static func sharedStream() throws {
    let points = try Points.matrix(of: Float.self)
    let rows = points.rowArrays
    var parameters = StreamingParameters(
      clusterCount: Points.clusters, forgetting: .halfLife(5, .batches), seed: 4)
    parameters.execution.threads = 2
    let begin = StreamingKMeans<Float>(parameters)

    var alone = begin
    for first in stride(from: 0, to: rows.count, by: 400) {
      _ = try alone.update(Matrix(Array(rows[first..<min(first + 400, rows.count)])))
    }
    let shared = SharedStream(begin)
    let found = try Together.wait {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await train(shared, on: rows) }
        for _ in 0..<3 { group.addTask { try await ask(shared, about: points) } }
        try await group.waitForAll()
      }
      return shared.snapshot.centroids
    }
    guard found == alone.centroids else {
      throw Wrong(text: "a shared stream has other centroids")
    }
  }

  private static func train(_ shared: SharedStream<Float>, on rows: [[Float]]) async throws {
    let source = AsyncStream<[Float]> { continuation in
      for row in rows { continuation.yield(row) }
      continuation.finish()
    }
    try await shared.train(on: source.batches(of: 400, within: .seconds(60)))
  }

  private static func ask(
    _ shared: SharedStream<Float>, about points: Matrix<Float>
  ) async throws {
    let asked = AsyncStream<KeyedBatch<Int, Float>> { continuation in
      for _ in 0..<10 { continuation.yield(KeyedBatch(keys: Array(0..<points.rows), points)) }
      continuation.finish()
    }
    for try await labels in shared.predictOnValues(on: asked) {
      guard labels.count == points.rows else { throw Wrong(text: "labels are missing") }
      _ = shared.snapshot.latestModel?.inertia
    }
  }
}
