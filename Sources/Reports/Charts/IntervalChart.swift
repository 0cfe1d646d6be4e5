/// An interval on an axis, with values in it or beside it: what a number lies between for certain,
/// and what it is.
package struct IntervalChart: Sendable {
  /// A value with its name.
  package struct Mark: Sendable {
    package var value: Double
    package var name: String
    package var color: Int?

    package init(_ value: Double, _ name: String, color: Int?) {
      (self.value, self.name, self.color) = (value, name, color)
    }
  }

  package var title: String
  package var label: String
  /// What the interval is.
  package var name: String
  package var interval: ClosedRange<Double>
  package var marks: [Mark]

  package init(
    _ title: String, label: String, _ name: String, _ interval: ClosedRange<Double>,
    _ marks: [Mark]
  ) {
    (self.title, self.label, self.name) = (title, label, name)
    (self.interval, self.marks) = (interval, marks)
  }

  /// The picture.
  package var markup: Markup {
    let rows = Double(marks.count + 1)
    let x = Scale.linear([interval.lowerBound, interval.upperBound] + marks.map(\.value))
    let plot = Plot(
      title, x: Axis(label, x), y: Axis("", Scale(kind: .linear, lower: 0, upper: 1, ticks: [])),
      height: 62 + 34 * rows)
    return plot.drawn { svg in
      let (start, end) = (plot.x(interval.lowerBound), plot.x(interval.upperBound))
      svg.add("g", ["class": Palette.style(0)]) { group in
        group.add("title", text: name)
        group.add(
          "rect",
          [
            "class": "area", "fill-opacity": "0.3", "x": px(start), "y": px(plot.top),
            "width": px(max(2, end - start)), "height": px(plot.bottom - plot.top),
          ])
        addText(name, at: (start + end) / 2, y: plot.top + 21, plot, &group)
      }
      for (row, mark) in marks.enumerated() {
        let (place, y) = (plot.x(mark.value), plot.top + 34 * Double(row + 1) + 17)
        svg.add("g", ["class": "\(Palette.style(mark.color)) mark"]) { group in
          group.add("title", text: "\(mark.name): \(numberText(mark.value, digits: 6))")
          group.add("circle", ["cx": px(place), "cy": px(y), "r": "6"])
          let isRight = mark.value > x.lower / 2 + x.upper / 2
          group.add(
            "text",
            [
              "x": px(place + (isRight ? -11 : 11)), "y": px(y + 4),
              "text-anchor": isRight ? "end" : "start",
            ], text: "\(mark.name) \(numberText(mark.value, digits: 6))")
        }
      }
    }
  }

  /// A text around a place, within the picture.
  private func addText(
    _ text: String, at place: Double, y: Double, _ plot: Plot, _ group: inout Markup
  ) {
    let half = 3.6 * Double(text.count)
    let middle = min(max(place, plot.left + half), plot.right - half)
    group.add("text", ["x": px(middle), "y": px(y), "text-anchor": "middle"], text: text)
  }
}
