import Clustering

/// Each center takes a normal step in each coordinate.
struct WalkCourse: SceneCourse {
  let scene: Scene

  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    guard batch > 0 else { return [] }
    let draws = Draws(seed: scene.seed, purpose: .sceneMoves, run: batch)
    for place in clusters.indices {
      let first = clusters[place].id * scene.dimension
      for column in 0..<scene.dimension {
        clusters[place].center[column] += scene.speed * draws.normal(first + column)
      }
    }
    return batch == 1 ? clusters.map { SceneEvent(kind: .drift, cluster: $0.id) } : []
  }
}

/// Each center moves along a line of its own, as far in each batch.
struct LineCourse: SceneCourse {
  private let directions: [[Double]]
  private let speed: Double

  init(_ scene: Scene) {
    directions = (0..<scene.clusters).map { scene.direction(of: $0) }
    speed = scene.speed
  }

  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    guard batch > 0 else { return [] }
    for place in clusters.indices {
      let direction = directions[clusters[place].id]
      for column in direction.indices {
        clusters[place].center[column] += speed * direction[column]
      }
    }
    return batch == 1 ? clusters.map { SceneEvent(kind: .drift, cluster: $0.id) } : []
  }
}

/// All centers jump, each coordinate up or down by the shortest jump and less than 1 more: the jump
/// of Spark's demonstration.
struct JumpCourse: SceneCourse {
  let scene: Scene

  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    guard jumps(at: batch) else { return [] }
    let draws = Draws(seed: scene.seed, purpose: .sceneMoves, run: batch)
    for place in clusters.indices {
      let first = clusters[place].id * scene.dimension
      for column in 0..<scene.dimension {
        let number = 2 * (first + column)
        let length = scene.distance + draws.uniform(number)
        clusters[place].center[column] += draws.bits(number + 1) >> 63 == 0 ? length : -length
      }
    }
    return clusters.map { SceneEvent(kind: .jump, cluster: $0.id) }
  }

  private func jumps(at batch: Int) -> Bool {
    guard let every = scene.every else { return batch == scene.changeBatch - 1 }
    return batch > 0 && batch.isMultiple(of: every)
  }
}
