// What is read next, asked for while something else is computed.
private import KMeansCLanes

/// Memory that is fetched into the cache in equal steps.
struct Fetching {
  private var place: UnsafeRawPointer
  private let linesPerStep: Int
  private var linesLeft: Int

  @inline(__always)
  init(_ start: UnsafeRawPointer?, _ bytes: Int, steps: Int) {
    place = start ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped
    linesLeft = start == nil ? 0 : (bytes &+ 63) / 64
    linesPerStep = (linesLeft &+ steps &- 1) / (steps < 1 ? 1 : steps)
  }

  @inline(__always)
  mutating func step() {
    let lines = linesPerStep < linesLeft ? linesPerStep : linesLeft
    kmeans_fetch_lines(place, Int64(truncatingIfNeeded: lines))
    place += 64 &* lines
    linesLeft = linesLeft &- lines
  }
}
