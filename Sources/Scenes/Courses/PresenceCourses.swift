/// The last cluster gets no more points from a batch on.
struct VanishCourse: SceneCourse {
  let change: Int

  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    guard batch == change else { return [] }
    let last = clusters.removeLast()
    return [SceneEvent(kind: .vanish, cluster: last.id)]
  }
}

/// The last cluster gets its first points in a batch.
struct AppearCourse: SceneCourse {
  let change: Int
  private var new: SceneCluster?

  init(change: Int) { self.change = change }

  mutating func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    if batch == 0 { new = clusters.removeLast() }
    guard batch == change, var new else { return [] }
    // Shares were scaled since: it gets as many points as each of the others.
    new.share = clusters.first?.share ?? 1
    clusters.append(new)
    return [SceneEvent(kind: .appear, cluster: new.id)]
  }
}
