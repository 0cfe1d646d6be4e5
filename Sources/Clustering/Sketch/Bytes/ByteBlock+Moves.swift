internal import KMeansKernelTypes

// What becomes of a point.
extension ByteBlock {
  mutating func found(_ row: Int, _ entry: SketchEntry) {
    let d = centroids.columns
    let slot = centroids.append(
      points.shifted + row * d, rounded: points.rounded + row * d, entry)
    guard row + 1 < vector.upperBound else { return }
    if slot / FilterShape.groupSize >= groupCount { openGroups() }
    score(slot)
  }

  /// Has groups that were empty take part.
  private mutating func openGroups() {
    let (size, lanes, count) = (
      FilterShape.groupSize, FilterShape.lanes, FilterShape.groupsAtOnce
    )
    let slots = count * size
    (scratch.scores + groupCount * size * lanes).update(repeating: -.infinity, count: slots * lanes)
    (scratch.maxima + groupCount * lanes).update(repeating: -.infinity, count: count * lanes)
    (scratch.masks + groupCount * size).update(repeating: 0, count: slots)
    groupCount += count
  }

  @inline(__always)
  mutating func merge(
    _ row: Int, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ rounding: inout SketchRounding
  ) {
    _ = centroids.merge(
      points.shifted + row &* centroids.columns, entry, into: slot,
      squaredDistance: squaredDistance, kernels.sketch.moveCentroid, &rounding)
    if row &+ 1 < vector.upperBound { score(slot) }
  }

  /// Scores a centroid that has changed.
  private func score(_ slot: Int) {
    let quantized = bytes.quantized
    for lane in 0..<FilterShape.lanes where Int(scratch.labels[lane]) == slot {
      scratch.labels[lane] = -1
    }
    let (size, lanes) = (FilterShape.groupSize, FilterShape.lanes)
    let number = slot / size
    let group = quantized.groups + number &* FilterShape.groupStride(words: quantized.words)
    filter.scoreSlot(
      scratch.points, quantized.words, group, slot &- size &* number, scratch.quantization,
      quantized.rho, scratch.scores + lanes &* slot, scratch.maxima + lanes &* number)
    filter.filterScores(
      scratch.scores + lanes &* size &* number, scratch.maxima + lanes &* number, group,
      quantized.words, 1, quantized.leastNormBounds + number, scratch.quantization, quantized.rho,
      scratch.thresholds, scratch.masks + size &* number)
  }
}
