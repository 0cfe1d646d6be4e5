internal import KMeansKernelTypes

/// A block of points at work: finds the nearest centroid of one point after the other, exactly, while the
/// centroids move and new ones appear.
///
/// Within a block centroids only become means of themselves and points of the block. So all products
/// that are needed are linear in those with the centroids as they were (one GEMM) and those of the points
/// with each other (one SYRK): ``MovedProducts``.
///
/// As everywhere products only rule out, by the bound of ``RulingOut``; `directDistance` of what remains
/// decides. The bound holds with these additions:
///
/// * x and c are Doubles rounded to Float, which is a rounding of u (1 + 2^-29) each, where `RulingOut`
///   counts u: one more column covers it.
/// * Centroids that moved have the bound of ``MovedProducts``.
///
/// Points and centroids that are so far that a product may overflow stay out of the products: one of them
/// must not slow down all others.
struct SketchBlock {
  private let centroids: SketchCentroids
  private let scratch: SketchScratch
  private let kernels: Sketcher.Kernels
  private let rows: Int
  /// Centroids when the block began, and those that fill up the last vector.
  private let width: Int
  /// From the products of one row to those of the next.
  private let stride: Int
  private let usesThreads: Bool
  private var moved: MovedProducts
  /// ``SketchCentroids/low`` as it was when the block began, infinite where a centroid moved.
  private let low: UnsafeMutablePointer<Float>
  /// The squared norm beyond which a product may overflow: what is farther is compared directly.
  private let largestNorm: Double
  /// How many centroids are compared directly with every point: `scratch.far`.
  private var farCount = 0
  /// How many points had several candidates.
  private(set) var redecided = 0

  /// Multiplies the points of the scratch.
  init(
    _ centroids: SketchCentroids, _ scratch: SketchScratch, _ kernels: Sketcher.Kernels, rows: Int,
    usesThreads: Bool
  ) {
    self.centroids = centroids
    self.scratch = scratch
    self.kernels = kernels
    self.rows = rows
    width = centroids.width
    self.usesThreads = usesThreads
    stride = usesThreads || rows == 1 ? width : centroids.tileCount * kernels.tileRows
    moved = MovedProducts(centroids, scratch, kernels)
    largestNorm = centroids.largestTrusted
    // A point that is alone moves nothing that it could see.
    low = rows == 1 ? centroids.low : scratch.low
    if rows > 1 { scratch.low.update(from: centroids.low, count: width) }
    findFar()
    multiply()
  }

  /// Keeps what is far out of the products.
  private mutating func findFar() {
    let d = centroids.columns
    for row in 0..<rows where isFar(row) {
      (scratch.rounded + row * d).update(repeating: 0, count: d)
    }
    guard centroids.largestNorm > largestNorm else { return }
    for slot in 0..<centroids.count where !(centroids.entries[slot].squaredNorm <= largestNorm) {
      noteFar(slot)
    }
  }

  /// Written so that a NaN is far, too.
  @inline(__always)
  private func isFar(_ row: Int) -> Bool { !(scratch.squaredNorms[row] <= largestNorm) }

  /// Has a centroid compared directly for the rest of the block.
  private mutating func noteFar(_ slot: Int) {
    guard moved.leaveOut(slot) else { return }
    scratch.far[farCount] = Int32(truncatingIfNeeded: slot)
    farCount += 1
    if slot < width { low[slot] = .infinity }
  }

  private func multiply() {
    let d = centroids.columns
    if rows == 1 {
      // One point needs no SYRK, and a GEMM would copy all centroids.
      return kernels.multiplyRow(
        scratch.rounded, centroids.rounded, width, d, scratch.tile)
    }
    if width > 0, usesThreads {
      Float.gemm(
        rows, width, d, alpha: 1, scratch.rounded, lda: d, centroids.rounded, ldb: d,
        transposedB: true, beta: 0, scratch.tile, ldc: stride)
    } else if width > 0 {
      multiplyAlone()
    }
    Float.syrk(
      rows, d, alpha: 1, scratch.rounded, lda: d, beta: 0, scratch.gram, ldc: scratch.rows)
  }

  /// Multiplies on this thread: a GEMM would pack all centroids anew, here only those that moved are.
  private func multiplyAlone() {
    let d = centroids.columns
    centroids.refreshTiles()
    scratch.groups.fill(
      with: Rows(base: scratch.rounded, count: rows, columns: d, stride: d), sign: -1)
    scratch.groups.values.withUnsafeBufferPointer {
      kernels.sketch.multiplyTiles(
        centroids.tiles, centroids.tileCount, d, $0.baseAddress!, rows, scratch.tile, stride,
        scratch.sums)
    }
  }

  /// The nearest centroid of a point and its squared distance, the lowest slot on ties.
  ///
  /// - Precondition: there is a centroid.
  /// - Complexity: O(centroids) expected.
  @inline(__always)
  mutating func nearest(_ row: Int) -> (slot: Int, squaredDistance: Double) {
    let point = scratch.shifted + row &* centroids.columns
    if isFar(row) || farCount == centroids.count { return nearestOfAll(point) }
    let found = nearestByProducts(row, point)
    return farCount == 0 ? found : nearest(point, orFar: found)
  }

