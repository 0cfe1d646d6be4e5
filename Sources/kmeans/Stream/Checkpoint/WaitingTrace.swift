import Clustering

/// What a trace has not written yet: a batch without a line, and events since the last one.
struct WaitingTrace: Codable {
  private struct Batch: Codable {
    let number: Int
    let points: Int
    let time: Double?
    let inertia: Double
  }

  private struct Event: Codable {
    let kind: String
    let cluster: Int
    let label: Int
    let parent: Int?
  }

  private let batch: Batch?
  private let events: [Event]

  init(_ batch: BatchFacts?, _ events: [ClusterEvent]) {
    self.batch = batch.map {
      Batch(number: $0.number, points: $0.points, time: $0.time, inertia: $0.inertia)
    }
    self.events = events.map { event in
      switch event.kind {
      case .born: Event(kind: "born", cluster: event.cluster, label: event.label, parent: nil)
      case .died: Event(kind: "died", cluster: event.cluster, label: event.label, parent: nil)
      case .split(let parent):
        Event(kind: "split", cluster: event.cluster, label: event.label, parent: parent)
      }
    }
  }

  /// The batch, as far as a trace tells of it.
  var pending: BatchFacts? {
    batch.map {
      BatchFacts(number: $0.number, points: $0.points, time: $0.time, inertia: $0.inertia)
    }
  }

  var clusterEvents: [ClusterEvent] {
    events.map { event in
      let kind: ClusterEvent.Kind =
        if let parent = event.parent {
          .split(parent: parent)
        } else {
          event.kind == "died" ? .died : .born
        }
      return ClusterEvent(kind, cluster: event.cluster, label: event.label)
    }
  }
}
