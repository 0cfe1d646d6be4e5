/// The silhouettes of some points, cluster by cluster and in each from the largest to the least
/// (Rousseeuw, Silhouettes, 1987): broad blades to the right are clusters that stand apart, what
/// points to the left is nearer to another cluster.
package struct SilhouetteChart: Sendable {
  /// The blade of a cluster.
  package struct Blade: Sendable {
    package var name: String
    /// From -1 to 1.
    package var values: [Double]
    package var color: Int?

    package init(_ name: String, _ values: [Double], color: Int?) {
      (self.name, self.values, self.color) = (name, values, color)
    }
  }

  package var title: String
  package var blades: [Blade]
  /// The mean over all points.
  package var mean: Double
  private let gap = 3.0

  package init(_ title: String, _ blades: [Blade], mean: Double) {
    (self.title, self.mean) = (title, mean)
    self.blades = blades.filter { !$0.values.isEmpty }
  }

  /// The picture.
  package var markup: Markup {
    let heights = self.heights
    let least = blades.flatMap(\.values).min() ?? 0
    let x = Axis(
      "silhouette: 1 far from other clusters, 0 between two, below 0 nearer to another",
      .linear([least < 0 ? max(-1, least) : 0, 1], isTight: true))
    let height = heights.reduce(58) { $0 + $1 + gap }
    let names = blades.map { shortName($0.name, to: 24) }
    var plot = Plot(title, x: x, y: Axis("cluster", .linear([0, 1])), height: height)
    // The vertical axis has names for ticks.
    let edges = zip(heights.indices, heights).map { index, height in
      heights[..<index].reduce(plot.top) { $0 + $1 + gap }
    }
    let room = plot.bottom - plot.top
    let ticks = zip(names, zip(edges, heights)).compactMap { name, place in
      place.1 < 11
        ? nil
        : Scale.Tick(value: 1 - (place.0 + place.1 / 2 - plot.top) / room, text: name)
    }
    plot.y = Axis("cluster", Scale(kind: .linear, lower: 0, upper: 1, ticks: ticks.reversed()))
    return plot.drawn { svg in
      for (blade, place) in zip(blades, zip(edges, heights)) {
        draw(blade, plot, from: place.0, height: place.1, &svg)
      }
      let place = px(plot.x(mean))
      svg.add("g", ["class": "rule"]) {
        $0.add("line", ["x1": place, "x2": place, "y1": px(plot.top), "y2": px(plot.bottom)])
        $0.add(
          "text", ["x": px(plot.x(mean) + 5), "y": px(plot.bottom - 6)],
          text: "mean \(numberText(mean, digits: 3))")
      }
    }
  }

  /// The height of each blade, in pixels: by the number of its points, but never too thin to see.
  private var heights: [Double] {
    let total = Double(blades.reduce(0) { $0 + $1.values.count })
    return blades.map { max(4, 420 * Double($0.values.count) / total) }
  }

  /// Draws a blade by at most two points a pixel.
  private func draw(
    _ blade: Blade, _ plot: Plot, from top: Double, height: Double, _ svg: inout Markup
  ) {
    let sorted = blade.values.sorted(by: >)
    let steps = min(sorted.count, max(2, Int(height * 2)))
    var path = PathText()
    path.move(plot.x(0), top)
    for step in 0..<steps {
      let value = sorted[sorted.count * step / steps]
      path.upright(to: top + height * Double(step) / Double(steps))
      path.across(to: plot.x(value))
      path.upright(to: top + height * Double(step + 1) / Double(steps))
    }
    path.across(to: plot.x(0))
    path.close()
    let mean = blade.values.reduce(0, +) / Double(blade.values.count)
    svg.add("g", ["class": Palette.style(blade.color)]) {
      $0.add("title", text: "\(blade.name): mean \(numberText(mean, digits: 3))")
      $0.add("path", ["class": "area", "d": path.text])
    }
  }
}
