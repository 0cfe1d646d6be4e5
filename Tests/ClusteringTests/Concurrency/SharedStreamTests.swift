// A stream that one task teaches and others ask.
import Clustering
import Foundation
import Testing

@Suite("A shared stream") struct SharedStreamTests {
  private static let sample = StreamSample(
    batches: 24, clusters: 4, columns: 6, seed: 6, sizes: 100...900)

  private func batches() throws -> [Matrix<Float>] {
    try Self.sample.batches.indices.map { try Self.sample.matrix($0, of: Float.self) }
  }

  private func stream() -> StreamingKMeans<Float> {
    StreamingKMeans<Float>(clusterCount: 4, forgetting: .halfLife(2), seed: 3)
  }

  /// The stream after each number of batches.
  private func states() throws -> [StreamingKMeans<Float>] {
    var stream = stream()
    var states = [stream]
    for batch in try batches() {
      try stream.learn(batch)
      states.append(stream)
    }
    return states
  }

  @Test(.timeLimit(.minutes(5)))
  func `learns batches in their order, to the same bits`() async throws {
    let shared = SharedStream(stream())
    try await shared.train(on: CountedSequence(batches()))
    let expected = try states()
    #expect(shared.snapshot.latestModel == expected.last?.latestModel)
    #expect(shared.snapshot.batchCount == 24)
    // And goes on, with weights and times.
    var alone = expected.last!
    let (points, weights) = (try batches()[0], Self.sample.weights[0])
    let times = weights.map { 24 + $0 }
    let report = try alone.update(points, weights: weights.span, times: times.span)
    let other = try await shared.update(WeightedBatch(points, weights: weights, times: times))
    #expect(other == report && shared.snapshot.latestModel == alone.latestModel)
  }

  @Test(.timeLimit(.minutes(5)))
  func `predicts each batch by the state before it`() async throws {
    let shared = SharedStream(stream())
    var alone = stream()
    let parts: Predictions.Parts = [.squaredDistances, .margins]
    let source = CountedSequence(try batches())
    for try await learnt in shared.training(on: source, predicting: parts) {
      let expected = try alone.predictThenUpdate(learnt.batch, predicting: parts)
      #expect(learnt.predictions == expected.predictions && learnt.report == expected.report)
      #expect(shared.snapshot.latestModel == alone.latestModel)
    }
    #expect(alone.batchCount == 24)
    for try await learnt in shared.training(on: source) {
      #expect(learnt.predictions == nil)
    }
    #expect(shared.snapshot.batchCount == 48)
  }

  @Test(.timeLimit(.minutes(5)))
  func `readers see whole states, one after another`() async throws {
    let expected = try states().map(\.latestModel)
    let (shared, batches) = (SharedStream(stream()), try batches())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await shared.train(on: CountedSequence(batches)) }
      for _ in 0..<3 {
        group.addTask {
          var last = 0
          while last < 24, !Task.isCancelled {
            let snapshot = shared.snapshot
            #expect(snapshot.batchCount >= last)
            last = snapshot.batchCount
            #expect(snapshot.latestModel == expected[last], "after \(last) batches")
            await Task.yield()
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `a snapshot stays as it was, and predicts the same while others are learnt`() async throws {
    let (shared, batches) = (SharedStream(stream()), try batches())
    try await shared.train(on: CountedSequence(Array(batches[..<6])))
    let snapshot = shared.snapshot
    let (model, predictions) = (snapshot.latestModel, try snapshot.ask(batches[7]))
    try await shared.train(on: CountedSequence(Array(batches[6...])))
    #expect(snapshot.latestModel == model && snapshot.batchCount == 6)
    #expect(try snapshot.ask(batches[7]) == predictions)
    #expect(shared.snapshot.latestModel != model)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a cancelled training leaves the last whole state`() async throws {
    let expected = try states()
    let (shared, batches) = (SharedStream(stream()), try batches())
    let source = CountedSequence(Array(batches[..<9]), end: .waits)
    let task = Task { try await shared.train(on: source) }
    while shared.snapshot.batchCount < 9 { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    // The sequence just ends; the training says that it was cancelled.
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(shared.snapshot.latestModel == expected[9].latestModel)
    _ = try await shared.update(batches[9])
    #expect(shared.snapshot.latestModel == expected[10].latestModel)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a batch that comes after the task was cancelled is not learnt`() async throws {
    let (shared, batches) = (SharedStream(stream()), try batches())
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await shared.train(on: CountedSequence(batches))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(shared.snapshot.batchCount == 0)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a bad batch ends the training and changes nothing`() async throws {
    let expected = try states()
    let (shared, batches) = (SharedStream(stream()), try batches())
    var bad = batches[3]
    bad[2, 1] = .nan
    let source = CountedSequence(Array(batches[..<3]) + [bad] + Array(batches[3...]))
    await #expect(throws: ClusteringError.notFinite(row: 2, column: 1)) {
      try await shared.train(on: source)
    }
    #expect(shared.snapshot.latestModel == expected[3].latestModel)
  }

  @Test(.timeLimit(.minutes(5)))
  func `predictions of other batches are those of the state, with their keys`() async throws {
    let (shared, batches) = (SharedStream(stream()), try batches())
    let keys = (0..<batches[5].rows).map { "row \($0)" }
    let keyed = CountedSequence([KeyedBatch(keys: keys, batches[5])])
    for try await labels in shared.predictOnValues(on: keyed) {
      // There are no centroids yet.
      #expect(labels == keys.map { KeyedLabel(key: $0, label: -1, cluster: -1) })
    }
    try await shared.train(on: CountedSequence(batches))
    let snapshot = shared.snapshot
    for try await predicted in shared.predict(on: CountedSequence(batches)) {
      #expect(try predicted.predictions == snapshot.predict(predicted.batch))
    }
    let labels = try snapshot.predict(batches[5], predicting: .labels).labels
    var count = 0
    for try await found in shared.predictOnValues(on: keyed) {
      #expect(found.map(\.label) == labels && found.map(\.key) == keys)
      #expect(found.map(\.cluster) == labels.map { snapshot.ids[Int($0)] })
      count += 1
    }
    #expect(count == 1)
    #expect(shared.snapshot.latestModel == snapshot.latestModel)
  }

  /// Were they to compute on threads of the runtime, which are as many as processors, nobody would
  /// be left to open the gate.
  @Test(.timeLimit(.minutes(5)))
  func `learning holds no thread that tasks share`() async throws {
    let gate = DispatchSemaphore(value: 0)
    let count = 2 * ProcessInfo.processInfo.activeProcessorCount
    let shared = (0..<count).map { _ in SharedStream(stream()) }
    await withTaskGroup(of: Void.self) { group in
      for one in shared { group.addTask { await one.wait(for: gate) } }
      group.addTask {
        try? await Task.sleep(for: .milliseconds(20))
        for _ in 0..<count { gate.signal() }
      }
    }
  }
}

extension SharedStream {
  /// Stands for an update that takes long.
  fileprivate func wait(for gate: DispatchSemaphore) { gate.wait() }
}
