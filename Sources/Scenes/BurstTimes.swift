import Clustering

/// The times of points that come in bursts: exponential pauses between them, exponential gaps
/// within, and some points that happened before others which came earlier.
struct BurstTimes: Sendable {
  private let scene: Scene
  private let drift: TimeDrift
  /// When the last point came, in seconds.
  private var clock = 0.0

  /// The mean length of a burst, in pauses.
  private static var length: Double { 1.0 / 6 }

  init(_ scene: Scene) {
    self.scene = scene
    drift = TimeDrift(scene)
  }

  /// The times of a batch, and what is to be said of them.
  struct Burst {
    let times: [Double]
    let events: [SceneEvent]
    let drift: TimeDrift
  }

  /// The times of the next batch, of 1 to 2 n - 1 points.
  mutating func next(_ batch: Int) -> Burst {
    let draws = Draws(seed: scene.seed, purpose: .sceneTimes, run: batch)
    let count = 1 + Int(draws.uniform(0) * Double(2 * scene.points - 1))
    let pause = batch == 0 ? 0 : Self.milliseconds(scene.pause * draws.exponential(1))
    clock += pause
    let gap = scene.pause * Self.length / Double(scene.points)
    var (times, late) = ([Double](), 0)
    for row in 0..<count {
      let number = 2 + 3 * row
      clock += gap * draws.exponential(number)
      var time = clock
      if draws.uniform(number + 1) < scene.lateShare {
        late += 1
        time = max(0, clock - scene.lateness * draws.exponential(number + 2))
      }
      times.append(Self.milliseconds(time))
    }
    var events = batch == 0 ? [] : [SceneEvent(kind: .burst, seconds: pause)]
    if late > 0 { events.append(SceneEvent(kind: .late, points: late)) }
    return Burst(times: times, events: events, drift: drift)
  }

  /// A time that is short as a text.
  private static func milliseconds(_ time: Double) -> Double { (time * 1000).rounded() / 1000 }
}

/// Centers that move along lines as time passes, so that a point that comes late was drawn from
/// where its cluster was.
struct TimeDrift: Sendable {
  private let directions: [[Double]]
  /// The length of the way in a second.
  private let speed: Double

  init(_ scene: Scene) {
    directions = (0..<scene.clusters).map { scene.direction(of: $0) }
    speed = scene.pause > 0 ? scene.speed / scene.pause : 0
  }

  /// Where the center of a cluster is at a time, in seconds.
  func moved(_ center: [Double], of cluster: Int, to time: Double) -> [Double] {
    zip(center, directions[cluster]).map { $0 + speed * time * $1 }
  }
}

extension Scene {
  /// A direction of a cluster's own, of length 1.
  func direction(of cluster: Int) -> [Double] {
    let draws = Draws(seed: seed, purpose: .sceneMoves)
    let values = (0..<dimension).map { draws.normal(cluster * dimension + $0) }
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return values.map { $0 / length }
  }
}
