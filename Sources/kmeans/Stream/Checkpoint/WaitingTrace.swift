/// What a trace has not written yet: a batch without a line, and events since the last one.
struct WaitingTrace: Codable {
  private struct Batch: Codable {
    @CheckedCount var number: Int
    @CheckedCount var points: Int
    let time: Double?
    let inertia: Double
    let drift: String?
  }

  private let batch: Batch?
  /// As the trace has them.
  let events: [String]

  init(_ batch: BatchFacts?, _ events: [String]) {
    self.batch = batch.map {
      Batch(
        number: $0.number, points: $0.points, time: $0.time, inertia: $0.inertia, drift: $0.drift)
    }
    self.events = events
  }

  /// The batch, as far as a trace tells of it.
  var pending: BatchFacts? {
    batch.map {
      BatchFacts(
        number: $0.number, points: $0.points, time: $0.time, inertia: $0.inertia, drift: $0.drift)
    }
  }
}
