import Clustering

/// The weights of clusters over batches, by their logarithms: a cluster without points falls along
/// a straight line, to the weight at which it dies.
struct WeightChart {
  let history: StreamHistory
  let lives: [ClusterLife]
  let frames: [StreamHistory.Frame]
  /// After how many half-lives without points a cluster dies; `nil` for never.
  let deaths: Double?

  /// How many lines can be told apart.
  static let most = 24

  /// The chart, and what its colours are.
  var chart: (chart: LineChart, legend: Legend)? {
    var lines = lives.map { life in
      LineChart.Line(
        life.name(among: history.runCount),
        frames.indices.compactMap { frame in
          life.row(frame).map { (x: frames[frame].x, y: frames[frame].record.weights[$0]) }
        }, color: life.color)
    }
    let values = lines.flatMap { $0.points.map { $0.y } }
    guard let largest = values.max(), largest > 0 else { return nil }
    let death = deathLine
    let all = values + (death?.points.map { $0.y } ?? [])
    // What is next to nothing would leave no room for the rest.
    guard let scale = Scale.logarithmic(all.filter { $0 >= largest * 1e-12 }) else { return nil }
    var entries = entries(lines)
    if let death {
      var entry = Legend.Entry(death.name, color: nil)
      (entry.isLine, entry.isDashed) = (true, true)
      entries.append(entry)
      lines.append(death)
    }
    let axis = Axis("weight (points, logarithmic)", scale)
    var chart = LineChart(history.plot("Weights of the clusters", axis, height: 300), lines)
    chart.rules = history.changeRules
    return (chart, Legend(entries))
  }

  /// The lines that have a colour, and how many others there are.
  private func entries(_ lines: [LineChart.Line]) -> [Legend.Entry] {
    let named = lines.filter { $0.color != nil }.prefix(16)
    var entries = named.map { Legend.Entry($0.name, color: $0.color) }
    let others = lines.count - named.count
    if others > 0 {
      entries.append(
        Legend.Entry(
          "\(countText(others)) other\(others == 1 ? " cluster" : " clusters")", color: nil))
    }
    for place in entries.indices { entries[place].isLine = true }
    return entries
  }

  /// Where a cluster dies that had as much as the mean, by its last points.
  private var deathLine: LineChart.Line? {
    guard let deaths, deaths > 0, deaths < 1000 else { return nil }
    var share = 1.0
    for _ in 0..<Int(deaths) { share /= 2 }
    let points = frames.map { frame in
      let weights = frame.record.weights
      return (x: frame.x, y: weights.reduce(0, +) / Double(max(1, weights.count)) * share)
    }
    var line = LineChart.Line(
      "where a cluster of mean weight dies: \(numberText(deaths)) half-lives without points",
      points,
      color: nil)
    line.isDashed = true
    return line
  }
}
