// Updates of the real Spark, bit for bit.
import Clustering
import Testing

@Suite struct SparkTraceTests {
  @Test(arguments: SparkTrace.sound)
  func `states are Spark's`(trace: SparkTrace) throws {
    try check(trace, trace.model())
  }

  /// What Spark makes of a negative decay factor or weight is part of the rule, too.
  @Test(arguments: ["bad_unit_neg_decay", "neg_weight_zero_total"])
  func `the rule is Spark's with negative numbers`(name: String) throws {
    let trace = SparkTrace.named(name)
    try check(trace, trace.model())
  }

  /// A weight of -1 and a point make 0, which Spark divides by as by 1e-16.
  @Test func `weight zero is guarded`() {
    var model = SparkModel(centroids: try! Matrix([[0.25]]), weights: [-1])
    _ = model.update([[0.5]], decayFactor: 1)
    #expect(model.state == .init(centers: [[2.5e15]], weights: [0]))
  }

  /// Spark's sparse points crash it; dense ones do not.
  @Test func `sparse points are computed`() {
    let trace = SparkTrace.named("sparse_two_same_cluster")
    var model = trace.model()
    let update = model.update(trace.batches[0], decayFactor: trace.decay).update
    #expect(update.counts == [2, 1])
    #expect(update.split == nil)
    #expect(model.weights == [3, 2])
    #expect(model.centroids.doubles == [[1.0 / 3 * 0.2, 1.0 / 3 * 0.2], [1, 1]])
  }

  @Test(arguments: SparkTrace.wide)
  func `fused lanes are those of the Java machine`(trace: SparkTrace) throws {
    try check(trace, trace.model(fusedLanes: #require(trace.lanes)))
  }

  /// Without them, one update is off by an ulp or two.
  @Test(arguments: SparkTrace.wide)
  func `two roundings are near Spark's`(trace: SparkTrace) throws {
    var model = trace.model()
    let after = try #require(trace.after)
    _ = model.update(trace.batches[0], decayFactor: trace.decay, timeUnit: trace.timeUnit)
    #expect(model.state.isNear(after[0], 1e-14))
    #expect(model.state != after[0])
  }

  private func check(_ trace: SparkTrace, _ model: SparkModel) throws {
    var model = model
    let after = try #require(trace.after)
    #expect(after.count == trace.batches.count)
    for (batch, expected) in zip(trace.batches, after) {
      let found = model.update(batch, decayFactor: trace.decay, timeUnit: trace.timeUnit)
      #expect(found.update.counts.reduce(0, +) == batch.count)
      #expect(model.state.bits == expected.bits, "\(model.state), expected \(expected)")
    }
  }

  @Test func `splits are reported`() {
    let trace = SparkTrace.named("dying_many_at_once")
    var model = trace.model()
    let splits = trace.batches.map { model.update($0, decayFactor: trace.decay).update.split }
    #expect(
      splits.map { $0.map { [$0.dying, $0.donor] } } == [[1, 0], [2, 0], [3, 1], nil])
    // The third donor: after the second split cluster 1 is the heaviest.
    #expect(trace.after?[1].weights.max() == trace.after?[1].weights[1])
  }

  @Test func `who holds a copy keeps it`() throws {
    let trace = SparkTrace.named("decay_half_3batches")
    var model = trace.model()
    var held = [model]
    for batch in trace.batches {
      _ = model.update(batch, decayFactor: trace.decay)
      held.append(model)
    }
    let start = SparkTrace.State(centers: trace.centers, weights: trace.weights)
    #expect(held.map(\.state) == [start] + (try #require(trace.after)))
    // A held copy goes on from where it is.
    _ = held[1].update(trace.batches[1], decayFactor: trace.decay)
    #expect(held[1].state == held[2].state)
    #expect(model.state == trace.after?.last)
  }

  @Test func `labels are those before the update`() {
    var model = SparkModel(centroids: try! Matrix([[0], [10]]), weights: [1, 1])
    let (update, labels) = model.update([[4], [4], [9], [6]], decayFactor: 0)
    #expect(labels == [0, 0, 1, 1])
    #expect(update.counts == [2, 2])
    #expect(model.labels(of: [[5.5], [5.9]]).labels == [0, 1])
  }
}
