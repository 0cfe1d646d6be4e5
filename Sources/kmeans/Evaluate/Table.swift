/// Lines of cells in columns that are as wide as their widest cell.
struct Table {
  private var rows: [[String]] = []
  /// Columns of text, which begin at the left; numbers end at the right.
  private let leading: Set<Int>

  init(leading: Set<Int> = []) { self.leading = leading }

  /// Adds a line; lines may have fewer cells than others.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  var lines: [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return leading.contains(column) ? cell + blanks : blanks + cell
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
