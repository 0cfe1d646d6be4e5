import Clustering

/// The clusters of a stream from their births to their deaths.
struct StreamLives: Sendable {
  /// The clusters, in the order of their births.
  let lives: [ClusterLife]
  /// The frames that they live in.
  let frames: [StreamHistory.Frame]

  /// How many clusters are shown one by one.
  static let most = 100

  init(_ history: StreamHistory) {
    frames = history.frames
    var (lives, places) = ([ClusterLife](), [Key: Int]())
    for (number, frame) in frames.enumerated() {
      for (row, id) in frame.record.ids.enumerated() {
        let key = Key(run: frame.run, id: id)
        if places[key] == nil {
          places[key] = lives.count
          lives.append(ClusterLife(key, firstFrame: number, begin: frame.x))
        }
        lives[places[key]!].add(row, in: number, frame)
      }
    }
    for happening in history.happenings {
      guard let id = happening.event.cluster,
        let place = places[Key(run: happening.run, id: id)]
      else { continue }
      switch happening.event.kind {
      case "died": (lives[place].end, lives[place].hasDied) = (happening.x, true)
      case "born": lives[place].begin = happening.x
      case "split":
        lives[place].begin = happening.x
        let parent = happening.event.parent.flatMap { places[Key(run: happening.run, id: $0)] }
        lives[place].parent = parent.map { lives[$0].key }
      default: break
      }
    }
    Self.color(&lives)
    self.lives = lives
  }

  /// What a cluster is known by.
  struct Key: Hashable, Sendable {
    let run: Int
    let id: Int
  }

  /// Gives each cluster a colour that none has which lives at the same time, as long as there are
  /// enough: one that has not been used for long.
  private static func color(_ lives: inout [ClusterLife]) {
    // When each colour is free again.
    var free = Array(repeating: -Double.infinity, count: ClusterColors.most)
    for place in lives.indices {
      let slots = free.indices.filter { free[$0] < lives[place].begin }
      let usual = slots.filter { $0 < Palette.series.count }
      let best = (usual.isEmpty ? slots : usual).min { (free[$0], $0) < (free[$1], $1) }
      guard let best else { continue }
      lives[place].slot = best
      free[best] = lives[place].end
    }
  }

  /// The heaviest clusters, in the order of their births.
  func heaviest(_ count: Int) -> [ClusterLife] {
    guard lives.count > count else { return lives }
    let order = lives.indices.sorted { (lives[$1].weight, $0) < (lives[$0].weight, $1) }
    return order.prefix(count).sorted().map { lives[$0] }
  }
}

/// One cluster of a stream.
struct ClusterLife: Sendable {
  let key: StreamLives.Key
  /// The first frame that has it.
  let firstFrame: Int
  /// Its row in each frame from the first one on.
  private(set) var rows: [Int?] = []
  /// When it was born, and when it died or was last seen.
  var begin: Double
  var end: Double
  var hasDied = false
  /// The cluster that it is a half of.
  var parent: StreamLives.Key?
  /// Its colour among those of ``ClusterColors``; `nil` for grey.
  var slot: Int?
  /// Its largest weight.
  private(set) var weight = 0.0

  init(_ key: StreamLives.Key, firstFrame: Int, begin: Double) {
    (self.key, self.firstFrame, self.begin, end) = (key, firstFrame, begin, begin)
  }

  mutating func add(_ row: Int, in frame: Int, _ state: StreamHistory.Frame) {
    while rows.count < frame - firstFrame { rows.append(nil) }
    rows.append(row)
    end = state.x
    weight = max(weight, state.record.weights[row])
  }

  /// Its row in a frame; `nil` where it is not there.
  func row(_ frame: Int) -> Int? {
    let place = frame - firstFrame
    return rows.indices.contains(place) ? rows[place] : nil
  }

  /// The number of its colour.
  var color: Int? { slot.map { $0 % Palette.series.count } }

  /// What it is called.
  func name(among runs: Int) -> String {
    runs > 1 ? "run \(key.run + 1), cluster \(key.id)" : "cluster \(key.id)"
  }
}
