/// How often values come, in bars that stand side by side, one colour upon another for groups: the
/// picture of points that have a single column.
package struct Histogram: Sendable {
  /// Values of one colour.
  package struct Group: Sendable {
    package var name: String
    package var values: [Double]
    package var color: Int?

    package init(_ name: String, _ values: [Double], color: Int?) {
      (self.name, self.values, self.color) = (name, values, color)
    }
  }

  package var title: String
  package var label: String
  package var groups: [Group]
  /// Places to mark by a line, with their names.
  package var marks: [(value: Double, text: String, color: Int?)] = []
  /// What is counted, and the axis of the values where it is another than that of round numbers.
  package var counted = "points drawn"
  package var scale: Scale?
  private let bins = 80

  package init(_ title: String, label: String, _ groups: [Group]) {
    (self.title, self.label, self.groups) = (title, label, groups)
  }

  /// The picture.
  package var markup: Markup {
    let x = scale ?? .linear(groups.flatMap(\.values) + marks.map(\.value))
    let counts = groups.map { group in
      var counts = Array(repeating: 0, count: bins)
      for value in group.values where value.isFinite {
        counts[min(bins - 1, max(0, Int(x.place(of: value) * Double(bins))))] += 1
      }
      return counts
    }
    let largest = (0..<bins).map { bin in counts.reduce(0) { $0 + $1[bin] } }.max() ?? 0
    let plot = Plot(
      title, x: Axis(label, x),
      y: Axis(counted, .linear([0, Double(max(1, largest))], hasZero: true, isWhole: true)))
    return plot.drawn { svg in
      var below = Array(repeating: 0, count: bins)
      let width = (plot.right - plot.left) / Double(bins)
      for (group, counts) in zip(groups, counts) {
        svg.add("g", ["class": Palette.style(group.color)]) { part in
          part.add("title", text: group.name)
          for bin in 0..<bins where counts[bin] > 0 {
            let (bottom, top) = (
              plot.y(Double(below[bin])), plot.y(Double(below[bin] + counts[bin]))
            )
            part.add(
              "rect",
              [
                "class": "area", "x": px(plot.left + width * Double(bin)), "y": px(top),
                "width": px(width - 0.5), "height": px(max(0.5, bottom - top)),
              ])
            below[bin] += counts[bin]
          }
        }
      }
      for mark in marks {
        let place = px(plot.x(mark.value))
        svg.add("g", ["class": "\(Palette.style(mark.color)) mark"]) {
          $0.add("title", text: "cluster \(mark.text): \(numberText(mark.value))")
          $0.add("circle", ["cx": place, "cy": px(plot.bottom - 2), "r": "5"])
          $0.add(
            "text", ["x": place, "y": px(plot.bottom - 11), "text-anchor": "middle"],
            text: mark.text)
        }
      }
    }
  }
}
