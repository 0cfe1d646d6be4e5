internal import KMeansKernelTypes

/// A block of points at work: finds the nearest centroid of one point after the other, exactly, while the
/// centroids move and new ones appear.
///
/// Within a block centroids only become means of themselves and points of the block. So all products
/// that are needed are linear in those with the centroids as they were (one GEMM) and those of the points
/// with each other (one SYRK): where a centroid moves by a share a towards point i, its product with a
/// later point p becomes g + a (x_i.x_p - g). That costs O(block) for a point, not O(d).
///
/// As everywhere products only rule out, by the bound of ``RulingOut``; `directDistance` of what remains
/// decides. The bound holds with these additions:
///
/// * x and c are Doubles rounded to Float, which is a rounding of u (1 + 2^-29) each, where `RulingOut`
///   counts u: one more column covers it.
/// * The products of a centroid that moved are kept in Double, so that moving them costs nothing next to
///   u. Their error is a mean of the errors of those that they were mixed from, which are at most
///   gamma |x_p| |c| and gamma |x_p| |x_i|; so |c| in the bound becomes r = (1 - a) r + a |x_i|, which
///   starts as |c| and is at least |c| ever after.
struct SketchBlock {
  private let centroids: SketchCentroids
  private let scratch: SketchScratch
  private let kernels: Sketcher.Kernels
  private let rows: Int
  /// Centroids when the block began, and those that fill up the last vector.
  private let width: Int
  private var moved = 0
  /// Whether products can be trusted: none can overflow.
  private let isTrusted: Bool
  /// How many points had several candidates.
  private(set) var redecided = 0

  /// Multiplies the points of the scratch.
  init(
    _ centroids: SketchCentroids, _ scratch: SketchScratch, _ kernels: Sketcher.Kernels, rows: Int
  ) {
    self.centroids = centroids
    self.scratch = scratch
    self.kernels = kernels
    self.rows = rows
    width = centroids.width
    let largest = kernels.bound.largestNorm
    isTrusted =
      (0..<rows).allSatisfy { scratch.squaredNorms[$0] <= largest }
      && (0..<centroids.count).allSatisfy { centroids.entries[$0].squaredNorm <= largest }
    guard isTrusted else { return }
    scratch.low.update(from: centroids.low, count: width)
    scratch.movedLow.update(repeating: .infinity, count: (scratch.rows + 7) / 8 * 8)
    multiply()
  }

  private func multiply() {
    let d = centroids.columns
    if rows == 1 {
      // One point needs no SYRK, and a GEMM would copy all centroids.
      guard width > 0 else { return }
      Float.gemv(
        width, d, alpha: 1, centroids.rounded, lda: d, scratch.rounded, beta: 0, scratch.tile)
      return
    }
    if width > 0 {
      Float.gemm(
        rows, width, d, alpha: 1, scratch.rounded, lda: d, centroids.rounded, ldb: d,
        transposedB: true, beta: 0, scratch.tile, ldc: width)
    }
    Float.syrk(
      rows, d, alpha: 1, scratch.rounded, lda: d, beta: 0, scratch.gram, ldc: scratch.rows)
  }

  /// The nearest centroid of a point and its squared distance, the lowest slot on ties.
  ///
  /// - Precondition: there is a centroid.
  /// - Complexity: O(centroids) expected.
  @inline(__always)
  mutating func nearest(_ row: Int) -> (slot: Int, squaredDistance: Double) {
    let point = scratch.shifted + row &* centroids.columns
    guard isTrusted else { return nearestOfAll(point) }
    var label: Int32 = 0
    var (best, second) = (Float.infinity, Float.infinity)
    kernels.nearestTwo(
      scratch.tile + row &* width, width, 1, width, scratch.low, &label, &best, &second)
    var (movedBest, movedSecond) = (Double.infinity, Double.infinity)
    let number = kernels.sketch.nearestTwoMoved(
      scratch.movedProducts + row, scratch.rows, (moved &+ 7) & ~7, scratch.movedLow, &movedBest,
      &movedSecond)
    let bound = kernels.bound
    let twicePoint = 2 * bound.pointPart(squaredNorm: scratch.squaredNorms[row])
    if Double(best) <= movedBest {
      let slot = Int(label)
      let parts =
        twicePoint
        + 2 * bound.centroidPart(squaredNorm: centroids.entries[slot].squaredNorm)
      let threshold = bound.threshold(score: Double(best), twiceParts: parts)
      if min(Double(second), movedBest) > threshold { return (slot, distance(point, slot)) }
      return nearestOfCandidates(row, point, threshold)
    }
    let radius = scratch.movedRadius[number]
    let parts = twicePoint + 2 * bound.centroidPart(squaredNorm: radius * radius)
    let threshold = bound.threshold(score: movedBest, twiceParts: parts)
    let slot = Int(scratch.movedSlots[number])
    if min(Double(best), movedSecond) > threshold { return (slot, distance(point, slot)) }
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
      scratch.tile + row * width, width, scratch.low, Float(threshold).nextUp, scratch.indices)
    for number in 0..<moved
    where scratch.movedLow[number] - scratch.movedProducts[number * scratch.rows + row] <= threshold
    {
      scratch.indices[count] = scratch.movedSlots[number]
      count += 1
    }
    var nearest = (slot: Int.max, squaredDistance: Double.infinity)
    for place in 0..<count {
      let slot = Int(scratch.indices[place])
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
    guard isTrusted else { return }
    let number = track(slot, radius: entry.squaredNorm.squareRoot())
    let products = scratch.movedProducts + number * scratch.rows
    let later = row + 1
    kernels.sketch.gatherProducts(
      scratch.gram + (row * scratch.rows + later), 1, rows - later, products + later)
    noteLow(number, slot)
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
    guard isTrusted, later < rows else { return }
    var number = Int(scratch.movedNumber[slot])
    if number < 0 {
      number = track(slot, radius: oldNorm.squareRoot())
      scratch.low[slot] = .infinity
      kernels.sketch.gatherProducts(
        scratch.tile + (later &* width &+ slot), width, rows &- later,
        scratch.movedProducts + (number &* scratch.rows &+ later))
    }
    kernels.sketch.moveProducts(
      scratch.movedProducts + (number &* scratch.rows &+ later),
      scratch.gram + (row &* scratch.rows &+ later), share, rows &- later)
    let radius = scratch.movedRadius[number]
    scratch.movedRadius[number] = radius + share * (entry.squaredNorm.squareRoot() - radius)
    noteLow(number, slot)
  }

  /// Gives a centroid a number among those that moved.
  private mutating func track(_ slot: Int, radius: Double) -> Int {
    let number = moved
    moved += 1
    scratch.movedNumber[slot] = Int32(truncatingIfNeeded: number)
    scratch.movedSlots[number] = Int32(truncatingIfNeeded: slot)
    scratch.movedRadius[number] = radius
    return number
  }

  @inline(__always)
  private func noteLow(_ number: Int, _ slot: Int) {
    let radius = scratch.movedRadius[number]
    scratch.movedLow[number] =
      centroids.entries[slot].squaredNorm / 2
      - kernels.bound.centroidPart(squaredNorm: radius * radius)
  }

  /// Leaves the scratch as the next block needs it.
  func end() {
    for number in 0..<moved { scratch.movedNumber[Int(scratch.movedSlots[number])] = -1 }
  }
}
