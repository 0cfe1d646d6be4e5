/// A bar for each cluster from its birth to its death, one below the other.
struct Lifelines {
  let history: StreamHistory
  let lives: [ClusterLife]

  /// How many bars a picture has at most.
  static let most = 60
  private static let row = 18.0

  var markup: Markup {
    let count = Double(lives.count)
    let names = lives.enumerated().map { place, life in
      Scale.Tick(value: Double(place) + 0.5, text: life.name(among: history.runCount))
    }
    // Downwards: the first one is on top.
    let scale = Scale(kind: .linear, lower: count, upper: 0, ticks: names)
    let plot = history.plot(
      "Lives of the clusters", Axis("", scale), height: Self.row * count + 60)
    return plot.drawn { svg in
      for rule in history.changeRules {
        let x = px(plot.x(rule.value))
        svg.add("g", ["class": "rule"]) {
          $0.add("line", ["x1": x, "x2": x, "y1": px(plot.top), "y2": px(plot.bottom)])
        }
      }
      for (place, life) in lives.enumerated() { draw(life, place, plot, &svg) }
    }
  }

  private func draw(_ life: ClusterLife, _ place: Int, _ plot: Plot, _ svg: inout Markup) {
    let y = plot.y(Double(place) + 0.5)
    let (start, end) = (plot.x(life.begin), plot.x(life.end))
    svg.add("g", ["class": "\(Palette.style(life.color)) bar"]) { group in
      group.add("title", text: text(life))
      group.add(
        "rect",
        [
          "x": px(start), "y": px(y - 5), "width": px(max(2, end - start)), "height": "10",
          "rx": "2",
        ])
    }
    if let parent = life.parent, let row = lives.firstIndex(where: { $0.key == parent }) {
      var path = PathText()
      path.move(start, plot.y(Double(row) + 0.5))
      path.upright(to: y)
      svg.add("g", ["class": "\(Palette.style(life.color)) line"]) {
        $0.add("title", text: "split of cluster \(parent.id)")
        $0.add("path", ["d": path.text])
      }
    }
    guard life.hasDied else { return }
    var path = PathText()
    path.move(end - 4, y - 7)
    path.line(end + 4, y + 7)
    path.move(end - 4, y + 7)
    path.line(end + 4, y - 7)
    svg.add("g", ["class": "\(Palette.style(life.color)) line"]) {
      $0.add("title", text: text(life))
      $0.add("path", ["d": path.text])
    }
  }

  private func text(_ life: ClusterLife) -> String {
    let from =
      "\(life.name(among: history.runCount)): from batch \(numberText(life.begin, digits: 9))"
    let origin = life.parent.map { ", split of cluster \($0.id)" } ?? ""
    return life.hasDied
      ? "\(from)\(origin), died in batch \(numberText(life.end, digits: 9))" : "\(from)\(origin)"
  }
}
