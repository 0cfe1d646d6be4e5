// Memory that is read next, prefetched during a computation.
private import KMeansCLanes
internal import KMeansKernelTypes

/// Ranges of memory that are prefetched line by line: the next line, the lines left of its range,
/// the ranges that follow, and the lines of a step.
///
/// Many lines at once would delay everything else: where there are few products, lines are
/// prefetched between them.
typealias Prefetching = (
  line: UnsafeRawPointer, left: Int, ranges: UnsafePointer<PrefetchRange>?, count: Int,
  linesPerStep: Int
)

/// Begins to prefetch some ranges.
///
/// - Parameters:
///   - ranges, count: the memory that is read next, in this order.
///   - none: any place, for the case that no memory follows.
///   - steps: the number of steps in which all of it is prefetched.
@inline(__always)
func prefetching(
  _ ranges: UnsafePointer<PrefetchRange>?, _ count: Int, none: UnsafePointer<Int32>, steps: Int
) -> Prefetching {
  guard let ranges, count > 0 else { return (UnsafeRawPointer(none), Int.max, nil, 0, 0) }
  var lines = 0
  for place in 0..<count { lines = lines &+ ranges[place].lines }
  let linesPerStep = (lines &+ steps &- 1) / (steps < 1 ? 1 : steps)
  return (ranges[0].start, ranges[0].lines, ranges + 1, count &- 1, linesPerStep)
}

/// Whether a step is one product of a chunk, and not the whole chunk.
@inline(__always)
func prefetchesBetweenProducts(chunks: Int) -> Bool { chunks < 16 }

/// Prefetches the lines of one step.
@inline(__always)
func prefetchLines(_ prefetching: inout Prefetching) {
  for _ in 0..<prefetching.linesPerStep {
    kmeans_prefetch_line(prefetching.line)
    prefetching.line += 64
    prefetching.left = prefetching.left &- 1
    if prefetching.left == 0 { beginNextRange(&prefetching) }
  }
}

@inline(__always)
private func beginNextRange(_ prefetching: inout Prefetching) {
  if prefetching.count > 0 {
    let ranges = prefetching.ranges.unsafelyUnwrapped
    (prefetching.line, prefetching.left) = ranges[0]
    prefetching.ranges = ranges + 1
    prefetching.count = prefetching.count &- 1
  } else {
    prefetching.linesPerStep = 0
    prefetching.left = Int.max
  }
}
