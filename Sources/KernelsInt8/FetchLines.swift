// Memory that is read next, fetched during a computation.
private import KMeansCLanes
internal import KMeansKernelTypes

/// Stretches of memory that are fetched into the cache line by line: the next line, the lines left
/// of its stretch, the stretches that follow, and the lines of a step.
///
/// Many lines at once would delay everything else: where there are few products, lines are fetched
/// between them.
typealias LineFetching = (
  line: UnsafeRawPointer, left: Int, stretches: UnsafePointer<CacheStretch>?, count: Int,
  linesPerStep: Int
)

/// - Parameters:
///   - stretches, count: the memory that is read next, in this order.
///   - none: any place, for the case that no memory follows.
///   - steps: the number of steps in which all of it is fetched.
@inline(__always)
func fetching(
  _ stretches: UnsafePointer<CacheStretch>?, _ count: Int, none: UnsafePointer<Int32>, steps: Int
) -> LineFetching {
  guard let stretches, count > 0 else { return (UnsafeRawPointer(none), Int.max, nil, 0, 0) }
  var lines = 0
  for place in 0..<count { lines = lines &+ stretches[place].lines }
  let linesPerStep = (lines &+ steps &- 1) / (steps < 1 ? 1 : steps)
  return (stretches[0].start, stretches[0].lines, stretches + 1, count &- 1, linesPerStep)
}

/// Whether a step is one product of a chunk, and not the whole chunk.
@inline(__always)
func fetchesBetweenProducts(chunks: Int) -> Bool { chunks < 16 }

/// Fetches the lines of one step.
@inline(__always)
func fetchLines(_ fetching: inout LineFetching) {
  for _ in 0..<fetching.linesPerStep {
    kmeans_fetch_line(fetching.line)
    fetching.line += 64
    fetching.left = fetching.left &- 1
    if fetching.left == 0 { beginNextStretch(&fetching) }
  }
}

@inline(__always)
private func beginNextStretch(_ fetching: inout LineFetching) {
  if fetching.count > 0 {
    let stretches = fetching.stretches.unsafelyUnwrapped
    (fetching.line, fetching.left) = stretches[0]
    fetching.stretches = stretches + 1
    fetching.count = fetching.count &- 1
  } else {
    fetching.linesPerStep = 0
    fetching.left = Int.max
  }
}
