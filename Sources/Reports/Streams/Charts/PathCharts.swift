import Clustering

/// Where centroids are over batches, a chart for each direction.
struct PathCharts {
  let history: StreamHistory
  let plane: StreamPlane
  let lives: [ClusterLife]
  let frames: [StreamHistory.Frame]

  /// The charts: one for each axis of the plane.
  var charts: [LineChart] {
    let directions: [(label: String, value: ((x: Double, y: Double)) -> Double)] = [
      (plane.labels.x, { $0.x }), (plane.labels.y, { $0.y }),
    ]
    return directions.map { label, value in
      var lines: [LineChart.Line] = truth(value)
      lines += lives.map { life in
        let points = frames.indices.compactMap { frame in
          life.row(frame).map {
            (x: frames[frame].x, y: value(plane.place(frames[frame].record.centroids[$0])))
          }
        }
        return LineChart.Line(life.name(among: history.runCount), points, color: life.color)
      }
      let values = lines.flatMap { $0.points.map { $0.y } }
      let plot = history.plot(
        "Centroids over batches: \(label)", Axis(label, .linear(values)), height: 220)
      var chart = LineChart(plot, lines)
      chart.rules = history.changeRules
      return chart
    }
  }

  /// The true centers, dashed.
  private func truth(_ value: ((x: Double, y: Double)) -> Double) -> [LineChart.Line] {
    var points: [Int: [(x: Double, y: Double)]] = [:]
    for frame in frames {
      guard let truth = frame.truth else { continue }
      for (row, center) in truth.centers.enumerated() where points.count < WeightChart.most {
        points[truth.ids?[row] ?? row, default: []].append(
          (x: frame.x, y: value(plane.place(center))))
      }
    }
    return points.sorted { $0.key < $1.key }.map { id, points in
      var line = LineChart.Line("true center \(id)", points, color: nil)
      (line.isDashed, line.isStepped) = (true, true)
      return line
    }
  }
}
