// What is read next, asked for while something else is computed.
private import KMeansCLanes

/// Sixteen rows, and the vector of quantised points that follows one, fetched into the cache line by line: where the next line is,
/// how many lines are left of what it belongs to, and what comes then; row 16 stands for the points.
///
/// Many lines at once would keep everything else waiting: where there are few products they are asked for between them.
typealias RowFetching = (
  line: UnsafeRawPointer, left: Int, row: Int, step: Int, linesPerStep: Int,
  rows: UnsafePointer<UnsafeRawPointer>?, lines: Int, points: UnsafeRawPointer, words: Int
)

/// - Parameters:
///   - rows: their places, or nothing where nothing follows.
///   - lines: cache lines of a row.
///   - points, words: the vector at hand, which is as large as the next one.
@inline(__always)
func fetching(
  _ rows: UnsafePointer<UnsafeRawPointer>?, _ lines: Int, after points: UnsafePointer<Int32>,
  _ words: Int, steps: Int
) -> RowFetching {
  let all = 16 &* lines &+ words &+ steps &- 1
  let first = rows == nil ? UnsafeRawPointer(points) : rows.unsafelyUnwrapped[0]
  return (
    first, rows == nil ? Int.max : lines, 0, rows == nil ? 0 : 64,
    rows == nil ? 0 : all / (steps < 1 ? 1 : steps), rows, lines,
    UnsafeRawPointer(points + 16 &* words), words
  )
}

/// Whether a step is one product of a chunk, and not the whole chunk.
@inline(__always)
func fetchesBetweenProducts(chunks: Int) -> Bool { chunks < 16 }

/// Takes a step.
@inline(__always)
func fetchLines(_ fetching: inout RowFetching) {
  for _ in 0..<fetching.linesPerStep {
    kmeans_fetch_line(fetching.line)
    fetching.line += fetching.step
    fetching.left = fetching.left &- 1
    if fetching.left == 0 { fetchNextRow(&fetching) }
  }
}

@inline(__always)
private func fetchNextRow(_ fetching: inout RowFetching) {
  fetching.row = fetching.row &+ 1
  if fetching.row < 16 {
    fetching.line = fetching.rows.unsafelyUnwrapped[fetching.row]
    fetching.left = fetching.lines
  } else if fetching.row == 16 {
    fetching.line = fetching.points
    fetching.left = fetching.words
  } else {
    fetching.linesPerStep = 0
    fetching.left = Int.max
  }
}
