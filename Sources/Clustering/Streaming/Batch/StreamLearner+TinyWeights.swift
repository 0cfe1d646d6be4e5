// Batches whose weights are so small that products with them underflow: of rows that came long ago,
// or as they were given.
extension StreamLearner {
  /// Sums a batch once more where products may have underflowed so far that a mean or a variance
  /// shows it.
  ///
  /// A product loses at most 2^-1075. In sums of 2^-900 and more that is invisible; smaller ones,
  /// or none, are those of weights W that are small, or of small deviations, or of values that are
  /// equal. Two values that differ do so by 2^-53 of the smaller of them at least, or by all of the
  /// other: by 2^-53 m, with m the smallest magnitude of a value but 0. So where W m^2 is 2^-850
  /// and more, no deviations but 0 have squares, above 2^-956, that lose digits that count.
  ///
  /// - Complexity: O(k d) nearly always; O(n d) where sums are small.
  mutating func scaleTinyWeights(of batch: BatchRows<Scalar>) {
    guard sums.hasTinySums else { return }
    let smallest = smallestValue(of: batch.points.rows)
    guard
      sums.weights.contains(where: { $0 > 0 && $0 * smallest * smallest < 0x1p-850 })
    else { return }
    sums.measureScaled(
      batch.points, labels: batch.labels, centroids: nearest.centroids, threads: threads)
  }

  /// The smallest magnitude but 0 of a value of rows, and of the centroids.
  private func smallestValue(of rows: Rows<Scalar>) -> Double {
    if Scalar.self == Float.self { return Double(Float.leastNonzeroMagnitude) }
    let kernels = nearest.instructionSet
    return nearest.centroids.withRows {
      min(
        ValueRange(of: rows, instructionSet: kernels).smallest,
        ValueRange(of: $0, instructionSet: kernels).smallest)
    }
  }
}
