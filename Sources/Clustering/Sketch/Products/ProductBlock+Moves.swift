internal import KMeansKernelTypes

// What becomes of a point.
extension ProductBlock {
  mutating func found(_ row: Int, _ entry: SketchEntry) {
    let d = centroids.columns
    let slot = centroids.append(
      points.shifted + row * d, rounded: points.rounded + row * d, entry)
    if isFar(row) { return noteFar(slot) }
    let later = row + 1
    let number = moved.track(
      slot, radius: entry.squaredNorm.squareRoot(),
      products: scratch.gram + (row * scratch.gramStride + later), stride: 1, rows: later..<rows)
    moved.noteLow(number)
  }

  @inline(__always)
  mutating func merge(
    _ row: Int, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ rounding: inout SketchRounding
  ) {
    let oldNorm = centroids.memory.entries[slot].squaredNorm
    let share = centroids.merge(
      points.shifted + row &* centroids.columns, entry, into: slot,
      squaredDistance: squaredDistance, kernels.sketch.moveCentroid, &rounding)
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
      number, towards: scratch.gram + (row &* scratch.gramStride &+ later),
      norm: entry.squaredNorm.squareRoot(), share, rows: later..<rows)
  }

  func end() {
    moved.end()
    for place in 0..<farCount { scratch.movedNumber[Int(scratch.far[place])] = -1 }
  }
}
