// The parts of a section: texts, pictures with their captions and legends, tables.
extension Markup {
  /// A paragraph.
  package mutating func addText(_ text: String) { add("p", text: text) }

  /// A picture, with what it shows below it.
  package mutating func addFigure(_ picture: Markup, legend: Legend? = nil, caption: String) {
    breakLine()
    add("figure") { figure in
      figure.add(picture)
      if let legend, !legend.entries.isEmpty { figure.add(legend.markup) }
      if !caption.isEmpty { figure.add("figcaption", text: caption) }
    }
  }

  /// A table, which scrolls by itself where it is wider than the page.
  ///
  /// - Parameters:
  ///   - leading: columns of text, which begin at the left.
  package mutating func addTable(
    _ head: [String], _ rows: [[String]], leading: Set<Int> = [0]
  ) {
    func style(_ column: Int) -> KeyValuePairs<String, String> {
      leading.contains(column) ? ["class": "first"] : [:]
    }
    breakLine()
    add("div", ["class": "scroll"]) { box in
      box.add("table") { table in
        table.add("thead") { part in
          part.add("tr") { line in
            for (column, cell) in head.enumerated() { line.add("th", style(column), text: cell) }
          }
        }
        table.add("tbody") { part in
          for row in rows {
            part.breakLine()
            part.add("tr") { line in
              for (column, cell) in row.enumerated() { line.add("td", style(column), text: cell) }
            }
          }
        }
      }
    }
  }
}

/// What the colours of a picture stand for.
package struct Legend: Sendable, Hashable {
  /// A colour and its meaning.
  package struct Entry: Sendable, Hashable {
    package var name: String
    /// The number of the colour; `nil` for grey.
    package var color: Int?
    package var isSquare = false
    /// Whether it is that of a line, and whether that is dashed.
    package var isLine = false
    package var isDashed = false

    package init(_ name: String, color: Int?) { (self.name, self.color) = (name, color) }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package var markup: Markup {
    var list = Markup()
    list.add("ul", ["class": "legend"]) { list in
      for entry in entries {
        list.add("li", ["data-series": entry.name]) { item in
          draw(entry, &item)
          item.write(entry.name)
        }
      }
    }
    return list
  }

  /// The colours without their names.
  package var swatch: Markup {
    var markup = Markup()
    for entry in entries { draw(entry, &markup) }
    return markup
  }

  private func draw(_ entry: Entry, _ item: inout Markup) {
    let style = Palette.style(entry.color)
    item.add("svg", ["width": "14", "height": "12", "aria-hidden": "true", "class": style]) { svg in
      if entry.isLine {
        svg.add("g", ["class": "line\(entry.isDashed ? " dashed" : "")"]) {
          $0.add("path", ["d": "M0 6H14"])
        }
      } else if entry.isSquare {
        svg.add("rect", ["class": "area", "x": "2", "y": "1", "width": "10", "height": "10"])
      } else {
        svg.add("circle", ["class": "area", "cx": "7", "cy": "6", "r": "5.5"])
      }
    }
  }
}
