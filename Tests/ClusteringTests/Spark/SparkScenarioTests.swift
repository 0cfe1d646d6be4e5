// Scenarios of Spark's own tests: StreamingKMeansSuite (Scala), the doctest of
// pyspark.mllib.clustering, and test_streaming_algorithms.py.
import Clustering
import Testing

@Suite struct SparkScenarioTests {
  /// Spark's `StreamingKMeansDataGenerator`.
  private func data(
    _ points: Int, batches: Int, clusters: Int, columns: Int, spread: Double, seed: UInt64,
    centers given: [[Double]]? = nil
  ) -> (batches: [[[Double]]], centers: [[Double]]) {
    var random = XORShiftRandom(seed: seed)
    let centers =
      given ?? (0..<clusters).map { _ in (0..<columns).map { _ in random.nextGaussian() } }
    let batches = (0..<batches).map { _ in
      (0..<points).map { point in
        centers[point % clusters].map { $0 + random.nextGaussian() * spread }
      }
    }
    return (batches, centers)
  }

  private func model(_ centers: [[Double]], _ weights: [Double]) -> SparkModel {
    SparkModel(centroids: try! Matrix(centers), weights: weights)
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { ($0 - $1).magnitude }.max()!
  }

  @Test func `a single center is the grand average`() {
    let (batches, centers) = data(
      50, batches: 10, clusters: 1, columns: 5, spread: 0.1, seed: 42)
    var model = model([[0, 0, 0, 0, 0]], [0])
    for batch in batches { _ = model.update(batch, decayFactor: 1) }
    let all = batches.joined()
    let mean = (0..<5).map { column in all.map { $0[column] }.reduce(0, +) / 500 }
    let found = model.centroids.doubles[0]
    #expect(distance(found, centers[0]) <= 1e-1)
    #expect(distance(found, mean) <= 1e-5)
    // What Spark 4.3.0 finds.
    #expect(
      found == [
        2.383326971074161, 0.1921142829456755, 0.738257728611938, -0.5269802801959048,
        2.0581855057527303,
      ])
    #expect(model.weights == [500])
  }

  @Test func `two centers are found`() {
    let (batches, centers) = data(5, batches: 10, clusters: 2, columns: 5, spread: 0.1, seed: 42)
    // Since the generator hashes 8 bytes, both centers are nearer to one of Spark's initial ones;
    // the trace `suite2_two` has those.
    #expect(batches.first == SparkTrace.named("suite2_two").batches.first)
    var model = model([[1, 0, 0, 0, 1], [0, -1, 1, 0, 0]], [5, 5])
    let decay = SparkModel.decayFactor(halfLife: 2)
    for batch in batches { _ = model.update(batch, decayFactor: decay) }
    #expect(distance(model.centroids.doubles[0], centers[0]) <= 1e-1)
    #expect(distance(model.centroids.doubles[1], centers[1]) <= 1e-1)
  }

  @Test func `a dying cluster is detected`() {
    let (batches, _) = data(
      5, batches: 10, clusters: 1, columns: 1, spread: 1, seed: 42, centers: [[0]])
    #expect(batches == SparkTrace.named("suite3_dying").batches)
    var model = model([[0], [1000]], [1, 1])
    let decay = SparkModel.decayFactor(halfLife: 0.5)
    var splits: [SparkUpdate.Split?] = []
    for batch in batches {
      splits.append(model.update(batch, decayFactor: decay, timeUnit: .points).update.split)
    }
    #expect(splits.compactMap { $0.map { [$0.dying, $0.donor] } } == [[1, 0]])
    #expect(splits[2] != nil)
    let centers = model.centroids.doubles.map { $0[0] }
    #expect(centers[0] * centers[1] < 0)
    for center in centers { #expect((center.magnitude - 0.8).magnitude <= 0.6) }
  }

  @Test func `the doctest of PySpark`() {
    var model = model([[0, 0], [1, 1]], [1, 1])
    _ = model.update([[-0.1, -0.1], [0.1, 0.1], [0.9, 0.9], [1.1, 1.1]], decayFactor: 1)
    #expect(model.state == .init(centers: [[0, 0], [1, 1]], weights: [3, 3]))
    #expect(model.labels(of: [[-0.1, -0.1], [0.9, 0.9]]).labels == [0, 1])
    _ = model.update([[1.5, 1.5], [0.2, 0.2]], decayFactor: 0)
    #expect(model.state == .init(centers: [[0.2, 0.2], [1.5, 1.5]], weights: [1, 1]))
    #expect(model.labels(of: [[0.2, 0.2], [1.5, 1.5]]).labels == [0, 1])
  }

  @Test func `the weight of a single center is the number of points`() {
    let (batches, centers) = data(5, batches: 5, clusters: 1, columns: 5, spread: 0.1, seed: 0)
    var model = model([[0, 0, 0, 0, 0]], [0])
    for batch in batches { _ = model.update(batch, decayFactor: 1) }
    #expect(model.weights == [25])
    #expect(distance(model.centroids.doubles[0], centers[0]) < 0.1)
  }

  @Test func `offsets that cancel leave the centers`() {
    let corners: [[Double]] = [[1, 1], [-1, 1], [-1, -1], [1, -1]]
    var model = model(corners, [1, 1, 1, 1])
    for offset in [[0, 0.1], [0, -0.1], [0.1, 0], [-0.1, 0]] {
      let batch = corners.map { [$0[0] + offset[0], $0[1] + offset[1]] }
      _ = model.update(batch, decayFactor: 1)
    }
    #expect(model.state == .init(centers: corners, weights: [5, 5, 5, 5]))
  }

  @Test func `points get the nearest of four centers`() {
    var model = model([[1, 1], [-1, 1], [-1, -1], [1, -1]], [1, 1, 1, 1])
    let points = [[1.5, 1.5], [-1.5, 1.5], [-1.5, -1.5], [1.5, -1.5]]
    #expect(model.labels(of: points).labels == [0, 1, 2, 3])
  }
}
