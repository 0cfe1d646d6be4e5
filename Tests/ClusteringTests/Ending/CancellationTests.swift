// What is left of work whose task is cancelled: nothing but an error.
import Clustering
import Synchronization
import Testing

/// Cancels the task at hand, as another one would.
func cancelThisTask() { withUnsafeCurrentTask { $0!.cancel() } }

@Suite("Work in a task that is cancelled") struct CancellationTests {
  private let points = TestData.noise.points(6000, 30, seed: 1, of: Float.self)

  /// What work in a task throws.
  private func error(
    _ work: @escaping @Sendable () throws -> Void
  ) async -> ClusteringError? {
    await Task { () -> ClusteringError? in
      do { try work() } catch { return error as? ClusteringError }
      return nil
    }.value
  }

  private func kmeans(_ strategy: Execution.Strategy = .auto, threads: Int = 2) -> KMeans {
    var kmeans = KMeans(clusterCount: 20, seed: 1)
    kmeans.tolerance = 0
    kmeans.execution = Execution(threads: threads, strategy: strategy)
    return kmeans
  }

  @Test func `ends with an error, wherever it is`() async throws {
    let (points, kmeans) = (self.points, self.kmeans())
    let model = try kmeans.fit(points).model
    let works: [(String, @Sendable () throws -> Void)] = [
      ("fit", { _ = try kmeans.fit(points) }),
      ("curve", { _ = try kmeans.curve(points, clusterCounts: [2, 4]) }),
      ("evaluate", { _ = try model.evaluate(points) }),
      ("quality", { _ = try ClusterQuality(points, labels: model.assign(points)) }),
      ("ball", { _ = try BallKMeans(clusterCount: 3).fit(points) }),
      (
        "reread",
        {
          var source = MatrixSource(points)
          _ = try kmeans.fit(rereading: &source)
        }
      ),
      (
        "one pass",
        {
          var source = MatrixSource(points)
          _ = try OnePassKMeans(clusterCount: 3).fit(&source)
        }
      ),
    ]
    for (name, work) in works {
      #expect(await error(work) == nil, "\(name)")
      let found = await error {
        cancelThisTask()
        try work()
      }
      #expect(found == .cancelled, "\(name)")
    }
    #expect(ClusteringError.cancelled.description == "the task was cancelled")
    #expect(ClusteringError.cancelled.kind == .cancellation && ClusteringError.cancelled.row == nil)
  }

  @Test(arguments: Execution.Strategy.working, [1, 3])
  func `a fit has no iteration more`(strategy: Execution.Strategy, threads: Int) async throws {
    let points = self.points
    for columns in [1, 30] {
      for last in 1...3 {
        let kmeans = self.kmeans(strategy, threads: threads)
        let seen = Mutex(0)
        let found = await error {
          let some = columns == 1 ? TestData.noise.points(6000, 1, seed: 1, of: Float.self) : points
          _ = try kmeans.fit(some) { iteration in
            seen.withLock { $0 = iteration.number }
            if iteration.number == last { cancelThisTask() }
          }
        }
        #expect(found == .cancelled)
        #expect(seen.withLock { $0 } == last)
      }
    }
  }

  @Test(arguments: [CentroidInitialization.greedy, .kMeansPlusPlus])
  func `no seed is looked for any more`(_ initialization: CentroidInitialization) async throws {
    let points = self.points
    let rounds = Mutex(0)
    let found = await error {
      var kmeans = self.kmeans()
      kmeans.clusterCount = 500
      kmeans.initialization = initialization
      _ = try kmeans.fit(
        points.view,
        onSeeds: { _ in
          rounds.withLock { $0 += 1 }
          cancelThisTask()
        },
        observing: { _, _ in })
    }
    #expect(found == .cancelled)
    #expect(rounds.withLock { $0 } == 1)
  }

  @Test(arguments: [1, 3])
  func `a pass leaves out the rest of the rows`(threads: Int) async {
    let counts = await Task { () -> (Int, ClusteringError?) in
      let points = TestData.noise.points(100_000, 2, seed: 1, of: Float.self)
      let taken = Mutex(0)
      let isOver = Mutex(false)
      return points.withRows { (rows) -> (Int, ClusteringError?) in
        let source = InMemoryPoints(
          WeightedRows(rows: rows), Execution(threads: threads), isCancellable: true)
        do throws(ClusteringError) {
          try source.forEachPart(stripeRows: 256) { pass in
            _ = pass.reduce(
              into: CancellingCount { count in
                taken.withLock { $0 += count }
                let hasTask = withUnsafeCurrentTask { task in
                  task?.cancel()
                  return task != nil
                }
                if hasTask { isOver.withLock { $0 = true } }
                // Workers without a task leave something to the thread that has one.
                while !isOver.withLock({ $0 }) {}
              })
          }
        } catch { return (taken.withLock { $0 }, error) }
        return (taken.withLock { $0 }, nil)
      }
    }.value
    #expect(counts.1 == .cancelled)
    #expect(counts.0 > 0 && counts.0 < 100_000)
  }

  @Test func `a sketch keeps whole slices and goes on`() async throws {
    let points = TestData.noise.points(20_000, 4, seed: 1, of: Float.self)
    let count = try await Task {
      var sketch = StreamingSketch<Float>(clusterCount: 5)
      var source = MatrixSource(points) { if $0 == 8192 { cancelThisTask() } }
      #expect(throws: ClusteringError.cancelled) { try sketch.add(all: &source) }
      let added = sketch.pointCount
      let isCancelled = Task.isCancelled
      // What had been read has been added: another task goes on with the rest.
      let all = await Task.detached { [sketch, source] in
        var (sketch, source) = (sketch, source)
        try sketch.add(all: &source)
        return sketch.archived()
      }.result
      var whole = StreamingSketch<Float>(clusterCount: 5)
      try whole.add(points)
      #expect(try all.get() == whole.archived())
      return isCancelled ? added : 0
    }.value
    #expect(count == 8192)
  }

  @Test func `a stream learns all the same`() async throws {
    let points = self.points
    let learn: @Sendable () throws -> [UInt8] = {
      var stream = StreamingKMeans<Float>(clusterCount: 10, forgetting: .halfLife(3))
      for _ in 0..<3 { _ = try stream.update(points) }
      return stream.archived()
    }
    let expected = try learn()
    let found = try await Task {
      cancelThisTask()
      return try learn()
    }.value
    #expect(found == expected)
  }
}

/// Counts rows, and says so.
private struct CancellingCount: RowReduction {
  typealias Scalar = Float
  let note: @Sendable (Int) -> Void

  var needsDistances: Bool { false }
  func empty() -> CancellingCount { self }
  mutating func reset() {}
  mutating func merge(_ later: borrowing CancellingCount) {}
  mutating func accumulate(_ block: LabeledRows<Float>) { note(block.points.count) }
}
