internal import KMeansKernelTypes

/// The centroids that moved or appeared within a block, numbered in that order, and their products
/// with the points of the block that follow.
///
/// Where a centroid moves by a share a towards point i, its product with a later point p becomes
/// g + a (x_i.x_p - g). That costs O(block) for a point, not O(d).
///
/// The products are kept in Double, so that moving them costs nothing next to the rounding of
/// Float. Their error is a mean of the errors of those that they were mixed from, which are at most
/// gamma |x_p| |c| and gamma |x_p| |x_i|; so |c| in the bound of ``ScoreErrorBound`` becomes r = (1
/// - a) r + a |x_i|, which starts as |c| and is at least |c| ever after.
struct MovedProducts {
  private let entries: UnsafeMutablePointer<SketchEntry>
  private let scratch: ProductScratch
  private let kernels: Sketcher.Kernels
  private var count = 0

  /// The products while no centroid has moved.
  init(_ centroids: SketchCentroids, _ scratch: ProductScratch, _ kernels: Sketcher.Kernels) {
    entries = centroids.memory.entries
    self.scratch = scratch
    self.kernels = kernels
    scratch.movedLow.update(repeating: .infinity, count: (scratch.rows + 7) / 8 * 8)
  }

  /// The number of a centroid; `nil` where it did not move.
  @inline(__always)
  func number(_ slot: Int) -> Int? {
    let number = Int(scratch.movedNumber[slot])
    return number < 0 ? nil : number
  }

  /// Whether a centroid has no products that mean anything.
  @inline(__always)
  func isLeftOut(_ slot: Int) -> Bool { scratch.movedNumber[slot] == -2 }

  /// Has no products of a centroid looked at for the rest of the block.
  ///
  /// - Returns: whether they were until now.
  func leaveOut(_ slot: Int) -> Bool {
    guard !isLeftOut(slot) else { return false }
    if let number = number(slot) { scratch.movedLow[number] = .infinity }
    scratch.movedNumber[slot] = -2
    return true
  }

  @inline(__always)
  func slot(_ number: Int) -> Int { Int(scratch.movedSlots[number]) }

  /// The part of the bound that belongs to a centroid.
  @inline(__always)
  func centroidPart(_ number: Int) -> Double {
    let radius = scratch.movedRadius[number]
    return kernels.bound.centroidPart(squaredNorm: radius * radius)
  }

  /// The smallest and second smallest score of a point, and whose the smallest is.
  @inline(__always)
  func nearestTwo(_ row: Int) -> (number: Int, best: Double, second: Double) {
    var (best, second) = (Double.infinity, Double.infinity)
    let number = kernels.sketch.nearestTwoMoved(
      scratch.movedProducts + row, scratch.rows, (count &+ 7) & ~7, scratch.movedLow, &best, &second
    )
    return (number, best, second)
  }

  /// Notes the slots whose scores of a point do not rule them out.
  ///
  /// - Returns: how many.
  func slots(
    scoringAtMost threshold: Double, _ row: Int, _ slots: UnsafeMutablePointer<Int32>
  ) -> Int {
    var found = 0
    for number in 0..<count {
      let product = scratch.movedProducts[number * scratch.rows + row]
      guard scratch.movedLow[number] - product <= threshold else { continue }
      slots[found] = scratch.movedSlots[number]
      found += 1
    }
    return found
  }

  /// Gives a centroid a number and its products, `stride` apart.
  ///
  /// - Parameter radius: its length.
  mutating func track(
    _ slot: Int, radius: Double, products: UnsafePointer<Float>, stride: Int, rows: Range<Int>
  ) -> Int {
    let number = count
    count += 1
    scratch.movedNumber[slot] = Int32(truncatingIfNeeded: number)
    scratch.movedSlots[number] = Int32(truncatingIfNeeded: slot)
    scratch.movedRadius[number] = radius
    kernels.sketch.gatherProducts(
      products, stride, rows.count,
      scratch.movedProducts + (number &* scratch.rows &+ rows.lowerBound))
    return number
  }

  /// Moves the products of a centroid, which itself has moved, towards those of a point of length
  /// `norm`.
  @inline(__always)
  func move(
    _ number: Int, towards products: UnsafePointer<Float>, norm: Double, _ share: Double,
    rows: Range<Int>
  ) {
    kernels.sketch.moveProducts(
      scratch.movedProducts + (number &* scratch.rows &+ rows.lowerBound), products, share,
      rows.count)
    let radius = scratch.movedRadius[number]
    scratch.movedRadius[number] = radius + share * (norm - radius)
    noteLow(number)
  }

  /// Brings the score of a centroid up to date, but for its products.
  @inline(__always)
  func noteLow(_ number: Int) {
    scratch.movedLow[number] =
      entries[slot(number)].squaredNorm / 2 - centroidPart(number)
  }

  /// Leaves the scratch as the next block needs it.
  func end() {
    for number in 0..<count { scratch.movedNumber[slot(number)] = -1 }
  }
}
