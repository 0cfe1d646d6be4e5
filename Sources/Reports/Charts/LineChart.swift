/// Lines over a common axis: inertia by iteration, weights by batch.
package struct LineChart: Sendable {
  /// One line.
  package struct Line: Sendable {
    /// What it shows, for the legend and for who points at it.
    package var name: String
    /// Ascending in x. What is no finite number breaks the line.
    package var points: [(x: Double, y: Double)]
    /// The number of its colour; `nil` for grey.
    package var color: Int?
    /// Whether a value holds until the next one.
    package var isStepped = false
    package var isDashed = false
    /// Whether each point has a mark.
    package var hasMarks = false

    package init(_ name: String, _ points: [(x: Double, y: Double)], color: Int?) {
      (self.name, self.points, self.color) = (name, points, color)
    }
  }

  /// A line across the chart that marks a value.
  package struct Rule: Sendable {
    package var value: Double
    package var text: String
    /// Whether it is a value of the horizontal axis, and the line upright.
    package var isUpright: Bool

    package init(_ value: Double, _ text: String, isUpright: Bool) {
      (self.value, self.text, self.isUpright) = (value, text, isUpright)
    }
  }

  package var plot: Plot
  package var lines: [Line]
  package var rules: [Rule] = []

  package init(_ plot: Plot, _ lines: [Line]) {
    (self.plot, self.lines) = (plot, lines)
  }

  /// The picture.
  package var markup: Markup {
    plot.drawn { svg in
      for rule in rules { draw(rule, &svg) }
      for line in lines { draw(line, &svg) }
    }
  }

  private func draw(_ line: Line, _ svg: inout Markup) {
    let places = line.points.map { (x: plot.x($0.x), y: plot.y($0.y)) }
    let style = "\(Palette.style(line.color)) line\(line.isDashed ? " dashed" : "")"
    svg.add("g", ["class": style]) { group in
      group.add("title", text: line.name)
      group.add("path", ["d": path(thinned(places), isStepped: line.isStepped)])
      guard line.hasMarks else { return }
      for (point, place) in zip(line.points, places) where place.x.isFinite && place.y.isFinite {
        group.add("circle", ["cx": px(place.x), "cy": px(place.y), "r": "3.5"]) {
          $0.add("title", text: "\(numberText(point.x, digits: 6)): \(numberText(point.y))")
        }
      }
    }
  }

  private func path(_ places: [(x: Double, y: Double)], isStepped: Bool) -> String {
    var path = PathText()
    var isDown = false
    for place in places {
      guard place.x.isFinite, place.y.isFinite else {
        isDown = false
        continue
      }
      if !isDown {
        path.move(place.x, place.y)
        // A lone point between breaks is seen as a dot.
        path.line(place.x, place.y)
      } else if isStepped {
        path.across(to: place.x)
        path.upright(to: place.y)
      } else {
        path.line(place.x, place.y)
      }
      isDown = true
    }
    return path.text
  }

  private func draw(_ rule: Rule, _ svg: inout Markup) {
    svg.add("g", ["class": "rule"]) { group in
      if rule.isUpright {
        let (place, isRight) = (plot.x(rule.value), plot.x.scale.place(of: rule.value) > 0.5)
        group.add(
          "line", ["x1": px(place), "x2": px(place), "y1": px(plot.top), "y2": px(plot.bottom)])
        group.add(
          "text",
          [
            "x": px(place + (isRight ? -5 : 5)), "y": px(plot.top + 14),
            "text-anchor": isRight ? "end" : "start",
          ], text: rule.text)
      } else {
        let place = plot.y(rule.value)
        group.add(
          "line", ["x1": px(plot.left), "x2": px(plot.right), "y1": px(place), "y2": px(place)])
        let isHigh = plot.y.scale.place(of: rule.value) > 0.9
        group.add(
          "text",
          ["x": px(plot.right - 6), "y": px(place + (isHigh ? 14 : -5)), "text-anchor": "end"],
          text: rule.text)
      }
    }
  }
}

/// The places of a line that can be seen: of all that share a pixel of the horizontal axis the
/// first, the least, the largest and the last, in their order. Breaks are kept.
///
/// - Complexity: O(n), for at most some thousand places of n.
package func thinned(_ places: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
  guard places.count > 3000 else { return places }
  var kept: [(x: Double, y: Double)] = []
  var start = 0
  while start < places.count {
    let pixel = places[start].x.rounded(.down)
    var end = start + 1
    while end < places.count, places[end].x.rounded(.down) == pixel { end += 1 }
    var chosen: Set<Int> = [start, end - 1]
    let finite = (start..<end).filter { places[$0].y.isFinite }
    if let least = finite.min(by: { places[$0].y < places[$1].y }) { chosen.insert(least) }
    if let largest = finite.max(by: { places[$0].y < places[$1].y }) { chosen.insert(largest) }
    if let gap = (start..<end).first(where: { !places[$0].y.isFinite }) { chosen.insert(gap) }
    kept += chosen.sorted().map { places[$0] }
    start = end
  }
  return kept
}
