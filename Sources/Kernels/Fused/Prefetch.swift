// Memory that is read next, prefetched during a computation.
private import KMeansCLanes

/// Memory that is prefetched in equal steps: its start, lines a step and lines left, and the steps
/// to wait before the first line, because lines that are fetched too early are gone before they are
/// read.
typealias Prefetching = (
  place: UnsafeRawPointer, linesPerStep: Int, linesLeft: Int, stepsToWait: Int
)

/// Begins to prefetch some memory in the last quarter of some steps.
@inline(__always)
func prefetching(_ start: UnsafeRawPointer?, _ bytes: Int, steps: Int) -> Prefetching {
  let lines = start == nil ? 0 : (bytes &+ 63) / 64
  let stepsToWait = 3 &* steps / 4
  let stepsLeft = steps &- stepsToWait
  let linesPerStep = (lines &+ stepsLeft &- 1) / (stepsLeft < 1 ? 1 : stepsLeft)
  let place = start ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped
  return (place, linesPerStep, lines, stepsToWait)
}

/// Prefetches the lines of one step.
@inline(__always)
func prefetchLines(_ prefetching: inout Prefetching) {
  guard prefetching.stepsToWait == 0 else {
    prefetching.stepsToWait = prefetching.stepsToWait &- 1
    return
  }
  let (step, left) = (prefetching.linesPerStep, prefetching.linesLeft)
  let lines = step < left ? step : left
  kmeans_prefetch_lines(prefetching.place, Int64(truncatingIfNeeded: lines))
  prefetching.place += 64 &* lines
  prefetching.linesLeft = left &- lines
}
