/// The batches of a scene, one after another.
///
/// Each value is a draw by its number (see `Draws`), so that the same scene has the same bits on
/// any machine, however many batches are taken.
package struct SceneStream: Sequence, IteratorProtocol, Sendable {
  package let scene: Scene
  private var course: any SceneCourse
  private var clusters: [SceneCluster]
  private var times: BurstTimes?
  /// How many batches there were.
  private var count = 0

  /// - Precondition: the scene is valid.
  init(_ scene: Scene) {
    self.scene = scene
    let centers = scene.firstCenters()
    course = scene.course(centers)
    clusters = centers.enumerated().map { SceneCluster(id: $0, center: $1, share: 1) }
    times = scene.kind == .bursts ? BurstTimes(scene) : nil
  }

  /// The next batch; `nil` behind the last.
  ///
  /// - Complexity: O(n d) for n points of d coordinates, and what clusters take to move.
  package mutating func next() -> SceneBatch? {
    guard count < scene.batches else { return nil }
    let batch = count
    count += 1
    var events = course.step(batch, &clusters)
    clusters.setShares()
    let burst = times?.next(batch)
    if let burst { events += burst.events }
    let points = ScenePoints(scene, batch, rows: burst?.times.count ?? scene.points)
    let drawn = points.drawn(from: clusters, times: burst?.times, drift: burst?.drift)
    var seen = clusters
    if let burst, let latest = burst.times.max() {
      for place in seen.indices {
        seen[place].center = burst.drift.moved(seen[place].center, of: seen[place].id, to: latest)
      }
    }
    return SceneBatch(
      number: count, points: drawn.points, times: burst?.times, labels: drawn.labels,
      clusters: seen, events: events)
  }
}

extension [SceneCluster] {
  /// Scales shares so that they add up to 1.
  mutating func setShares() {
    let total = reduce(0) { $0 + $1.share }
    for place in indices { self[place].share /= total }
  }
}
