internal import KMeansKernelTypes

/// The caches that rule centroids of a sketch out: their coordinates once more, in Float or as
/// bytes. All of it follows from ``SketchMemory``, so it can be dropped and built anew at any time
/// without changing a bit of a result.
///
/// `@unchecked Sendable`: whoever changes it has made sure that nobody else holds it.
final class SketchCaches: CentroidCaches, @unchecked Sendable {
  let columns: Int
  /// The coordinates rounded to Float [capacity x columns]; zeros beyond the centroids. Not kept
  /// where bytes rule out.
  let rounded: UnsafeMutablePointer<Float>
  /// Half the squared norm less its part of the bound, rounded down [capacity]; infinite beyond the
  /// centroids, and for those that are too far for products: their rounded coordinates are zeros,
  /// too.
  let low: UnsafeMutablePointer<Float>
  /// A bound on the squared norm of each centroid.
  private(set) var largestNorm = 0.0
  /// The squared norm beyond which a product may overflow; below 0 where nothing can be ruled out.
  let largestTrusted: Double
  /// The rounded coordinates in tiles, but for the stale ones.
  let tiles: UnsafeMutablePointer<Float>
  private let tileRows: Int
  /// Slots of which the tiles are out of date, each once [capacity].
  private let stale: UnsafeMutablePointer<Int32>
  private let isStale: UnsafeMutablePointer<Bool>
  private var staleCount = 0
  private let bound: ScoreErrorBound
  /// The coordinates as bytes; `nil` where products rule out.
  let bytes: SketchBytes?
  private let arena = ScratchArena()

  /// Caches of the centroids in some memory, for its capacity.
  ///
  /// - Complexity: O(m d).
  init(_ memory: SketchMemory, _ kernels: Sketcher.Kernels) {
    let capacity = memory.capacity
    columns = memory.columns
    tileRows = kernels.tileRows
    bound = kernels.bound
    largestTrusted = bound.meansSomething ? bound.largestNorm : -1
    rounded = arena.take(capacity * columns, repeating: 0)
    low = arena.take(capacity, repeating: .infinity)
    bytes = kernels.filter.map {
      SketchBytes(columns: memory.columns, capacity: capacity, kernels: $0)
    }
    let inTiles = bytes == nil ? (capacity + tileRows - 1) / tileRows * tileRows : 0
    tiles = arena.take(inTiles * columns, repeating: 0)
    stale = arena.take(capacity)
    isStale = arena.take(capacity, repeating: false)
    fill(with: memory)
  }

  private func fill(with memory: SketchMemory) {
    if let bytes { return bytes.fill(with: memory.rows) }
    for place in 0..<memory.count * columns { rounded[place] = Float(memory.coordinates[place]) }
    for slot in 0..<memory.count { lower(slot, squaredNorm: memory.entries[slot].squaredNorm) }
  }

  /// Follows a centroid that is new or has moved, whose rounded coordinates are there.
  @inline(__always)
  func refresh(_ slot: Int, in memory: SketchMemory) {
    guard let bytes else { return lower(slot, squaredNorm: memory.entries[slot].squaredNorm) }
    bytes.replace(slot, with: memory.coordinates + slot &* columns)
  }

  /// Brings the bound of a centroid that moved up to date.
  ///
  /// The winner's score may be too low by as much as a loser's: `ScoreErrorBound` counts 6
  /// roundings of half the norm, and has 5 of its own here, for coordinates are rounded once, not
  /// shifted and rounded.
  @inline(__always)
  private func lower(_ slot: Int, squaredNorm norm: Double) {
    noteStale(slot)
    largestNorm = max(largestNorm, norm)
    guard norm <= largestTrusted else {
      (rounded + slot * columns).update(repeating: 0, count: columns)
      low[slot] = .infinity
      return
    }
    let score = norm / 2 - bound.centroidPart(squaredNorm: norm)
    // Two steps down: the difference is rounded in Double, then to Float.
    low[slot] = Float(score).nextDown.nextDown
  }

  /// The number of tiles that some number of centroids fill.
  func tileCount(_ count: Int) -> Int { (count + tileRows - 1) / tileRows }

  @inline(__always)
  private func noteStale(_ slot: Int) {
    guard !isStale[slot] else { return }
    isStale[slot] = true
    stale[staleCount] = Int32(truncatingIfNeeded: slot)
    staleCount += 1
  }

  /// Brings the tiles up to date.
  ///
  /// - Complexity: O(d) for each centroid that moved since.
  func refreshTiles() {
    for place in 0..<staleCount {
      let slot = Int(stale[place])
      isStale[slot] = false
      let (tile, lane) = slot.quotientAndRemainder(dividingBy: tileRows)
      let (source, target) = (rounded + slot * columns, tiles + tile * tileRows * columns + lane)
      for column in 0..<columns { target[column &* tileRows] = source[column] }
    }
    staleCount = 0
  }
}
