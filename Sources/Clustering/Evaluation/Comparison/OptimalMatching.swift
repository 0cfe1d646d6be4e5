/// The assignment of rows to columns of the largest sum: one column a row, one row a column.
///
/// The Hungarian method (Kuhn, 1955) with potentials: rows come one after another, each by the
/// cheapest path that changes the columns of those before it.
enum OptimalMatching {
  /// The column of each row.
  ///
  /// - Parameter gains: rows x columns, at least as many columns as rows.
  /// - Complexity: O(rows^2 columns).
  static func columns(of gains: [[Double]]) -> [Int] {
    let (rows, columns) = (gains.count, gains.first?.count ?? 0)
    precondition(columns >= rows, "more rows than columns")
    // Row and column 0 stand for none; others count from 1.
    var rowPotentials = [Double](repeating: 0, count: rows + 1)
    var columnPotentials = [Double](repeating: 0, count: columns + 1)
    var rowOf = [Int](repeating: 0, count: columns + 1)
    var before = rowOf
    for row in 1..<rows + 1 {
      rowOf[0] = row
      var (column, isSeen) = (0, [Bool](repeating: false, count: columns + 1))
      var costs = [Double](repeating: .infinity, count: columns + 1)
      repeat {
        isSeen[column] = true
        let current = rowOf[column]
        var (step, next) = (Double.infinity, 0)
        for candidate in 1..<columns + 1 where !isSeen[candidate] {
          let cost =
            -gains[current - 1][candidate - 1] - rowPotentials[current]
            - columnPotentials[candidate]
          if cost < costs[candidate] { (costs[candidate], before[candidate]) = (cost, column) }
          if costs[candidate] < step { (step, next) = (costs[candidate], candidate) }
        }
        for candidate in 0..<columns + 1 {
          if isSeen[candidate] {
            rowPotentials[rowOf[candidate]] += step
            columnPotentials[candidate] -= step
          } else {
            costs[candidate] -= step
          }
        }
        column = next
      } while rowOf[column] != 0
      while column != 0 {
        rowOf[column] = rowOf[before[column]]
        column = before[column]
      }
    }
    var found = [Int](repeating: 0, count: rows)
    for column in 1..<columns + 1 where rowOf[column] > 0 { found[rowOf[column] - 1] = column - 1 }
    return found
  }
}
