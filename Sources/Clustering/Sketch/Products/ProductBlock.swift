internal import KMeansKernelTypes

/// A block of points whose products with the centroids rule out.
///
/// Within a block centroids only become means of themselves and points of the block. So all
/// products that are needed are linear in those with the centroids as they were and those of the
/// points with each other: ``MovedProducts``.
///
/// As everywhere products only rule out, by the bound of ``ScoreErrorBound``; `directDistance` of
/// what remains decides. The bound holds with these additions:
///
/// * x and c are Doubles rounded to Float, which is a rounding of u (1 + 2^-29) each, where
///   `ScoreErrorBound` counts u: one more column covers it.
/// * Centroids that moved have the bound of ``MovedProducts``.
///
/// Points and centroids that are so far that a product may overflow stay out of the products: one
/// of them must not slow down all others.
struct ProductBlock: SketchBlock {
  let centroids: SketchCentroids
  private let caches: SketchCaches
  let points: SketchScratch
  let scratch: ProductScratch
  let kernels: Sketcher.Kernels
  let rows: Int
  /// The number of centroids when the block began, with those that fill up the last vector.
  private let width: Int
  /// The distance from the products of one row to those of the next.
  let stride: Int
  var moved: MovedProducts
  /// The ``SketchCaches/low`` of when the block began [width], infinite where a centroid moved.
  let low: UnsafeMutablePointer<Float>
  /// The squared norm beyond which a product may overflow: what is farther is compared directly.
  private let largestNorm: Double
  /// The number of centroids that are compared directly with every point: `scratch.far`.
  private(set) var farCount = 0
  /// The number of points that had several candidates.
  private(set) var redecided = 0

  static func makeWork(rows: Int, columns: Int, capacity: Int) -> ProductScratch {
    ProductScratch(rows: rows, columns: columns, width: capacity)
  }

  static func hasRoom(_ work: ProductScratch, for centroids: SketchMemory) -> Bool {
    work.width >= centroids.width
  }

  /// Multiplies the points of the scratch.
  init(
    _ memory: SketchMemory, _ caches: SketchCaches, _ points: SketchScratch,
    _ scratch: ProductScratch, _ kernels: Sketcher.Kernels, rows: Int, threads: Int
  ) {
    let centroids = SketchCentroids(memory: memory, caches: caches)
    self.centroids = centroids
    self.caches = caches
    self.points = points
    self.scratch = scratch
    self.kernels = kernels
    self.rows = rows
    width = centroids.width
    let products = BlockProducts(centroids, points, scratch, kernels, rows: rows)
    stride = products.stride
    moved = MovedProducts(centroids, scratch, kernels)
    largestNorm = caches.largestTrusted
    // A point that is alone moves nothing that it could see.
    low = rows == 1 ? caches.low : scratch.low
    if rows > 1 { scratch.low.update(from: caches.low, count: width) }
    findFar()
    products.multiply(threads: threads)
  }

  /// Keeps what is far out of the products.
  private mutating func findFar() {
    let d = centroids.columns
    for row in 0..<rows where isFar(row) {
      (points.rounded + row * d).update(repeating: 0, count: d)
    }
    guard caches.largestNorm > largestNorm else { return }
    for slot in 0..<centroids.count
    where !(centroids.memory.entries[slot].squaredNorm <= largestNorm) {
      noteFar(slot)
    }
  }

  /// Whether a point is too far for products; a NaN is, too.
  @inline(__always)
  func isFar(_ row: Int) -> Bool { !(points.squaredNorms[row] <= largestNorm) }

  /// Has a centroid compared directly for the rest of the block.
  mutating func noteFar(_ slot: Int) {
    guard moved.leaveOut(slot) else { return }
    scratch.far[farCount] = Int32(truncatingIfNeeded: slot)
    farCount += 1
    if slot < width { low[slot] = .infinity }
  }

  // O(centroids) expected.
  @inline(__always)
  mutating func nearest(_ row: Int) -> (slot: Int, squaredDistance: Double) {
    let point = points.shifted + row &* centroids.columns
    if isFar(row) || farCount == centroids.count { return nearestOfAll(point) }
    let found = nearestByProducts(row, point)
    guard farCount > 0 else { return found }
    return centroids.nearest(
      found, or: UnsafeBufferPointer(start: scratch.far, count: farCount), to: point,
      kernels.directDistance)
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
    let twicePoint = 2 * bound.pointPart(squaredNorm: points.squaredNorms[row])
    if Double(best) <= other.best {
      let slot = Int(label)
      let parts =
        twicePoint
        + 2 * bound.centroidPart(squaredNorm: centroids.memory.entries[slot].squaredNorm)
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
    kernels.directDistance(
      point, centroids.memory.coordinates + slot &* centroids.columns, centroids.columns)
  }

  /// The nearest of the centroids whose scores do not rule them out.
  private mutating func nearestOfCandidates(
    _ row: Int, _ point: UnsafePointer<Double>, _ threshold: Double
  ) -> (slot: Int, squaredDistance: Double) {
    redecided += 1
    var count = kernels.scoresAtMost(
      scratch.tile + row * stride, width, low, Float(limitAtLeast: threshold), scratch.indices)
    count += moved.slots(scoringAtMost: threshold, row, scratch.indices + count)
    return centroids.nearest(
      (Int.max, .infinity), or: UnsafeBufferPointer(start: scratch.indices, count: count),
      to: point, kernels.directDistance)
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
