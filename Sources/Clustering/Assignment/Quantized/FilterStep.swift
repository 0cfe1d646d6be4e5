internal import KMeansKernelTypes

/// The filter's steps for one vector of sixteen points at a time: thresholds, filter, decisions. An
/// unsafe handle, valid while the centroids live; a class, because a copy would count all that it
/// refers to.
///
/// `@unchecked Sendable`: it only reads.
final class FilterStep<Scalar: ClusteringScalar>: @unchecked Sendable {
  let centroids: Rows<Scalar>
  let quantized: QuantizedCentroids<Scalar>
  let kernels: FilterKernels<Scalar>
  let directDistance: KernelSet<Scalar>.DirectDistance
  let shift: UnsafePointer<Scalar>

  init(
    centroids: Rows<Scalar>, quantized: QuantizedCentroids<Scalar>,
    kernels: FilterKernels<Scalar>, directDistance: @escaping KernelSet<Scalar>.DirectDistance,
    shift: UnsafePointer<Scalar>
  ) {
    self.centroids = centroids
    self.quantized = quantized
    self.kernels = kernels
    self.directDistance = directDistance
    self.shift = shift
  }

  /// Quantises up to sixteen rows; missing ones are the last one again.
  ///
  /// - Parameters:
  ///   - rows: sixteen places.
  ///   - points, quantization: OUT, as the kernels leave them.
  func quantize(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>,
    points: UnsafeMutablePointer<Int32>, quantization: UnsafeMutablePointer<Float>
  ) {
    let width = FilterShape.workColumns(centroids.columns)
    for lane in 0..<FilterShape.lanes {
      kernels.quantizeRow(
        rows[lane], centroids.columns, shift, scratch.work, scratch.bytes + lane &* width,
        quantization + lane, FilterShape.lanes)
    }
    kernels.packPoints(scratch.bytes, width, quantized.words, points)
  }

  /// Finds the thresholds from the distance of each row to the centroid of `scratch.labels`.
  func findThresholds(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>,
    quantization: UnsafePointer<Float>
  ) {
    kernels.sixteenDistances(
      rows, centroids.columns, centroids.base, scratch.labels, scratch.squaredDistances)
    for lane in 0..<FilterShape.lanes {
      scratch.ownNormBounds[lane] = quantized.normBounds[Int(scratch.labels[lane])]
    }
    kernels.findThresholds(
      quantization, scratch.squaredDistances, scratch.ownNormBounds, quantized.rho,
      scratch.thresholds)
  }

  /// Assigns rows without any known labels, in two stages: scores of the first groups, of which the
  /// best give the thresholds; then the groups that reach them.
  ///
  /// - Returns: the work that it took.
  func assignUnknown(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>, count: Int,
    points: UnsafePointer<Int32>, quantization: UnsafePointer<Float>
  ) -> FilterCounts {
    let scored = min(quantized.groupCount, FilterScratch<Scalar>.scoredGroups)
    kernels.scoreGroups(
      points, quantized.words, quantized.groups, scored, quantization, quantized.rho,
      scratch.scores, scratch.maxima, scratch.slots, scratch.prefetch.ranges,
      scratch.prefetch.count)
    scratch.prefetch.clear()
    for lane in 0..<FilterShape.lanes {
      let label = quantized.labels[Int(scratch.slots[lane])]
      scratch.labels[lane] = max(label, 0)
    }
    findThresholds(rows, scratch, quantization: quantization)
    kernels.filterScores(
      scratch.scores, scratch.maxima, quantized.groups, quantized.words, scored,
      quantized.leastNormBounds, quantization, quantized.rho, scratch.thresholds, scratch.masks)
    var decided = decide(rows, scratch, list: quantized.everyGroup, groups: scored, count: count)
    if scored < quantized.groupCount {
      let rest = quantized.groupCount - scored
      let list = UnsafePointer(quantized.everyGroup) + scored
      filter(scratch, points: points, list: list, groups: rest, maxima: nil)
      decided += decide(rows, scratch, list: list, groups: rest, count: count)
    }
    return decided
  }

  /// Assigns rows of which each has a centroid in `scratch.labels` that is probably near.
  ///
  /// - Returns: the work that it took.
  func assignKnown(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>, count: Int,
    points: UnsafePointer<Int32>, quantization: UnsafePointer<Float>
  ) -> FilterCounts {
    findThresholds(rows, scratch, quantization: quantization)
    let (list, groups) = (quantized.everyGroup, quantized.groupCount)
    filter(scratch, points: points, list: list, groups: groups, maxima: nil)
    return decide(rows, scratch, list: list, groups: groups, count: count)
  }

  /// Leaves the masks of the groups of a list in the scratch. The memory in `prefetch` is
  /// prefetched meanwhile, and `prefetch` cleared.
  func filter(
    _ scratch: FilterScratch<Scalar>, points: UnsafePointer<Int32>, list: UnsafePointer<Int32>,
    groups: Int, maxima: UnsafeMutablePointer<Float>?
  ) {
    kernels.filterGroups(
      points, quantized.words, quantized.groups, list, groups, scratch.thresholds, scratch.masks,
      maxima, scratch.prefetch.ranges, scratch.prefetch.count)
    scratch.prefetch.clear()
  }
}
