/// A point on the way from one place to another.
private func between(_ start: [Double], _ end: [Double], _ share: Double) -> [Double] {
  zip(start, end).map { $0 + ($1 - $0) * share }
}

/// Clusters change places in pairs, along the line between them: half-way they are one. The last of
/// an odd number stays.
struct CrossingCourse: SceneCourse {
  private let centers: [[Double]]
  private let batches: Int

  init(_ scene: Scene, _ centers: [[Double]]) {
    (self.centers, batches) = (centers, scene.batches)
  }

  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    let share = Double(batch) / Double(max(1, batches - 1))
    var events: [SceneEvent] = []
    for first in stride(from: 0, to: centers.count - 1, by: 2) {
      let (start, end) = (centers[first], centers[first + 1])
      clusters[first].center = between(start, end, share)
      clusters[first + 1].center = between(end, start, share)
      if batch == batches / 2 {
        events.append(SceneEvent(kind: .crossing, cluster: first, other: first + 1))
      }
    }
    return events
  }
}

/// The first two clusters come together half-way between them, and are one from then on.
struct MergeCourse: SceneCourse {
  private let first: [Double]
  private let second: [Double]
  private let change: Int
  private let duration: Int

  init(_ scene: Scene, _ centers: [[Double]]) {
    (first, second) = (centers[0], centers[1])
    (change, duration) = (scene.changeBatch - 1, scene.changeDuration)
  }

  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    guard batch <= change else { return [] }
    let share = 0.5 * max(0, 1 - Double(change - batch) / Double(duration))
    clusters[0].center = between(first, second, share)
    guard batch == change else {
      clusters[1].center = between(second, first, share)
      return []
    }
    clusters[0].share += clusters[1].share
    clusters.remove(at: 1)
    return [SceneEvent(kind: .merge, cluster: 1, other: 0)]
  }
}

/// The first cluster becomes two, which part: the last one is new.
struct SplitCourse: SceneCourse {
  private let first: [Double]
  private let last: [Double]
  private let change: Int
  private let duration: Int
  private var new: SceneCluster?

  init(_ scene: Scene, _ centers: [[Double]]) {
    (first, last) = (centers[0], centers[centers.count - 1])
    (change, duration) = (scene.changeBatch - 1, scene.changeDuration)
  }

  mutating func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    var events: [SceneEvent] = []
    if batch == 0 {
      new = clusters.removeLast()
      // As many points as its halves will have.
      clusters[0].share = 2
    }
    if batch == change, var new {
      clusters[0].share /= 2
      new.share = clusters[0].share
      clusters.append(new)
      events = [SceneEvent(kind: .split, cluster: new.id, other: 0)]
    }
    let share = 0.5 * max(0, 1 - Double(batch - change + 1) / Double(duration))
    clusters[0].center = between(first, last, batch < change ? 0.5 : share)
    if batch >= change { clusters[clusters.count - 1].center = between(last, first, share) }
    return events
  }
}
