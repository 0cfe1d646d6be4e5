import KMeansLinearAlgebra
import KMeansScenes
import Testing

/// What the points of a scene are like.
@Suite struct SceneMomentTests {
  /// The count, mean and variance of the first column of the points of a cluster.
  static func moments(
    _ batch: SceneBatch, _ cluster: Int, column: Int = 0
  ) -> (count: Int, mean: Double, variance: Double) {
    let values = batch.labels.indices.filter { batch.labels[$0] == cluster }
      .map { batch.points[$0, column] }
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (values.count, mean, square / Double(values.count))
  }

  @Test(arguments: [1, 2, 7])
  func `points have the mean and the deviation of their cluster`(_ dimension: Int) throws {
    var scene = Scene(.static, clusters: 3, dimension: dimension, seed: 1)
    (scene.points, scene.batches, scene.spread) = (9000, 1, 0.5)
    let batch = try #require(Array(scene.stream()).first)
    #expect(batch.points.rows == 9000 && batch.points.columns == dimension)
    for cluster in 0..<3 {
      let found = Self.moments(batch, cluster, column: dimension - 1)
      // Five standard errors.
      #expect(abs(found.count - 3000) < 5 * 45)
      #expect(abs(found.mean - batch.clusters[cluster].center[dimension - 1]) < 5 * 0.5 / 54)
      #expect(abs(found.variance - 0.25) < 5 * 0.25 * 0.027)
      #expect(batch.clusters[cluster].share == 1.0 / 3)
    }
  }

  @Test func `one cluster of one column is enough`() throws {
    for kind in Scene.Kind.allCases where kind.fewestClusters == 1 {
      let batches = Array(try Scene(kind, clusters: 1, dimension: 1, seed: 3).stream())
      #expect(batches.count == 40)
      #expect(batches.allSatisfy { $0.clusters.count == 1 && $0.points.columns == 1 })
      #expect(batches.allSatisfy { $0.labels.allSatisfy { $0 == 0 } })
      #expect(batches.allSatisfy { $0.clusters[0].share == 1 })
    }
  }

  @Test func `first centers are apart`() throws {
    let scene = Scene(.static, clusters: 8, dimension: 2, seed: 5)
    let clusters = try #require(Array(scene.stream()).first).clusters
    for (first, second) in zip(clusters, clusters.dropFirst()) {
      let square = zip(first.center, second.center).reduce(0) { sum, pair in
        sum + (pair.0 - pair.1) * (pair.0 - pair.1)
      }
      #expect(square > 1)
    }
    #expect(clusters.allSatisfy { $0.center.allSatisfy { abs($0) <= 5 } })
  }

  @Test func `shares fall by the law of Zipf`() throws {
    var scene = Scene(.imbalance, clusters: 4, dimension: 1, seed: 2)
    (scene.points, scene.batches) = (20_000, 1)
    let batch = try #require(Array(scene.stream()).first)
    let total = 1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4
    for rank in 1...4 {
      let share = 1 / Double(rank) / total
      #expect(abs(batch.clusters[rank - 1].share - share) < 1e-15)
      let count = batch.labels.count { Int($0) == rank - 1 }
      #expect(abs(Double(count) / 20_000 - share) < 5 * 0.5 / 141)
    }
    scene.exponent = 0
    let equal = try #require(Array(scene.stream()).first)
    #expect(equal.clusters.allSatisfy { $0.share == 0.25 })
  }

  @Test func `outliers are far from their centers`() throws {
    func farthest(_ kind: Scene.Kind) throws -> Double {
      var scene = Scene(kind, clusters: 1, dimension: 1, seed: 4)
      (scene.points, scene.batches, scene.spread) = (5000, 1, 1)
      let batch = try #require(Array(scene.stream()).first)
      let center = batch.clusters[0].center[0]
      return (0..<5000).reduce(0) { max($0, abs(batch.points[$1, 0] - center)) }
    }
    #expect(try farthest(.static) < 6)
    #expect(try farthest(.outliers) > 20)
  }
}
