import KMeansLinearAlgebra
import KMeansScenes
import Testing

/// What happens in a scene, and when the list of events says so.
@Suite struct SceneEventTests {
  static func batches(_ kind: Scene.Kind, _ change: (inout Scene) -> Void = { _ in }) throws
    -> [SceneBatch]
  {
    var scene = Scene(kind, clusters: 4, dimension: 2, seed: 1)
    scene.points = 400
    change(&scene)
    return Array(try scene.stream())
  }

  static func distance(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  static func numbers(_ batches: [SceneBatch], _ kind: SceneEvent.Kind) -> [Int] {
    batches.filter { $0.events.contains { $0.kind == kind } }.map(\.number)
  }

  @Test(arguments: Scene.Kind.allCases)
  func `points are drawn from the clusters of the truth`(_ kind: Scene.Kind) throws {
    for batch in try Self.batches(kind) {
      let ids = Set(batch.clusters.map(\.id))
      #expect(ids.count == batch.clusters.count)
      #expect(batch.labels.allSatisfy { ids.contains(Int($0)) })
      #expect(abs(batch.clusters.reduce(0) { $0 + $1.share } - 1) < 1e-12)
      // With as many points each cluster has some.
      if kind != .bursts { #expect(Set(batch.labels.map(Int.init)) == ids) }
    }
  }

  @Test func `all clusters jump at once`() throws {
    let batches = try Self.batches(.jump)
    #expect(Self.numbers(batches, .jump) == [14])
    #expect(batches[13].events.map(\.cluster) == [0, 1, 2, 3])
    for (before, after) in zip(batches, batches.dropFirst()) {
      let moves = zip(before.clusters, after.clusters).flatMap { first, second in
        zip(first.center, second.center).map { abs($1 - $0) }
      }
      #expect(moves.allSatisfy { after.number == 14 ? $0 >= 2 && $0 < 3 : $0 == 0 })
    }
  }

  @Test func `they jump again and again`() throws {
    let batches = try Self.batches(.jump) { $0.every = 10 }
    #expect(Self.numbers(batches, .jump) == [11, 21, 31])
    #expect(Self.numbers(try Self.batches(.jump) { $0.at = 40 }, .jump) == [40])
  }

  @Test func `a random walk has steps of its deviation`() throws {
    let batches = try Self.batches(.drift) { scene in
      (scene.clusters, scene.dimension, scene.points) = (50, 4, 1)
    }
    #expect(Self.numbers(batches, .drift) == [2])
    var sum = 0.0
    for (before, after) in zip(batches, batches.dropFirst()) {
      for (first, second) in zip(before.clusters, after.clusters) {
        let length = Self.distance(first.center, second.center)
        sum += length * length
      }
    }
    // 39 x 200 steps: a standard error is a root of 2 / 7800 of the variance.
    #expect(abs(sum / 7800 / (0.15 * 0.15) - 1) < 5 * 0.016)
  }

  @Test func `a line has steps of one length and direction`() throws {
    let batches = try Self.batches(.drift) { ($0.isStraight, $0.speed) = (true, 0.5) }
    for cluster in 0..<4 {
      let centers = batches.map { $0.clusters[cluster].center }
      #expect(abs(Self.distance(centers[0], centers[1]) - 0.5) < 1e-12)
      #expect(abs(Self.distance(centers[0], centers[39]) - 39 * 0.5) < 1e-9)
    }
  }

  @Test func `clusters change places and meet half-way`() throws {
    let batches = try Self.batches(.crossing) { $0.batches = 41 }
    let (first, last) = (batches[0].clusters, batches[40].clusters)
    for (one, other) in [(0, 1), (2, 3)] {
      #expect(Self.distance(first[one].center, last[other].center) < 1e-12)
      #expect(Self.distance(first[other].center, last[one].center) < 1e-12)
      let half = batches[20].clusters
      #expect(Self.distance(half[one].center, half[other].center) < 1e-12)
    }
    #expect(Self.numbers(batches, .crossing) == [21])
  }

  @Test func `a cluster vanishes, and one appears`() throws {
    let gone = try Self.batches(.vanish)
    #expect(
      gone.map(\.clusters.count) == Array(repeating: 4, count: 13) + Array(repeating: 3, count: 27))
    #expect(Self.numbers(gone, .vanish) == [14])
    #expect(gone[13].events.map(\.cluster) == [3])
    let come = try Self.batches(.appear) { $0.at = 5 }
    #expect(come.map(\.clusters.count) == [3, 3, 3, 3] + Array(repeating: 4, count: 36))
    #expect(Self.numbers(come, .appear) == [5])
    #expect(come[4].clusters.allSatisfy { abs($0.share - 0.25) < 1e-15 })
  }

  @Test func `two clusters become one`() throws {
    let batches = try Self.batches(.merge)
    #expect(Self.numbers(batches, .merge) == [27])
    #expect(batches[26].events == [SceneEvent(kind: .merge, cluster: 1, other: 0)])
    let distances = batches.prefix(26).map {
      Self.distance($0.clusters[0].center, $0.clusters[1].center)
    }
    // It takes ten batches, in equal steps, of which the last one is the merge itself.
    #expect(distances.prefix(17).allSatisfy { abs($0 - distances[0]) < 1e-12 })
    #expect(abs(distances[25] / distances[0] - 0.1) < 1e-12)
    #expect(batches[26].clusters.map(\.id) == [0, 2, 3])
    #expect(batches[26].clusters[0].share == 0.5)
  }

  @Test func `one cluster becomes two`() throws {
    let batches = try Self.batches(.split)
    #expect(Self.numbers(batches, .split) == [14])
    #expect(batches[13].events == [SceneEvent(kind: .split, cluster: 3, other: 0)])
    #expect(batches[12].clusters.map(\.id) == [0, 1, 2])
    #expect(batches[12].clusters[0].share == 0.5)
    #expect(batches[13].clusters.map(\.id) == [0, 1, 2, 3])
    #expect(batches[13].clusters.allSatisfy { $0.share == 0.25 })
    let (first, last) = (batches[13].clusters, batches[22].clusters)
    #expect(Self.distance(first[0].center, batches[12].clusters[0].center) < 2)
    #expect(
      abs(
        Self.distance(first[0].center, first[3].center) * 10
          - Self.distance(last[0].center, last[3].center)) < 1e-9)
    #expect(last.map(\.center) == batches[39].clusters.map(\.center))
  }
}
