/// The frame of a chart: two axes with their ticks and labels, and the area between them, in which
/// something is drawn.
///
/// A picture has a width of ``width`` pixels and grows and shrinks with the page.
package struct Plot: Sendable {
  /// What is shown: the name of the picture for those who do not see it.
  package var title: String
  /// More of it, for them alone.
  package var description = ""
  package var x: Axis
  package var y: Axis
  package var width = 760.0
  package var height = 320.0
  /// Where the area begins, whatever the ticks are; its end does not depend on them either then.
  package var leftEdge: Double?

  package init(_ title: String, x: Axis, y: Axis, height: Double = 320) {
    (self.title, self.x, self.y) = (title, x, y)
    self.height = height
  }

  /// The edges of the area.
  package var left: Double {
    leftEdge ?? 34 + 14 * Double(upright.count - 1)
      + 7 * Double(y.scale.ticks.reduce(1) { max($0, $1.text.count) })
  }
  package var right: Double {
    leftEdge == nil
      ? width - max(22, 4 * Double(x.scale.ticks.last?.text.count ?? 0)) : width - 36
  }
  package var top: Double { 12 }
  package var bottom: Double { height - 46 }

  /// The place of a value on the horizontal axis, in pixels.
  package func x(_ value: Double) -> Double { left + x.scale.place(of: value) * (right - left) }

  /// The place of a value on the vertical axis, in pixels.
  package func y(_ value: Double) -> Double {
    bottom - y.scale.place(of: value) * (bottom - top)
  }

  /// The picture.
  ///
  /// - Parameter body: draws the area; what lies outside of it is cut off.
  package func drawn(_ body: (inout Markup) -> Void) -> Markup {
    drawing(title, description, width: width, height: height) { svg in
      drawAxes(&svg)
      // Marks at the edges are whole.
      let (x, y) = (px(left - Self.rim), px(top - Self.rim))
      let (width, height) = (
        px(right - left + 2 * Self.rim), px(bottom - top + 2 * Self.rim)
      )
      svg.add(
        "svg",
        [
          "x": x, "y": y, "width": width, "height": height,
          "viewBox": "\(x) \(y) \(width) \(height)",
        ]
      ) { body(&$0) }
    }
  }

  /// How far outside of the area something is still seen, in pixels.
  private static let rim = 6.0

  /// The label of the vertical axis, in lines that are no longer than the axis.
  private var upright: [String] {
    let most = max(12, Int((bottom - top) / 6.4))
    guard y.label.count > most else { return [y.label] }
    var lines: [String] = []
    for word in y.label.split(separator: " ") {
      if let last = lines.last, last.count + word.count < most {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(shortName(String(word), to: most))
      }
    }
    return lines
  }

  private func drawAxes(_ svg: inout Markup) {
    svg.add("g", ["class": "axis"]) { axes in
      for tick in x.scale.ticks {
        let place = px(x(tick.value))
        axes.add("line", ["x1": place, "x2": place, "y1": px(top), "y2": px(bottom)])
        axes.add(
          "text", ["x": place, "y": px(bottom + 16), "text-anchor": "middle"], text: tick.text)
      }
      for tick in y.scale.ticks {
        let place = y(tick.value)
        axes.add("line", ["x1": px(left), "x2": px(right), "y1": px(place), "y2": px(place)])
        axes.add(
          "text", ["x": px(left - 6), "y": px(place + 4), "text-anchor": "end"], text: tick.text)
      }
      axes.add(
        "text",
        [
          "x": px((left + right) / 2), "y": px(height - 8), "text-anchor": "middle",
          "class": "label",
        ], text: x.label)
      for (line, text) in upright.enumerated() {
        let middle = "\(px(14 + 14 * Double(line))) \(px((top + bottom) / 2))"
        axes.add(
          "text",
          [
            "transform": "translate(\(middle)) rotate(-90)", "text-anchor": "middle",
            "class": "label",
          ],
          text: text)
      }
    }
  }
}

/// A picture that has a name for those who do not see it.
///
/// - Parameter description: more than its name; may be empty.
package func drawing(
  _ title: String, _ description: String = "", width: Double, height: Double,
  _ body: (inout Markup) -> Void
) -> Markup {
  var svg = Markup()
  svg.add(
    "svg",
    [
      "viewBox": "0 0 \(px(width)) \(px(height))", "width": px(width), "height": px(height),
      "role": "img", "aria-label": title, "class": "chart",
    ]
  ) { svg in
    svg.add("title", text: title)
    if !description.isEmpty { svg.add("desc", text: description) }
    body(&svg)
  }
  return svg
}
