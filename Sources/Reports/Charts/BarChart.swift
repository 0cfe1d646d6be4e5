/// Horizontal bars from 0 on, one a line, to the right or to the left, each with its name before it
/// and its number behind it, or at the end of the line.
package struct BarChart: Sendable {
  /// One bar.
  package struct Bar: Sendable {
    package var name: String
    /// `nil` for a bar that cannot be drawn: its text stands alone.
    package var value: Double?
    /// What stands behind it.
    package var text: String
    /// The number of its colour; `nil` for grey.
    package var color: Int?

    package init(_ name: String, _ value: Double?, _ text: String, color: Int?) {
      (self.name, self.value, self.text, self.color) = (name, value, text, color)
    }
  }

  package var title: String
  package var bars: [Bar]
  /// The least extent to both sides, so that charts side by side have one scale; 0 for that of the
  /// bars.
  package var extent = 0.0
  /// The ends of the axis of charts that share it, and the longest name and text of all of them.
  private var shared: (ends: (Double, Double), name: Int, text: Int)?
  package var width = 760.0
  /// The longest name that is written out.
  package var nameLength = 40
  /// Whether numbers stand below one another at the end of the line, as they do where bars go to
  /// the left.
  package var alignsTexts = false

  package init(_ title: String, _ bars: [Bar]) {
    (self.title, self.bars) = (title, bars)
  }

  /// Gives charts that stand side by side one scale with one zero, so that lengths can be compared
  /// between them. They should have one width.
  package static func shareScale(_ charts: inout [BarChart]) {
    let ends = (charts.map(\.least).min() ?? 0, charts.map(\.largest).max() ?? 0)
    let (name, text) = (
      charts.map(\.longestName).max() ?? 1, charts.map(\.longestText).max() ?? 1
    )
    for place in charts.indices { charts[place].shared = (ends, name, text) }
  }

  /// The picture.
  package var markup: Markup {
    let height = 22 * Double(max(bars.count, 1)) + 4
    return drawing(title, width: width, height: height) { svg in
      for (row, bar) in bars.enumerated() { draw(bar, row, &svg) }
      let zero = px(place(0))
      svg.add("line", ["class": "zero", "x1": zero, "x2": zero, "y1": "0", "y2": px(height)])
    }
  }

  private var nameWidth: Double {
    12 + 7.5 * Double(shared?.name ?? longestName)
  }
  private var textWidth: Double { 12 + 7.3 * Double(shared?.text ?? longestText) }
  private var longestName: Int { min(nameLength, bars.reduce(1) { max($0, $1.name.count) }) }
  private var longestText: Int { bars.reduce(1) { max($0, $1.text.count) } }
  private var least: Double {
    bars.reduce(bars.contains { ($0.value ?? 0) < 0 } ? -extent : 0) { min($0, $1.value ?? 0) }
  }
  private var largest: Double {
    bars.reduce(bars.contains { ($0.value ?? 0) > 0 } ? extent : 0) { max($0, $1.value ?? 0) }
  }

  /// The place of a value, in pixels.
  private func place(_ value: Double) -> Double {
    let (left, room) = (nameWidth, max(40, width - nameWidth - textWidth))
    let (least, largest) = shared?.ends ?? (self.least, self.largest)
    let span = largest - least
    guard span > 0, span.isFinite else { return left }
    return left + (value - least) / span * room
  }

  private func draw(_ bar: Bar, _ row: Int, _ svg: inout Markup) {
    let y = 22 * Double(row)
    svg.add("g", ["class": "\(Palette.style(bar.color)) bar"]) { group in
      group.add("title", text: "\(bar.name): \(bar.text)")
      group.add(
        "text", ["x": px(nameWidth - 8), "y": px(y + 16), "text-anchor": "end", "class": "name"],
        text: shortName(bar.name, to: nameLength))
      let (zero, end) = (place(0), place(bar.value ?? 0))
      let length = bar.value == nil || bar.value == 0 ? 0 : max(1, (end - zero).magnitude)
      if length > 0 {
        group.add(
          "rect",
          [
            "x": px(end < zero ? zero - length : zero), "y": px(y + 4), "width": px(length),
            "height": "16",
          ])
      }
      let isAtEnd = alignsTexts || least < 0
      group.add(
        "text",
        [
          "x": px(isAtEnd ? width - 2 : end + 6), "y": px(y + 16),
          "text-anchor": isAtEnd ? "end" : "start", "class": "value",
        ], text: bar.text)
    }
  }
}

/// A name that fits into a chart; the middle of a longer one is left out, for long names often
/// differ at their ends alone.
package func shortName(_ name: String, to length: Int) -> String {
  guard name.count > length else { return name }
  let end = max(0, length - 1) / 2
  return "\(name.prefix(max(0, length - 1 - end)))…\(name.suffix(end))"
}
