// What a page gets: the state of a stream as one event of a stream of events.

/// The events that a page listens to.
///
/// Each holds all but the past of the clusters, so that a page that missed some has lost nothing
/// but a few points of a line; the first one holds that past, too.
enum FeedMessage {
  /// How long a page waits before it connects again, in milliseconds.
  static let retry = Array("retry: 2000\n\n".utf8)
  /// What keeps a connection open and finds out whether anybody is there.
  static let heartbeat = Array(": there\n\n".utf8)

  /// A frame of a stream of events (WHATWG HTML, 9.2.6). JSON has no line ends.
  static func frame(_ state: FeedState, withSamples: Bool) -> [UInt8] {
    Array("data: \(text(state, withSamples: withSamples))\n\n".utf8)
  }

  static func text(_ state: FeedState, withSamples: Bool) -> String {
    let totals = state.totals
    let last = totals.last
    let skippedBy = totals.skipped.sorted { $0.key < $1.key }
      .map { "\"\($0.key)\":\($0.value)" }
    let columns = state.projection.columns.map {
      $0 < state.names.columns.count ? state.names.columns[$0] : "\"column\($0 + 1)\""
    }
    var fields: [(String, String)] = [
      ("input", state.names.input),
      ("ended", "\(state.hasEnded)"),
      ("learns", "\(state.names.learns)"),
      ("watchesDrift", "\(state.names.watchesDrift)"),
      ("batch", "\(last?.number ?? 0)"),
      ("points", "\(totals.points)"),
      ("skipped", "\(totals.skipped.values.reduce(0, +))"),
      ("skippedBy", "{\(skippedBy.joined(separator: ","))}"),
      ("late", "\(totals.latePoints)"),
      ("waiting", "\(last?.waitingPoints ?? 0)"),
      ("time", JSONText.exact(last?.time)),
      ("clusters", "\(state.clusters?.ids.count ?? 0)"),
      ("weight", JSONText.drawn(state.clusters?.weights.reduce(0, +) ?? 0)),
      ("columns", JSONText.list(columns)),
      ("projection", "\(state.projection.number)"),
      ("series", series(state.series)),
      ("lives", lives(state)),
      ("events", JSONText.list(state.lifelines.events.map(text))),
      ("now", state.samples.last.map(text) ?? "null"),
    ]
    if withSamples {
      fields.append(("samples", JSONText.list(state.samples.samples.map(text))))
    }
    return "{\(fields.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
  }

  private static func series(_ series: BatchSeries) -> String {
    let samples = series.samples
    let lists: [(String, String)] = [
      ("batch", JSONText.list(samples.map(\.batch))),
      ("inertia", JSONText.list(samples.map(\.inertiaPerPoint))),
      ("inertiaAfter", JSONText.list(samples.map(\.inertiaAfterPerPoint))),
      ("moved", JSONText.list(samples.map(\.moved))),
      ("outlierShare", JSONText.list(samples.map(\.outlierShare))),
      ("skipped", JSONText.list(samples.map(\.skipped))),
      ("speed", JSONText.list(samples.map(\.speed))),
      ("shareChange", JSONText.list(samples.map(\.shareChange))),
      ("seconds", JSONText.list(samples.map(\.seconds))),
    ]
    return "{\"every\":\(series.every),"
      + lists.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  /// Of the clusters that are drawn, and of those that have died: `[id, from, to, parent]`.
  private static func lives(_ state: FeedState) -> String {
    JSONText.list(
      state.lifelines.lives(of: state.samples.last?.ids ?? []).map { life in
        let (to, parent) = (life.to.map(\.description), life.parent.map(\.description))
        return "[\(life.id),\(life.from),\(to ?? "null"),\(parent ?? "null")]"
      })
  }

  /// `[batch, kind, cluster or test, parent]`.
  private static func text(_ entry: Lifelines.Entry) -> String {
    let rest =
      switch entry.event {
      case .born(let id), .died(let id): "\(id),null"
      case .split(let id, let parent): "\(id),\(parent)"
      case .drift(let test): "\"\(test)\",null"
      }
    return "[\(entry.batch),\"\(entry.event.kind)\",\(rest)]"
  }

  private static func text(_ sample: ClusterSample) -> String {
    "{\"batch\":\(sample.batch),\"projection\":\(sample.projection),"
      + "\"ids\":\(JSONText.list(sample.ids)),"
      + "\"weights\":\(JSONText.list(sample.weights)),"
      + "\"x\":\(JSONText.list(sample.x)),\"y\":\(JSONText.list(sample.y))}"
  }
}
