// What is read next, asked for while something else is computed.
private import KMeansCLanes

/// Memory that is fetched into the cache in equal steps.
struct Fetching {
  private var place: UnsafeRawPointer
  private let linesPerStep: Int
  private var linesLeft: Int
  /// Steps before the first line: what is fetched too early is gone before it is read.
  private var stepsToWait: Int

  @inline(__always)
  init(_ start: UnsafeRawPointer?, _ bytes: Int, steps: Int) {
    place = start ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped
    linesLeft = start == nil ? 0 : (bytes &+ 63) / 64
    stepsToWait = 3 &* steps / 4
    let stepsToFetch = steps &- stepsToWait
    linesPerStep = (linesLeft &+ stepsToFetch &- 1) / (stepsToFetch < 1 ? 1 : stepsToFetch)
  }

  @inline(__always)
  mutating func step() {
    guard stepsToWait == 0 else {
      stepsToWait = stepsToWait &- 1
      return
    }
    let lines = linesPerStep < linesLeft ? linesPerStep : linesLeft
    kmeans_fetch_lines(place, Int64(truncatingIfNeeded: lines))
    place += 64 &* lines
    linesLeft = linesLeft &- lines
  }
}
