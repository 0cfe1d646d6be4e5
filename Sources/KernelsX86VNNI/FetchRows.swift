// Rows that are read next, asked for while something else is computed.
private import KMeansCLanes

/// Sixteen rows that are fetched into the cache in equal steps: where they are, lines of each and lines a step, and the line that
/// comes next.
typealias RowFetching = (
  rows: UnsafePointer<UnsafeRawPointer>?, lines: Int, linesPerStep: Int, row: Int, line: Int
)

@inline(__always)
func fetching(
  _ rows: UnsafePointer<UnsafeRawPointer>?, _ lines: Int, steps: Int
) -> RowFetching {
  (rows, lines, (16 &* lines &+ steps &- 1) / (steps < 1 ? 1 : steps), 0, 0)
}

/// Takes a step.
@inline(__always)
func fetchLines(_ fetching: inout RowFetching) {
  guard let rows = fetching.rows else { return }
  var left = fetching.linesPerStep
  while left > 0, fetching.row < 16 {
    let rest = fetching.lines &- fetching.line
    let some = rest < left ? rest : left
    kmeans_fetch_lines(
      rows[fetching.row] + 64 &* fetching.line, Int64(truncatingIfNeeded: some))
    left = left &- some
    fetching.line = fetching.line &+ some
    if fetching.line == fetching.lines {
      fetching.row = fetching.row &+ 1
      fetching.line = 0
    }
  }
}
