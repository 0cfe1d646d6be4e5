// Memory that is read next, fetched during a computation.
private import KMeansCLanes

/// Memory that is fetched into the cache in equal steps: its start, lines a step and lines left,
/// and the steps to wait before the first line, because lines that are fetched too early are gone
/// before they are read.
typealias Fetching = (
  place: UnsafeRawPointer, linesPerStep: Int, linesLeft: Int, stepsToWait: Int
)

/// Fetching in the last quarter of some steps.
@inline(__always)
func fetching(_ start: UnsafeRawPointer?, _ bytes: Int, steps: Int) -> Fetching {
  let lines = start == nil ? 0 : (bytes &+ 63) / 64
  let stepsToWait = 3 &* steps / 4
  let stepsToFetch = steps &- stepsToWait
  let linesPerStep = (lines &+ stepsToFetch &- 1) / (stepsToFetch < 1 ? 1 : stepsToFetch)
  let place = start ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped
  return (place, linesPerStep, lines, stepsToWait)
}

/// Fetches the lines of one step.
@inline(__always)
func fetchLines(_ fetching: inout Fetching) {
  guard fetching.stepsToWait == 0 else {
    fetching.stepsToWait = fetching.stepsToWait &- 1
    return
  }
  let lines =
    fetching.linesPerStep < fetching.linesLeft ? fetching.linesPerStep : fetching.linesLeft
  kmeans_fetch_lines(fetching.place, Int64(truncatingIfNeeded: lines))
  fetching.place += 64 &* lines
  fetching.linesLeft = fetching.linesLeft &- lines
}
