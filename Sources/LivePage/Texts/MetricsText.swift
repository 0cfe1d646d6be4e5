// What /metrics sends: the state of a stream in the text format of Prometheus.
// https://prometheus.io/docs/instrumenting/exposition_formats/

/// A text of metrics that grows.
struct MetricsText {
  private(set) var text = ""

  private enum Kind: String { case counter, gauge, histogram }

  /// One metric, without labels.
  private mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double?) {
    add(name, kind, help, [("", value)])
  }

  /// A metric with a value for each of some labels, as `{label="value"}`. What there is none of is
  /// left out, with its help.
  private mutating func add(
    _ name: String, _ kind: Kind, _ help: String, _ values: [(labels: String, value: Double?)]
  ) {
    let lines = values.compactMap { labels, value in
      value.map { "\(name)\(labels) \(Self.number($0))\n" }
    }
    guard !lines.isEmpty else { return }
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n" + lines.joined()
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value.magnitude < 1e15, value == value.rounded(.towardZero) { return "\(Int(value))" }
    return "\(value)"
  }

  /// - Parameter pages: how many are open.
  static func text(_ state: FeedState, pages: Int) -> String {
    var metrics = MetricsText()
    metrics.addCounts(state.totals, state)
    metrics.addLast(state.totals)
    metrics.addClusters(state)
    metrics.addDrift(state.totals)
    metrics.addTimes(state.totals)
    metrics.add("kmeans_live_pages", .gauge, "Pages that are open.", Double(pages))
    return metrics.text
  }

  private mutating func addCounts(_ totals: FeedTotals, _ state: FeedState) {
    add(
      "kmeans_batches_total", .counter, "Batches since the stream began to be served.",
      Double(totals.batches))
    add("kmeans_points_total", .counter, "Points of these batches.", Double(totals.points))
    add(
      "kmeans_skipped_rows_total", .counter, "Rows that were left out, by reason.",
      totals.skipped.sorted { $0.key < $1.key }
        .map { ("{reason=\"\($0.key)\"}", Double($0.value)) })
    add(
      "kmeans_late_points_total", .counter, "Points that came too late to be learnt.",
      Double(totals.latePoints))
    add(
      "kmeans_waiting_points", .gauge, "Points that wait until there are enough to begin with.",
      Double(totals.last?.waitingPoints ?? 0))
    add(
      "kmeans_cluster_events_total", .counter, "Clusters that were born, died or came of a split.",
      ["born", "died", "split"].map {
        ("{kind=\"\($0)\"}", Double(state.lifelines.counts[$0] ?? 0))
      })
    add(
      "kmeans_input_ended", .gauge, "1 once the input has ended.", state.hasEnded ? 1 : 0)
  }

  private mutating func addLast(_ totals: FeedTotals) {
    guard let last = totals.last else { return }
    add("kmeans_batch", .gauge, "The number of the last batch.", Double(last.number))
    add("kmeans_time", .gauge, "What the clock of the stream shows.", last.time)
    add(
      "kmeans_inertia", .gauge, "Of the last batch, to the centroids before it was learnt.",
      last.inertia)
    add(
      "kmeans_inertia_after", .gauge, "Of the last batch, to the centroids after the update.",
      last.inertiaAfter)
    add(
      "kmeans_inertia_per_point", .gauge, "kmeans_inertia by the weight of the batch.",
      last.inertiaPerPoint)
    add(
      "kmeans_moved", .gauge, "The largest move of a centroid in the last batch.", last.moved)
    add(
      "kmeans_outlier_share", .gauge,
      "The share of the points of the last batch with an outlier score above 4.",
      last.outlierShare)
  }

  private mutating func addClusters(_ state: FeedState) {
    guard let clusters = state.clusters, !clusters.ids.isEmpty else { return }
    add(
      "kmeans_clusters", .gauge, "Clusters with a weight above 0.",
      Double(clusters.weights.count { $0 > 0 }))
    add(
      "kmeans_cluster_weight", .gauge, "The decayed weight of the points of a cluster, by its id.",
      zip(clusters.ids, clusters.weights).map { ("{cluster=\"\($0)\"}", $1) })
  }

  private mutating func addDrift(_ totals: FeedTotals) {
    guard let drift = totals.drift else { return }
    add(
      "kmeans_drift_speed", .gauge, "The speed of the centroids, in radii per half-life.",
      drift.speed)
    add(
      "kmeans_drift_share_change", .gauge,
      "The divergence of the shares of the clusters from what they were, in bits.",
      drift.shareChange)
    add(
      "kmeans_drift_statistic", .gauge, "The statistic of a test for drift.",
      drift.statistics.map { ("{test=\"\($0.test)\"}", $0.value) })
    add(
      "kmeans_drift_alarms_total", .counter, "Alarms of a test for drift.",
      drift.statistics.map { ("{test=\"\($0.test)\"}", Double(totals.alarms[$0.test] ?? 0)) })
  }

  private mutating func addTimes(_ totals: FeedTotals) {
    add(
      "kmeans_read_seconds_total", .counter, "Time spent reading, and waiting for what is read.",
      totals.readSeconds)
    let name = "kmeans_update_seconds"
    let counts = totals.updates.cumulative
    let bounds = LatencyHistogram.bounds.map(Self.number) + ["+Inf"]
    text += "# HELP \(name) Time of an update, and of the prediction before it.\n"
    text += "# TYPE \(name) histogram\n"
    for (bound, count) in zip(bounds, counts) {
      text += "\(name)_bucket{le=\"\(bound)\"} \(count)\n"
    }
    text += "\(name)_sum \(Self.number(totals.updates.sum))\n"
    text += "\(name)_count \(counts.last ?? 0)\n"
  }
}
