/// A table of colours: deviations from 0, to both sides, of some columns in some rows.
package struct HeatMap: Sendable {
  package var title: String
  package var rows: [String]
  package var columns: [String]
  /// One list a row; `nil` where there is none.
  package var values: [[Double?]]
  /// The deviation that has the full colour.
  package var full = 3.0
  private let cell = 22.0

  package init(_ title: String, rows: [String], columns: [String], _ values: [[Double?]]) {
    (self.title, self.rows, self.columns, self.values) = (title, rows, columns, values)
  }

  private var nameWidth: Double {
    12 + 7.5 * Double(min(24, rows.reduce(1) { max($0, $1.count) }))
  }
  private var head: Double {
    16 + 5.2 * Double(min(24, columns.reduce(1) { max($0, $1.count) }))
  }

  /// The picture.
  package var markup: Markup {
    let side = min(48, max(cell, (760 - nameWidth - 80) / Double(max(columns.count, 1))))
    let height = head + cell * Double(rows.count) + 30
    let width = nameWidth + side * Double(columns.count) + max(80, head)
    return drawing(title, width: max(width, 420), height: height) { svg in
      for (column, name) in columns.enumerated() {
        let place = "\(px(nameWidth + side * (Double(column) + 0.5))) \(px(head - 6))"
        svg.add("text", ["transform": "translate(\(place)) rotate(-45)"]) {
          $0.add("title", text: name)
          $0.write(shortName(name, to: 24))
        }
      }
      for (row, name) in rows.enumerated() {
        let y = head + cell * Double(row)
        svg.add(
          "text", ["x": px(nameWidth - 8), "y": px(y + 15), "text-anchor": "end"],
          text: shortName(name, to: 24))
        for (column, value) in values[row].enumerated() {
          draw(
            value, named: "\(name), \(columns[column])", nameWidth + side * Double(column), y,
            width: side, &svg)
        }
      }
      drawKey(y: height - 18, &svg)
    }
  }

  private func draw(
    _ value: Double?, named name: String, _ x: Double, _ y: Double, width: Double,
    _ svg: inout Markup
  ) {
    guard let value else { return }
    svg.add(
      "rect",
      [
        "class": "cell \(Palette.style(value < 0 ? 0 : 1))", "x": px(x + 0.5), "y": px(y + 0.5),
        "width": px(width - 1), "height": px(cell - 1),
        "fill-opacity": px(min(1, value.magnitude / full)),
      ]
    ) { $0.add("title", text: "\(name): \(signed(value))") }
  }

  /// What the colours mean.
  private func drawKey(y: Double, _ svg: inout Markup) {
    let steps = [-1, -0.66, -0.33, 0.33, 0.66, 1.0]
    for (place, step) in steps.enumerated() {
      svg.add(
        "rect",
        [
          "class": "cell \(Palette.style(step < 0 ? 0 : 1))",
          "x": px(nameWidth + 18 * Double(place)),
          "y": px(y), "width": "17", "height": "12", "fill-opacity": px(step.magnitude),
        ])
    }
    svg.add(
      "text", ["x": px(nameWidth - 6), "y": px(y + 10), "text-anchor": "end"],
      text: "−\(numberText(full))")
    svg.add(
      "text", ["x": px(nameWidth + 114), "y": px(y + 10)],
      text: "\(numberText(full)) sd from the mean, or more")
  }
}

/// A number with its sign, in three digits: `+1.25`, `−0.5`.
package func signed(_ value: Double) -> String {
  (value > 0 ? "+" : "") + numberText(value, digits: 3)
}
