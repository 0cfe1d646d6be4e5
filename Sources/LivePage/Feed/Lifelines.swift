// When clusters were born and died.

/// The lives of clusters, and what happened last.
struct Lifelines: Sendable {
  struct Life: Sendable, Equatable {
    let id: Int
    let from: Int
    var to: Int?
    let parent: Int?
  }

  struct Entry: Sendable, Equatable {
    let batch: Int
    let event: LifeEvent
  }

  /// How many events, and clusters that have died, are remembered.
  static let mostEvents = 200
  static let mostDead = 64

  private(set) var living: [Int: Life] = [:]
  private(set) var dead: [Life] = []
  private(set) var events: [Entry] = []
  /// How often each kind of event happened.
  private(set) var counts: [String: Int] = [:]

  mutating func add(_ event: LifeEvent, batch: Int) {
    counts[event.kind, default: 0] += 1
    events.append(Entry(batch: batch, event: event))
    if events.count > Self.mostEvents { events.removeFirst(events.count - Self.mostEvents) }
    switch event {
    case .born(let id): living[id] = Life(id: id, from: batch, to: nil, parent: nil)
    case .split(let id, let parent):
      living[id] = Life(id: id, from: batch, to: nil, parent: parent)
    case .died(let id):
      var life = living.removeValue(forKey: id) ?? Life(id: id, from: 0, to: nil, parent: nil)
      life.to = batch
      dead.append(life)
      if dead.count > Self.mostDead { dead.removeFirst(dead.count - Self.mostDead) }
    case .drift: break
    }
  }

  /// Takes note of clusters that are there: those of an earlier model were born without an event.
  mutating func see(_ ids: [Int], batch: Int) {
    for id in ids where living[id] == nil {
      living[id] = Life(id: id, from: batch, to: nil, parent: nil)
    }
  }

  /// The lives of some clusters, and of those that died last, the oldest first.
  func lives(of ids: [Int]) -> [Life] {
    (dead + ids.compactMap { living[$0] }).sorted { ($0.from, $0.id) < ($1.from, $1.id) }
  }
}
