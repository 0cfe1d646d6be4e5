import Foundation

/// A stream of batches with a known change point, or without one.
struct DriftScene {
  /// The distribution of the offsets from a center.
  enum Tails {
    case normal
    /// Student's distribution of some degrees of freedom: 1 is Cauchy's.
    case student(Int)
    /// Uniform over the box of all centers: no clusters at all.
    case uniform
  }

  /// What becomes of the clusters from the change point on.
  enum Change {
    case none
    /// All means move by so many deviations.
    case jump(Double)
    /// The mean of one cluster does.
    case oneJump(Double)
    /// A further cluster has such a share.
    case appear(Double)
    /// One cluster has no points any more.
    case vanish
    /// Deviations grow by a factor.
    case spread(Double)
    /// All means move by so many deviations in a half-life, for ever.
    case drift(Double)
  }

  let name: String
  var clusters = 5
  var dimension = 4
  /// Points in a batch, drawn anew for each.
  var points = 200...200
  var tails = Tails.normal
  var change = Change.none

  /// A stationary stream: its figures are to give no alarm.
  static let stationary = [
    DriftScene(name: "blobs"),
    DriftScene(name: "blobs, 2 columns, 20 points", dimension: 2, points: 20...20),
    DriftScene(name: "blobs, 32 columns", dimension: 32, points: 100...100),
    DriftScene(name: "blobs, 1 column, 2 clusters", clusters: 2, dimension: 1),
    DriftScene(name: "blobs, 5 points", points: 5...5),
    DriftScene(name: "blobs, 2 to 1000 points", points: 2...1000),
    DriftScene(name: "noise, 2 columns", clusters: 8, dimension: 2, tails: .uniform),
    DriftScene(name: "noise, 8 columns", clusters: 8, dimension: 8, tails: .uniform),
    DriftScene(name: "Student's t of 3", tails: .student(3)),
    DriftScene(name: "Student's t of 2", tails: .student(2)),
    DriftScene(name: "Cauchy", tails: .student(1)),
  ]

  /// Streams that change.
  static let changing = [
    DriftScene(name: "jump of all means by 3", change: .jump(3)),
    DriftScene(name: "jump of all means by 1", change: .jump(1)),
    DriftScene(name: "jump of one mean by 5", change: .oneJump(5)),
    DriftScene(
      name: "jump, 20 points in 2 columns", dimension: 2, points: 20...20, change: .jump(3)),
    DriftScene(name: "jump, Student's t of 3", tails: .student(3), change: .jump(3)),
    DriftScene(name: "a cluster of 20 % appears", change: .appear(0.2)),
    DriftScene(name: "a cluster of 5 % appears", change: .appear(0.05)),
    DriftScene(name: "a cluster vanishes", change: .vanish),
    DriftScene(name: "spread grows by 1.5", change: .spread(1.5)),
    DriftScene(name: "spread grows by 1.2", change: .spread(1.2)),
    DriftScene(name: "slow drift, 0.5 a half-life", change: .drift(0.5)),
    DriftScene(name: "slow drift, 0.2 a half-life", change: .drift(0.2)),
  ]
}

/// The points of a scene, batch by batch.
struct DriftSource {
  private let scene: DriftScene
  private let halfLife: Double
  private var random: DriftRandom
  private var centers: [[Double]] = []
  private var direction: [Double] = []

  init(_ scene: DriftScene, seed: UInt64, halfLife: Double) {
    self.scene = scene
    self.halfLife = halfLife
    random = DriftRandom(state: seed &* 0x9e37_79b9_7f4a_7c15 &+ 1)
    // Some deviations apart, whatever the dimension; the last one is that of a cluster to come.
    centers = (0...scene.clusters).map { _ in
      (0..<scene.dimension).map { _ in 30 * random.uniform() }
    }
    direction = (0..<scene.dimension).map { _ in random.normal() }
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    direction = direction.map { $0 / length }
  }

  /// The rows of a batch.
  ///
  /// - Parameter since: the number of batches since the change point; `nil` before it.
  mutating func batch(since: Int?) -> [[Float]] {
    let count = Int.random(in: scene.points, using: &random)
    return (0..<count).map { _ in point(since: since.map(Double.init)) }
  }

  private mutating func point(since: Double?) -> [Float] {
    let cluster = cluster(isChanged: since != nil)
    var (shift, scale) = (0.0, 1.0)
    if let since {
      switch scene.change {
      case .jump(let length): shift = length
      case .oneJump(let length): shift = cluster == 0 ? length : 0
      case .spread(let factor): scale = factor
      case .drift(let speed): shift = speed * since / halfLife
      case .none, .appear, .vanish: break
      }
    }
    return (0..<scene.dimension).map { column in
      if case .uniform = scene.tails { return Float(30 * random.uniform()) }
      return Float(
        centers[cluster][column] + shift * direction[column] + scale * offset())
    }
  }

  private mutating func cluster(isChanged: Bool) -> Int {
    if isChanged, case .appear(let share) = scene.change, random.uniform() < share {
      return scene.clusters
    }
    if isChanged, case .vanish = scene.change {
      return 1 + Int(random.uniform() * Double(scene.clusters - 1))
    }
    return Int(random.uniform() * Double(scene.clusters))
  }

  private mutating func offset() -> Double {
    guard case .student(let freedom) = scene.tails else { return random.normal() }
    var squares = 0.0
    for _ in 0..<freedom {
      let deviate = random.normal()
      squares += deviate * deviate
    }
    return random.normal() / (squares / Double(freedom)).squareRoot()
  }
}

/// SplitMix64, and deviates of it.
struct DriftRandom: RandomNumberGenerator {
  var state: UInt64
  private var spare: Double?

  init(state: UInt64) { self.state = state }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// From 0, below 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Of the normal distribution (Box and Muller).
  mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    let radius = (-2 * log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }
}
