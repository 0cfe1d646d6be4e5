import Batching
import Clustering
import Foundation
import VectorIO

/// What several threads do at the same time with one library. Each function does it some times and
/// expects what one thread alone finds, so that a race shows even where nobody watches for it.
enum Concurrency {
  /// Fits on points that all share, each on two threads of its own, by every strategy.
  static func fits<Scalar: ClusteringScalar>(of type: Scalar.Type) throws {
    let points = try Points.matrix(of: Scalar.self)
    let alone = try fit(points, .auto, threads: 1)
    let strategies = Execution.Strategy.allCases.filter { $0.isAvailable(on: .best) }
    let found = try Together.run(6) { number in
      try fit(points, strategies[number % strategies.count], threads: 2)
    }
    for labels in found { try expect(labels == alone, "a fit has other labels") }
  }

  private static func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ strategy: Execution.Strategy, threads: Int
  ) throws -> [Int32] {
    var kmeans = KMeans(clusterCount: Points.clusters, seed: 3)
    (kmeans.execution.strategy, kmeans.execution.threads, kmeans.runs) = (strategy, threads, 2)
    return try kmeans.fit(points.view).labels
  }

  /// A stream that learns on one thread while others ask the model that was published last.
  static func stream() throws {
    let points = try Points.matrix(of: Float.self)
    let latest = LatestModel<Float>()
    let alone = try learn(points, threads: 1, publishing: LatestModel())
    let ends = try Together.run(4) { number -> Matrix<Double>? in
      if number == 0 { return try learn(points, threads: 2, publishing: latest) }
      for _ in 0..<20 {
        _ = try latest.model?.assign(points.view, execution: Execution(threads: 2))
        Thread.sleep(forTimeInterval: 0.001)
      }
      return nil
    }
    try expect(ends[0] == alone, "a stream with readers has other centroids")
  }

  private static func learn(
    _ points: Matrix<Float>, threads: Int, publishing latest: LatestModel<Float>
  ) throws -> Matrix<Double>? {
    var parameters = StreamingParameters(
      clusterCount: Points.clusters, forgetting: .halfLife(5, .batches), seed: 4)
    parameters.execution.threads = threads
    var stream = StreamingKMeans<Float>(parameters)
    for _ in 0..<12 {
      _ = try stream.update(points.view)
      latest.publish(stream.latestModel)
    }
    return stream.centroids
  }

  /// Sketches of the same points in tasks of a group.
  static func sketches() throws {
    let points = try Points.matrix(of: Float.self)
    let alone = try sketch(points)
    let found = try Together.wait {
      try await withThrowingTaskGroup(of: StreamingSketch<Float>.self) { group in
        for _ in 0..<6 { group.addTask { try sketch(points) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    for one in found {
      try expect(
        one.costBounds(for: points) == alone.costBounds(for: points),
        "a sketch in a task is another one")
    }
  }

  private static func sketch(_ points: Matrix<Float>) throws -> StreamingSketch<Float> {
    var sketch = StreamingSketch<Float>(clusterCount: Points.clusters, seed: 5)
    try sketch.add(points.view)
    var other = StreamingSketch<Float>(clusterCount: Points.clusters, seed: 6)
    try other.add(points.view)
    try sketch.merge(other)
    return sketch
  }

  /// Files that are written and read at the same time, each by a thread of its own; and one that
  /// all read.
  static func files() throws {
    let points = try Points.matrix(of: Double.self)
    let folder = NSTemporaryDirectory() + "kmeans-races-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try writeNPY(points, to: "\(folder)/shared.npy")
    let read = try Together.run(6) { number in
      let own = "\(folder)/\(number).csv"
      try writeCSV(points, to: own)
      return [try self.read(own), try self.read("\(folder)/shared.npy")]
    }
    for matrix in read.joined() { try expect(matrix == points, "a file holds other points") }
  }

  private static func read(_ path: String) throws -> Matrix<Double> {
    var rows = try VectorFile<Double>(path)
    return try Matrix(reading: &rows)
  }

  /// Batches of files that threads of their own read; those of one are released before the end.
  static func batches() throws {
    let points = try Points.matrix(of: Double.self)
    let folder = NSTemporaryDirectory() + "kmeans-races-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try writeCSV(points, to: "\(folder)/points.csv")
    let counts = try Together.run(4) { number in
      let batches = ArrivingBatches(
        try VectorFile<Double>("\(folder)/points.csv"), limit: 7 + number)
      var rows = 0
      while number > 0 || rows < 20, let batch = try batches.next() { rows += batch.points.rows }
      return rows
    }
    for (number, rows) in counts.enumerated() {
      try expect(number == 0 ? rows == 21 : rows == points.rows, "batches have other rows")
    }
  }

  /// One model, whose centroids are prepared by the first who asks.
  static func assignments() throws {
    let points = try Points.matrix(of: Float.self)
    var kmeans = KMeans(clusterCount: Points.clusters, seed: 7)
    kmeans.execution.threads = 1
    let fit = try kmeans.fit(points.view)
    for labels in try Together.run(
      6, { _ in try fit.model.assign(points.view, execution: Execution(threads: 2)) })
    {
      try expect(labels == fit.labels, "an assignment has other labels")
    }
  }
}

/// A check that failed.
struct Wrong: Error {
  let text: String
}

private func expect(_ holds: Bool, _ text: String) throws {
  if !holds { throw Wrong(text: text) }
}
