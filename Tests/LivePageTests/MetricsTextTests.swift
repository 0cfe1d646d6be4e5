import KMeansLivePage
import Testing

/// What Prometheus reads.
@Suite struct MetricsTextTests {
  @Test func `the whole text`() {
    let lines = SampleFeed.full().metrics.split(separator: "\n").map(String.init)
    for line in [
      "# HELP kmeans_points_total Points of these batches.", "# TYPE kmeans_points_total counter",
      "kmeans_points_total 200", "kmeans_batches_total 2",
      "kmeans_skipped_rows_total{reason=\"value\"} 4",
      "kmeans_skipped_rows_total{reason=\"zero\"} 0",
      "kmeans_cluster_events_total{kind=\"died\"} 1",
      "kmeans_cluster_events_total{kind=\"split\"} 1",
      "kmeans_cluster_events_total{kind=\"born\"} 0", "kmeans_input_ended 0", "kmeans_batch 2",
      "kmeans_inertia 200", "kmeans_inertia_after 100", "kmeans_inertia_per_point 2",
      "kmeans_moved 0.5", "kmeans_outlier_share 0.03", "kmeans_clusters 2",
      "kmeans_cluster_weight{cluster=\"0\"} 30", "kmeans_cluster_weight{cluster=\"7\"} 10",
      "kmeans_drift_speed 0.25", "kmeans_drift_share_change 0.01",
      "kmeans_drift_statistic{test=\"inertia\"} 2.5",
      "kmeans_drift_alarms_total{test=\"inertia\"} 1",
      "kmeans_drift_alarms_total{test=\"shares\"} 0", "kmeans_read_seconds_total 1",
      "# TYPE kmeans_update_seconds histogram", "kmeans_update_seconds_bucket{le=\"0.0025\"} 0",
      "kmeans_update_seconds_bucket{le=\"0.005\"} 2", "kmeans_update_seconds_bucket{le=\"+Inf\"} 2",
      "kmeans_update_seconds_sum 0.006", "kmeans_update_seconds_count 2", "kmeans_live_pages 0",
    ] { #expect(lines.contains(line), "\(line)") }
  }

  /// Each metric has its help and its type before its values, once, and all values are numbers.
  @Test(arguments: [true, false]) func `its form`(_ isFull: Bool) {
    let text = (isFull ? SampleFeed.full() : LiveFeed()).metrics
    #expect(text.hasSuffix("\n"))
    var names: Set<String> = []
    var current = ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      if line.hasPrefix("# HELP ") {
        current = words[2]
        #expect(names.insert(current).inserted, "\(line)")
        #expect(words.count == 4)
      } else if line.hasPrefix("# TYPE ") {
        #expect(words[2] == current)
        #expect(["counter", "gauge", "histogram"].contains(words[3]))
        #expect((words[3] == "counter") == current.hasSuffix("_total"))
      } else {
        let value = line.split(separator: " ").last.map(String.init) ?? ""
        #expect(line.hasPrefix(current) && Double(value) != nil, "\(line)")
      }
    }
    #expect(names.contains("kmeans_inertia") == isFull)
  }

  @Test func `an update is in the buckets of its time and of all above`() {
    var histogram = LatencyHistogram()
    for seconds in [0.001, 0.0011, 100] { histogram.add(seconds) }
    #expect(histogram.cumulative.prefix(2) == [1, 2])
    #expect(histogram.cumulative.suffix(2) == [2, 3])
    #expect(histogram.cumulative.count == LatencyHistogram.bounds.count + 1)
  }
}
