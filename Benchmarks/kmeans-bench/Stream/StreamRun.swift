import ArgumentParser
import Clustering
import KMeansLinearAlgebra

/// Batches of points, and what it costs to learn them one after another from given centroids.
struct StreamRun<Scalar: ClusteringScalar> {
  /// The seconds of one batch.
  struct Sample {
    var update = 0.0
    /// Bare assignment of the same points to the same centroids.
    var assign = 0.0
    var predictThenUpdate = 0.0
    /// How many points the update, and the bare assignment, decided directly.
    var redecided = 0
    var assignRedecided = 0
  }

  let points: Matrix<Scalar>
  let start: Matrix<Scalar>
  let parameters: StreamingParameters
  /// Rows of a batch; all batches have as many.
  let batchSize: Int
  let batchCount: Int

  /// - Parameters:
  ///   - batchSize: at most; fewer where there are fewer points.
  ///   - batchCount: the first batch follows the last one where there are more than the points
  ///     fill; nothing for as many as they fill.
  init(
    _ data: BenchData<Scalar>, _ parameters: StreamingParameters, batchSize: Int, batchCount: Int?
  ) {
    points = data.points
    start = data.start
    self.parameters = parameters
    self.batchSize = min(batchSize, points.rows)
    self.batchCount = batchCount ?? points.rows / self.batchSize
  }

  private func rows(of batch: Int) -> Range<Int> {
    let first = batch % (points.rows / batchSize) * batchSize
    return first..<first + batchSize
  }

  private func newStream() throws -> StreamingKMeans<Scalar> {
    try StreamingKMeans(
      parameters, centroids: start, weights: Array(repeating: 1, count: start.rows))
  }

  /// Learns all batches.
  ///
  /// - Returns: the seconds of each, and the stream after them.
  func learn(
    _ observe: (BatchReport) -> Void = { _ in }
  ) throws -> (samples: [Sample], stream: StreamingKMeans<Scalar>) {
    var stream = try newStream()
    var samples: [Sample] = []
    for batch in 0..<batchCount {
      var report: BatchReport!
      let time = try seconds { report = try stream.update(points.view.rows(rows(of: batch))) }
      samples.append(Sample(update: time, redecided: report.redecided))
      observe(report)
    }
    return (samples, stream)
  }

  /// Learns all batches, each beside one bare assignment to the centroids before it, and in a
  /// second stream after its predictions.
  func learnBesideAssignments() throws -> [Sample] {
    var stream = try newStream()
    var predicting = try newStream()
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: batchSize)
    defer { labels.deallocate() }
    return try (0..<batchCount).map { batch in
      let rows = rows(of: batch)
      var sample = Sample()
      // A copy, so that the stream need not make one when it moves its own.
      let centroids = copyOfCentroids(stream)
      func update() throws {
        sample.update = try seconds {
          sample.redecided = try stream.update(points.view.rows(rows)).redecided
        }
      }
      func assign() {
        sample.assign = seconds {
          sample.assignRedecided = assignOnce(rows, centroids, labels).redecided
        }
      }
      // Whoever comes second finds the points in cache.
      if batch.isMultiple(of: 2) {
        try update()
        assign()
      } else {
        assign()
        try update()
      }
      sample.predictThenUpdate = try seconds {
        _ = try predicting.predictThenUpdate(points.view.rows(rows))
      }
      return sample
    }
  }

  /// Learns all batches in two streams, in one of them with predictions; they take turns in being
  /// the first.
  func learnBesidePredictions(_ parts: Predictions.Parts) throws -> [Sample] {
    var stream = try newStream()
    var predicting = try newStream()
    return try (0..<batchCount).map { batch in
      let rows = rows(of: batch)
      var sample = Sample()
      for turn in [batch % 2, 1 - batch % 2] {
        if turn == 0 {
          sample.update = try seconds {
            sample.redecided = try stream.update(points.view.rows(rows)).redecided
          }
        } else {
          sample.predictThenUpdate = try seconds {
            _ = try predicting.predictThenUpdate(points.view.rows(rows), predicting: parts)
          }
        }
      }
      return sample
    }
  }

  private func copyOfCentroids(_ stream: StreamingKMeans<Scalar>) -> Matrix<Scalar> {
    let centroids = stream.latestModel!.centroids
    return Matrix(centroids.view)
  }

  private func assignOnce(
    _ rows: Range<Int>, _ centroids: Matrix<Scalar>, _ labels: UnsafeMutablePointer<Int32>
  ) -> AssignmentCounts {
    points.view.rows(rows).withRows { rows in
      // Packing the centroids counts: a stream has new ones for every batch, too. So does the
      // frame.
      let nearest = NearestCentroids(
        centroids, centering: Centering(medianOf: rows), strategy: parameters.execution.strategy,
        instructionSet: parameters.execution.kernels)
      let pass = RowPass(
        WeightedRows(rows: rows), clusters: centroids.rows,
        threads: parameters.execution.threadCount)
      return pass.assign(nearest, into: Assignment(labels: labels))
    }
  }

  /// Learns all batches, and finds by how much the memory grew after the first two.
  ///
  /// - Returns: bytes that are allocated and not freed, and pages at the peak; nothing where the
  ///   system does not say.
  func memoryGrowth() throws -> (inUse: Int, peak: Int?) {
    var stream = try newStream()
    var (inUse, resident, knowsPeak) = (0, 0, false)
    for batch in 0..<max(3, batchCount) {
      if batch == 2 {
        (inUse, resident) = (ProcessMemory.inUse, ProcessMemory.resident)
        knowsPeak = ProcessMemory.resetPeak()
      }
      _ = try stream.update(points.view.rows(rows(of: batch)))
    }
    let peak = ProcessMemory.peak
    return (ProcessMemory.inUse - inUse, knowsPeak ? peak - resident : nil)
  }
}