  @inline(__always)
  private mutating func nearestByProducts(
    _ row: Int, _ point: UnsafePointer<Double>
  ) -> (slot: Int, squaredDistance: Double) {
    var label: Int32 = 0
    var (best, second) = (Float.infinity, Float.infinity)
    kernels.nearestTwo(
      scratch.tile + row &* stride, stride, 1, width, low, &label, &best, &second)
    let other = moved.nearestTwo(row)
    let bound = kernels.bound
    let twicePoint = 2 * bound.pointPart(squaredNorm: scratch.squaredNorms[row])
    if Double(best) <= other.best {
      let slot = Int(label)
      let parts =
        twicePoint
        + 2 * bound.centroidPart(squaredNorm: centroids.entries[slot].squaredNorm)
      let threshold = bound.threshold(score: Double(best), twiceParts: parts)
      if min(Double(second), other.best) > threshold { return (slot, distance(point, slot)) }
      return nearestOfCandidates(row, point, threshold)
    }
    let parts = twicePoint + 2 * moved.centroidPart(other.number)
    let threshold = bound.threshold(score: other.best, twiceParts: parts)
    let slot = moved.slot(other.number)
    if min(Double(best), other.second) > threshold { return (slot, distance(point, slot)) }
    return nearestOfCandidates(row, point, threshold)
  }

  @inline(__always)
  private func distance(_ point: UnsafePointer<Double>, _ slot: Int) -> Double {
    kernels.directDistance(point, centroids.places + slot &* centroids.columns, centroids.columns)
  }

  /// The nearest of the centroids whose scores do not rule them out.
  private mutating func nearestOfCandidates(
    _ row: Int, _ point: UnsafePointer<Double>, _ threshold: Double
  ) -> (slot: Int, squaredDistance: Double) {
    redecided += 1
    var count = kernels.scoresAtMost(
      scratch.tile + row * stride, width, low, Float(threshold).nextUp, scratch.indices)
    count += moved.slots(scoringAtMost: threshold, row, scratch.indices + count)
    var nearest = (slot: Int.max, squaredDistance: Double.infinity)
    for place in 0..<count {
      let slot = Int(scratch.indices[place])
      let distance = distance(point, slot)
      if (distance, slot) < (nearest.squaredDistance, nearest.slot) { nearest = (slot, distance) }
    }
    return nearest
  }

  /// The nearest of a centroid and those that are far.
  private func nearest(
    _ point: UnsafePointer<Double>, orFar found: (slot: Int, squaredDistance: Double)
  ) -> (slot: Int, squaredDistance: Double) {
    var nearest = found
    for place in 0..<farCount {
      let slot = Int(scratch.far[place])
      let distance = distance(point, slot)
      if (distance, slot) < (nearest.squaredDistance, nearest.slot) { nearest = (slot, distance) }
    }
    return nearest
  }

  private mutating func nearestOfAll(
    _ point: UnsafePointer<Double>
  ) -> (slot: Int, squaredDistance: Double) {
    redecided += 1
    var nearest = (slot: 0, squaredDistance: Double.infinity)
    for slot in 0..<centroids.count {
      let distance = distance(point, slot)
      if distance < nearest.squaredDistance { nearest = (slot, distance) }
    }
    return nearest
  }
}

// What becomes of a point.
extension SketchBlock {
  /// Makes a point a centroid.
  mutating func found(_ row: Int, _ entry: SketchEntry) {
    let d = centroids.columns
    let slot = centroids.append(
      scratch.shifted + row * d, rounded: scratch.rounded + row * d, entry)
    if isFar(row) { return noteFar(slot) }
    let later = row + 1
    let number = moved.track(
      slot, radius: entry.squaredNorm.squareRoot(),
      products: scratch.gram + (row * scratch.rows + later), stride: 1, rows: later..<rows)
    moved.noteLow(number)
  }

  /// Adds a point to a centroid.
  @inline(__always)
  mutating func merge(
    _ row: Int, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ rounding: inout SketchRounding
  ) {
    let d = centroids.columns
    let oldNorm = centroids.entries[slot].squaredNorm
    let share = centroids.entries[slot].merge(
      entry, squaredDistance: squaredDistance, &rounding)
    centroids.entries[slot].settle(
      squaredNorm: kernels.sketch.moveCentroid(
        centroids.places + slot &* d, scratch.shifted + row &* d, share, d,
        centroids.rounded + slot &* d))
    centroids.lower(slot)
    let later = row &+ 1
    guard later < rows else { return }
    // Its products with what follows are not known.
    if isFar(row) || moved.isLeftOut(slot) { return noteFar(slot) }
    let number: Int
    if let known = moved.number(slot) {
      number = known
    } else {
      number = moved.track(
        slot, radius: oldNorm.squareRoot(), products: scratch.tile + (later &* stride &+ slot),
        stride: stride, rows: later..<rows)
      low[slot] = .infinity
    }
    moved.move(
      number, towards: scratch.gram + (row &* scratch.rows &+ later),
      norm: entry.squaredNorm.squareRoot(), share, rows: later..<rows)
  }

  /// Leaves the scratch as the next block needs it.
  func end() {
    moved.end()
    for place in 0..<farCount { scratch.movedNumber[Int(scratch.far[place])] = -1 }
  }
}
