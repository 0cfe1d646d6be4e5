/// Points in the plane, in groups, with centroids and outlines. One unit is as long to the right as
/// upwards, so that distances are what they look like.
package struct ScatterChart: Sendable {
  package typealias Place = (x: Double, y: Double)

  /// The points of one colour.
  package struct Group: Sendable {
    package var name: String
    package var points: [(x: Double, y: Double)]
    /// The number of the colour; `nil` for grey.
    package var color: Int?
    package var isSquare = false

    package init(_ name: String, _ points: [(x: Double, y: Double)], color: Int?) {
      (self.name, self.points, self.color) = (name, points, color)
    }
  }

  /// A place with a name.
  package struct Mark: Sendable {
    package var x: Double
    package var y: Double
    /// What stands beside it; may be empty.
    package var text: String
    /// What is said of it to who points at it.
    package var title: String
    package var color: Int?
    /// In pixels.
    package var radius = 5.0

    package init(x: Double, y: Double, _ text: String, title: String, color: Int?) {
      (self.x, self.y, self.text, self.title) = (x, y, text, title)
      self.color = color
    }
  }

  /// A closed line.
  package struct Outline: Sendable {
    package var points: [(x: Double, y: Double)]
    package var color: Int?
    /// The name of the group that it belongs to.
    package var name: String

    package init(_ points: [(x: Double, y: Double)], color: Int?, name: String) {
      (self.points, self.color, self.name) = (points, color, name)
    }
  }

  package let title: String
  package let labels: (x: String, y: String)
  package var groups: [Group] = []
  package var marks: [Mark] = []
  package var outlines: [Outline] = []
  /// The size of the picture, in pixels.
  package var width = 760.0
  package var height = 470.0
  /// What is shown; what lies outside is cut off.
  package let window: (x: ClosedRange<Double>, y: ClosedRange<Double>)

  /// - Parameter window: the values to show; there is room around them.
  package init(
    _ title: String, labels: (x: String, y: String),
    window: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  ) {
    (self.title, self.labels, self.window) = (title, labels, window)
  }

  /// The picture.
  package var markup: Markup {
    plot.drawn { svg in
      for group in groups where !group.points.isEmpty { draw(group, &svg) }
      for outline in outlines { draw(outline, &svg) }
      for mark in marks { draw(mark, &svg) }
    }
  }

  /// The frame, whose scales have one unit.
  package var plot: Plot {
    func frame(_ x: Scale, _ y: Scale) -> Plot {
      var plot = Plot(title, x: Axis(labels.x, x), y: Axis(labels.y, y), height: height)
      plot.width = width
      // Whatever the ticks are, so that the units come out even.
      plot.leftEdge = 84
      return plot
    }
    let (across, upright) = (Self.margin(window.x), Self.margin(window.y))
    let first = frame(.linear([0, 1]), .linear([upright.lower, upright.upper], isTight: true))
    let (length, room) = (first.right - first.left, first.bottom - first.top)
    let found = max(
      (across.upper - across.lower) / length, (upright.upper - upright.lower) / room)
    // All points may be one.
    let unit = found > 0 ? found : 1 / length
    func scale(_ lower: Double, _ upper: Double, _ pixels: Double) -> Scale {
      let (middle, half) = (lower / 2 + upper / 2, unit * pixels / 2)
      return .linear([middle - half, middle + half], isTight: true)
    }
    return frame(
      scale(across.lower, across.upper, length), scale(upright.lower, upright.upper, room))
  }

  /// A range with some room on both sides.
  private static func margin(_ range: ClosedRange<Double>) -> (lower: Double, upper: Double) {
    let margin = 0.05 * (range.upperBound - range.lowerBound)
    return (range.lowerBound - margin, range.upperBound + margin)
  }
}

// The parts of the picture.
extension ScatterChart {
  private func draw(_ group: Group, _ svg: inout Markup) {
    let plot = plot
    var path = PathText()
    for point in group.points { path.dot(plot.x(point.x), plot.y(point.y)) }
    let style = "\(Palette.style(group.color)) dots\(group.isSquare ? " square" : "")"
    svg.add("g", ["class": style, "data-series": group.name]) {
      $0.add("title", text: group.name)
      $0.add("path", ["d": path.text])
    }
  }

  private func draw(_ outline: Outline, _ svg: inout Markup) {
    let plot = plot
    var path = PathText()
    for (index, point) in outline.points.enumerated() {
      let (x, y) = (plot.x(point.x), plot.y(point.y))
      if index == 0 { path.move(x, y) } else { path.line(x, y) }
    }
    path.close()
    svg.add(
      "path",
      [
        "class": "\(Palette.style(outline.color)) outline", "data-series": outline.name,
        "d": path.text,
      ])
  }

  private func draw(_ mark: Mark, _ svg: inout Markup) {
    let plot = plot
    let (x, y) = (plot.x(mark.x), plot.y(mark.y))
    svg.add("g", ["class": "\(Palette.style(mark.color)) mark"]) { group in
      group.add("title", text: mark.title)
      group.add("circle", ["cx": px(x), "cy": px(y), "r": px(mark.radius)])
      guard !mark.text.isEmpty else { return }
      group.add("text", ["x": px(x + mark.radius + 3), "y": px(y + 4)], text: mark.text)
    }
  }
}
