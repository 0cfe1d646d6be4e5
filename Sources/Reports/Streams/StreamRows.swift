/// The rows of an input that belong to each batch of a trace: as many as the trace says that the
/// batch has.
package struct StreamRows: Sendable {
  /// How many points the trace tells of.
  package let expected: Int
  /// Where each batch ends, and its place on the axis of batches.
  private let ends: [(row: Int, x: Int)]

  /// - Parameter count: how many rows there are. Runs of a trace go on with the rows behind one
  ///   another; where the last of them has learnt as many as there are, the rows are its own.
  /// - Returns: `nil` where the trace does not tell how many points all batches have.
  package init?(_ history: StreamHistory, count: Int) {
    var (ends, base) = ([(row: Int, x: Int)](), 0)
    var (run, lastTotal) = (0, 0)
    for measure in history.measures {
      guard let rows = measure.rows else { return nil }
      if measure.run != run { (run, base, lastTotal) = (measure.run, base &+ lastTotal, 0) }
      lastTotal = rows.upperBound
      ends.append((base &+ rows.upperBound, Int(exactly: measure.x) ?? .max))
    }
    guard base &+ lastTotal > 0 else { return nil }
    if base > 0, count == lastTotal {
      ends = ends.filter { $0.row > base }.map { ($0.row - base, $0.x) }
      base = 0
    }
    (self.ends, expected) = (ends, base &+ lastTotal)
  }

  /// The batch of a row, from 0; `nil` behind the last.
  package func batch(_ row: Int) -> Int? {
    var (lower, upper) = (0, ends.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if ends[middle].row <= row { lower = middle + 1 } else { upper = middle }
    }
    return lower < ends.count ? ends[lower].x : nil
  }
}
