internal import KMeansKernelTypes

// Candidates: the pairs that products of bytes do not rule out, which directDistance decides.
extension FilterStep {
  /// Decides the rows by the masks of the groups of a list: the nearest of the candidates and the
  /// labels so far, the lowest index on ties.
  ///
  /// - Returns: the work that it took.
  func decide(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>,
    list: UnsafePointer<Int32>, groups: Int, count: Int
  ) -> FilterCounts {
    forEachCandidate(
      rows, scratch, list: list, groups: groups, count: count, limits: scratch.squaredDistances
    ) { lane, label, distance in
      let best = scratch.squaredDistances[lane]
      if distance < best || (distance == best && label < scratch.labels[lane]) {
        scratch.squaredDistances[lane] = distance
        scratch.labels[lane] = label
      }
    }
  }

  /// Calls a closure with every pair whose `directDistance` is below a limit.
  ///
  /// - Parameters:
  ///   - limits: squared distances, `count` of them.
  ///   - found: gets the lane, the centroid, and the squared distance; lanes of a centroid are
  ///     ascending.
  /// - Returns: the number of pairs that the bytes did not rule out.
  func rangeSearch(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>, count: Int,
    limits: UnsafePointer<Double>, _ found: (Int, Int, Double) -> Void
  ) -> Int {
    quantize(rows, scratch, points: scratch.points, quantization: scratch.quantization)
    for lane in 0..<FilterShape.lanes {
      scratch.squaredDistances[lane] = limits[min(lane, count - 1)]
      // Any norm bound will do: it only chooses between two bounds. And no centroid is known.
      scratch.ownNormBounds[lane] = quantized.normBounds[0]
      scratch.labels[lane] = -1
    }
    kernels.findThresholds(
      scratch.quantization, scratch.squaredDistances, scratch.ownNormBounds, quantized.rho,
      scratch.thresholds)
    let (list, groups) = (quantized.everyGroup, quantized.groupCount)
    filter(scratch, points: scratch.points, list: list, groups: groups, maxima: nil)
    return forEachCandidate(
      rows, scratch, list: list, groups: groups, count: count, limits: limits
    ) { lane, label, distance in
      if distance < limits[lane] { found(lane, Int(label), distance) }
    }.distances
  }

  /// Calls a closure with the lane, the centroid and the squared distance of each bit in the masks
  /// of the groups of a list, but those of `scratch.labels` and those that a distance in Float says
  /// to be farther than a limit.
  ///
  /// - Returns: their number before distances were looked at.
  @inline(__always)
  private func forEachCandidate(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>,
    list: UnsafePointer<Int32>, groups: Int, count: Int, limits: UnsafePointer<Double>,
    _ body: (Int, Int32, Double) -> Void
  ) -> FilterCounts {
    let valid = UInt16(truncatingIfNeeded: (1 << count) - 1)
    let (lanes, candidates) = (scratch.candidateLanes, scratch.candidates)
    var counts = FilterCounts()
    for first in stride(from: 0, to: groups, by: FilterScratch<Scalar>.listedGroups) {
      let found = kernels.listCandidates(
        scratch.masks + first &* FilterShape.groupSize, list + first,
        min(FilterScratch<Scalar>.listedGroups, groups &- first), quantized.labels,
        scratch.labels, valid, lanes, candidates)
      counts += FilterCounts(distances: found.pairs, lanes: Int(found.points))
      let kept =
        kernels.dropFarther?(
          rows, centroids.base, centroids.columns, limits, lanes, candidates, found.pairs)
        ?? found.pairs
      for place in 0..<kept {
        let (lane, label) = (Int(lanes[place]), candidates[place])
        body(
          lane, label, directDistance(rows[lane], centroids[Int(label)], centroids.columns))
      }
    }
    return counts
  }

  /// The counts of a vector of rows that was compared with so many groups.
  func counts(_ found: FilterCounts, rows: Int, groups: Int) -> AssignmentCounts {
    var counts = AssignmentCounts()
    counts.redecided = found.lanes.nonzeroBitCount
    counts.candidates = found.distances + rows
    counts.compared = rows * min(groups * FilterShape.groupSize, centroids.count)
    return counts
  }
}

/// The work that a vector of points took beyond its filter.
struct FilterCounts {
  /// Distances to other centroids than the known one.
  var distances = 0
  /// The points that had such a candidate: a bit each.
  var lanes = 0

  static func += (left: inout FilterCounts, right: FilterCounts) {
    left.distances &+= right.distances
    left.lanes |= right.lanes
  }
}
