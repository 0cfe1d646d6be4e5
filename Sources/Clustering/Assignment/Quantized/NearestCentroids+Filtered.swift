internal import KMeansKernelTypes
internal import KMeansLocks

// The strategy `filtered`, block by block and without history: rows are quantised, bytes rule
// centroids out, and directDistance decides between the others. See `findThresholds` for the
// bounds.
extension NearestCentroids {
  /// The candidates a point at which the filter becomes slower than `fused`: d/4 + 15 cycles each,
  /// where products of bytes save 3/128 of a cycle for each of k d values.
  var mostCandidates: Int {
    let (k, d) = (centroids.rows, centroids.columns)
    return 1 + 3 * k * d / (32 * (d + 60))
  }

  /// The rows of a block that are filtered before it is decided whether the others are.
  private static var trialRows: Int { 32 }

  /// Leaves the label of each row in `scratch.labels`, and its distance in `scratch.distances`.
  ///
  /// A block whose first rows have too many candidates is left to `fused`, and so are rows whose
  /// second best is asked for.
  func assignFiltered(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ result: Assignment,
    _ ahead: Rows<Scalar>?
  ) -> AssignmentCounts {
    var counts = AssignmentCounts()
    guard !result.wantsSecond, let filter = scratch.filter else {
      return assignUnfiltered(rows, scratch, result, ahead, counts)
    }
    withFilterStep { step in
      var first = 0
      while first < rows.count {
        let count = min(FilterShape.lanes, rows.count - first)
        counts += assign(
          rows[first..<first + count], known: result.labelsAreKnown ? result.labels + first : nil,
          step, filter, after: next(rows, first + count, ahead))
        for lane in 0..<count {
          scratch.labels[first + lane] = filter.labels[lane]
          scratch.distances[first + lane] = filter.squaredDistances[lane]
        }
        first += count
        if first == Self.trialRows, counts.candidates > mostCandidates * first { break }
      }
      if first < rows.count { counts = assignUnfiltered(rows, scratch, result, ahead, counts) }
    }
    return counts
  }

  /// Leaves a block to `fused`.
  private func assignUnfiltered(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ result: Assignment,
    _ ahead: Rows<Scalar>?, _ counts: AssignmentCounts
  ) -> AssignmentCounts {
    guard let fallback else { preconditionFailure("a filter without a fallback") }
    var counts = counts
    counts.unfiltered = rows.count
    counts.redecided = fallback.nearest.assignFused(rows, scratch, result, ahead)
    return counts
  }

  /// The rows that a vector ends before, in this block or the next one.
  private func next(_ rows: Rows<Scalar>, _ end: Int, _ ahead: Rows<Scalar>?) -> Rows<Scalar>? {
    if end < rows.count { return rows[end..<min(end + FilterShape.lanes, rows.count)] }
    return ahead.map { $0[0..<min(FilterShape.lanes, $0.count)] }
  }

  /// Hands a closure the steps that filter vectors of points.
  func withFilterStep<Result>(_ body: (FilterStep<Scalar>) -> Result) -> Result {
    guard let filter else { preconditionFailure("a strategy without a filter") }
    return centroids.withRows { centroids in
      centering.shift.withUnsafeBufferPointer { shift in
        body(
          FilterStep(
            centroids: centroids, quantized: filter.quantized, kernels: filter.kernels,
            directDistance: kernels.directDistance, shift: shift.baseAddress!))
      }
    }
  }

  /// Assigns one vector of rows.
  ///
  /// - Parameter known: the label of each row, where it is known.
  private func assign(
    _ rows: Rows<Scalar>, known: UnsafePointer<Int32>?, _ step: FilterStep<Scalar>,
    _ scratch: FilterScratch<Scalar>, after: Rows<Scalar>?
  ) -> AssignmentCounts {
    withUnsafeTemporaryAllocation(
      of: UnsafePointer<Scalar>.self, capacity: FilterShape.lanes
    ) { places in
      let here = places.baseAddress!
      for lane in 0..<FilterShape.lanes { here[lane] = rows[min(lane, rows.count - 1)] }
      if let after {
        for lane in 0..<after.count { scratch.prefetch.add(after[lane], count: after.columns) }
      }
      step.quantize(here, scratch, points: scratch.points, quantization: scratch.quantization)
      var found: FilterCounts
      if let known {
        for lane in 0..<FilterShape.lanes {
          scratch.labels[lane] = known[min(lane, rows.count - 1)]
        }
        found = step.assignKnown(
          here, scratch, count: rows.count, points: scratch.points,
          quantization: scratch.quantization)
      } else {
        found = step.assignUnknown(
          here, scratch, count: rows.count, points: scratch.points,
          quantization: scratch.quantization)
      }
      return step.counts(found, rows: rows.count, groups: step.quantized.groupCount)
    }
  }
}

/// The same centroids for the strategy `fused`, packed when a filter first needs them.
final class FusedFallback<Scalar: ClusteringScalar>: Sendable {
  private let centroids: Matrix<Scalar>
  private let centering: Centering<Scalar>
  private let instructionSet: InstructionSet
  private let packed = Mutex<NearestCentroids<Scalar>?>(nil)

  init(_ centroids: Matrix<Scalar>, centering: Centering<Scalar>, instructionSet: InstructionSet) {
    self.centroids = centroids
    self.centering = centering
    self.instructionSet = instructionSet
  }

  /// - Complexity: O(k d) the first time.
  var nearest: NearestCentroids<Scalar> {
    packed.withLock { packed in
      let nearest =
        packed
        ?? NearestCentroids(
          centroids, centering: centering, strategy: .fused, instructionSet: instructionSet)
      packed = nearest
      return nearest
    }
  }
}
