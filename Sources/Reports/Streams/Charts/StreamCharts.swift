import Clustering

// The charts of a stream over its batches.

extension StreamHistory {
  /// The first and the last place on the axis of batches.
  var ends: [Double] { [measures.first?.x ?? 0, measures.last?.x ?? 1] }

  /// A chart over batches.
  func plot(_ title: String, _ y: Axis, height: Double = 260) -> Plot {
    Plot(title, x: Axis("batch", .linear(ends, isTight: true, isWhole: true)), y: y, height: height)
  }

  /// Upright lines where something changes, and where a run begins.
  var changeRules: [LineChart.Rule] {
    let rules =
      changes.map { LineChart.Rule($0.x, $0.text, isUpright: true) }
      + laterRuns.map { LineChart.Rule($0, "next run", isUpright: true) }
    return rules.count > 12 ? [] : rules
  }

  /// A scale by logarithms where values differ by more than 30 times, else a linear one with 0.
  static func scale(_ values: [Double]) -> Scale {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    if let least = positive.min(), let largest = positive.max(), largest > 30 * least,
      positive.count == values.count, let scale = Scale.logarithmic(positive)
    {
      return scale
    }
    return .linear(values, hasZero: true)
  }

  /// A chart of one value a batch; `nil` where no batch has it.
  ///
  /// - Parameters:
  ///   - name: that of the line.
  ///   - unit: what stands beside the axis.
  private func chart(
    _ title: String, _ name: String, unit: String, color: Int, height: Double = 260,
    scale: ([Double]) -> Scale = Self.scale, _ value: (Measure) -> Double?
  ) -> LineChart? {
    let points = measures.compactMap { measure in value(measure).map { (x: measure.x, y: $0) } }
    guard !points.isEmpty else { return nil }
    let axis = Axis(unit, scale(points.map { $0.y }))
    var chart = LineChart(
      plot(title, axis, height: height), [LineChart.Line(name, points, color: color)])
    chart.rules = changeRules
    return chart
  }

  /// The squared distance of points to centroids, in the mean of each batch.
  var distanceChart: LineChart? {
    chart(
      "Mean squared distance of the points of a batch to their centroids", "mean squared distance",
      unit: "squared distance of a point", color: 0
    ) { $0.squaredDistance }
  }

  /// The distance of the centroids to the truth.
  var truthChart: LineChart? {
    chart(
      "Distance of the true centers to the nearest centroids", "distance to the truth",
      unit: "distance to the truth", color: 1
    ) { $0.truthDistance }
  }

  /// The statistics of the tests for drift, with the threshold of the alarms.
  var driftChart: LineChart? {
    let lines = DriftEvent.Kind.allCases.enumerated().map { color, kind in
      let points = measures.compactMap { measure in
        measure.drift?.statistics[kind.rawValue].map { (x: measure.x, y: $0) }
      }
      return LineChart.Line(kind.rawValue, points, color: color)
    }
    let values = lines.flatMap { $0.points.map { $0.y } }
    guard !values.isEmpty else { return nil }
    let alarms = happenings.filter { $0.event.kind == "drift" }
    let threshold = alarms.compactMap(\.event.threshold).first
    let axis = Axis(
      "statistic (deviations)", .linear(values + (threshold.map { [$0] } ?? []), hasZero: true))
    var chart = LineChart(plot("Tests for drift", axis), lines)
    if let threshold {
      chart.rules.append(LineChart.Rule(threshold, "alarm above", isUpright: false))
    }
    if alarms.count <= 12 {
      chart.rules += alarms.map {
        LineChart.Rule($0.x, "alarm: \($0.event.of ?? "drift")", isUpright: true)
      }
    }
    return chart
  }

  /// The speed of the centroids.
  var speedChart: LineChart? {
    chart(
      "Speed of the centroids", "speed", unit: "radii per half-life", color: 0, height: 200,
      scale: { .linear($0, hasZero: true) }
    ) { $0.drift?.speed }
  }
}
