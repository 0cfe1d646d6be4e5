internal import KMeansKernelTypes

/// One vector of sixteen points at a time against the centroids of a step: limits, filter, decisions. An unsafe handle,
/// valid while the centroids live; a class, for a copy would count all that it refers to.
///
/// `@unchecked Sendable`: it only reads.
final class FilterStep<Scalar: ClusteringScalar>: @unchecked Sendable {
  let centroids: Rows<Scalar>
  let quantized: QuantizedCentroids<Scalar>
  let kernels: FilterKernels<Scalar>
  let directDistance: KernelSet<Scalar>.DirectDistance
  let shift: UnsafePointer<Scalar>
  /// What a distance in Float must be above to rule out: this times the known distance, and this more. Twice the error of
  /// `roughDistanceFloat`, which covers the rounding of the limit, too.
  private let roughFactor: Double
  private let roughTerm: Double

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
    roughFactor = 1 + 2 * (Double(centroids.columns) / 16 + 16) * 0x1p-23
    roughTerm = Double(centroids.columns) * 0x1p-140
  }

  /// Quantises up to sixteen rows; what is missing is the last one again.
  ///
  /// - Parameters:
  ///   - rows: sixteen places.
  ///   - points, facts: OUT, as the kernels leave them.
  func quantize(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>,
    points: UnsafeMutablePointer<Int32>, facts: UnsafeMutablePointer<Float>
  ) {
    let width = FilterShape.workColumns(centroids.columns)
    for lane in 0..<FilterShape.lanes {
      kernels.quantizeRow(
        rows[lane], centroids.columns, shift, scratch.work, scratch.bytes + lane &* width,
        facts + lane, FilterShape.lanes)
    }
    kernels.packPoints(scratch.bytes, width, quantized.words, points)
  }

  /// Finds the limits from the distance of each row to the centroid of `scratch.labels`.
  func findLimits(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>,
    facts: UnsafePointer<Float>
  ) {
    kernels.sixteenDistances(
      rows, centroids.columns, centroids.base, scratch.labels, scratch.squaredDistances)
    for lane in 0..<FilterShape.lanes {
      scratch.ownExtents[lane] = quantized.extents[Int(scratch.labels[lane])]
    }
    kernels.findLimits(
      facts, scratch.squaredDistances, scratch.ownExtents, quantized.rho, scratch.limits)
  }

  /// Assigns rows of which nothing is known, in two stages: scores of the first groups, of which the best give the limits;
  /// then what reaches them.
  ///
  /// - Returns: what that took.
  func assignUnknown(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>, count: Int,
    points: UnsafePointer<Int32>, facts: UnsafePointer<Float>,
    ahead: UnsafePointer<UnsafePointer<Scalar>>?
  ) -> FilterCounts {
    let scored = min(quantized.groupCount, FilterScratch<Scalar>.scoredGroups)
    kernels.scoreGroups(
      points, quantized.words, quantized.groups, scored, facts, quantized.rho, scratch.scores,
      scratch.maxima, scratch.slots, fetched(ahead), lines)
    for lane in 0..<FilterShape.lanes {
      let label = quantized.labels[Int(scratch.slots[lane])]
      scratch.labels[lane] = max(label, 0)
    }
    findLimits(rows, scratch, facts: facts)
    kernels.filterScores(
      scratch.scores, scratch.maxima, quantized.groups, quantized.words, scored,
      quantized.leastExtents, facts, quantized.rho, scratch.limits, scratch.masks)
    var decided = decide(rows, scratch, list: quantized.everyGroup, groups: scored, count: count)
    if scored < quantized.groupCount {
      let rest = quantized.groupCount - scored
      let list = UnsafePointer(quantized.everyGroup) + scored
      filter(scratch, points: points, list: list, groups: rest, maxima: nil, ahead: nil)
      decided += decide(rows, scratch, list: list, groups: rest, count: count)
    }
    return decided
  }

  /// Leaves the masks of the groups of a list in the scratch.
  func filter(
    _ scratch: FilterScratch<Scalar>, points: UnsafePointer<Int32>, list: UnsafePointer<Int32>,
    groups: Int, maxima: UnsafeMutablePointer<Float>?, ahead: UnsafePointer<UnsafePointer<Scalar>>?
  ) {
    kernels.filterGroups(
      points, quantized.words, quantized.groups, list, groups, scratch.limits, scratch.masks,
      maxima,
      fetched(ahead), lines)
  }

  /// Cache lines of a row.
  private var lines: Int { (centroids.columns * MemoryLayout<Scalar>.stride + 63) / 64 }

  private func fetched(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>?
  ) -> UnsafePointer<UnsafeRawPointer>? {
    rows.map { UnsafeRawPointer($0).assumingMemoryBound(to: UnsafeRawPointer.self) }
  }

  /// What a vector of rows adds to the counts, where it was compared with so many groups.
  func counts(_ found: FilterCounts, rows: Int, groups: Int) -> AssignmentCounts {
    var counts = AssignmentCounts()
    counts.redecided = found.lanes.nonzeroBitCount
    counts.candidates = found.distances + rows
    counts.compared = rows * min(groups * FilterShape.groupSize, centroids.count)
    return counts
  }

  /// Decides the rows by the masks of the groups of a list: the nearest of the candidates and what is known so far, the lowest
  /// index on ties.
  ///
  /// - Returns: what that took.
  func decide(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>,
    list: UnsafePointer<Int32>, groups: Int, count: Int
  ) -> FilterCounts {
    var decided = FilterCounts()
    forEachCandidate(
      scratch, list: list, groups: groups, count: count, except: scratch.commonLabel
    ) { lane, label in
      guard label != scratch.labels[lane] else { return }
      decided.distances &+= 1
      decided.lanes |= 1 << lane
      let best = scratch.squaredDistances[lane]
      if isFarther(rows[lane], Int(label), than: best) { return }
      let distance = directDistance(rows[lane], centroids[Int(label)], centroids.columns)
      if distance < best || (distance == best && label < scratch.labels[lane]) {
        scratch.squaredDistances[lane] = distance
        scratch.labels[lane] = label
      }
    }
    return decided
  }
}

extension FilterStep {
  /// Calls a closure with the centroids that may be as near to a point as its limit says, and no nearer than a distance in
  /// Float rules out: every pair whose `directDistance` is below the limit.
  ///
  /// - Parameters:
  ///   - limits: squared distances, `count` of them.
  ///   - found: gets the lane, the centroid, and the squared distance; lanes of a centroid are ascending.
  /// - Returns: how many pairs the bytes left.
  func capture(
    _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ scratch: FilterScratch<Scalar>, count: Int,
    limits: UnsafePointer<Double>, ahead: UnsafePointer<UnsafePointer<Scalar>>?,
    _ found: (Int, Int, Double) -> Void
  ) -> Int {
    quantize(rows, scratch, points: scratch.points, facts: scratch.facts)
    for lane in 0..<FilterShape.lanes {
      scratch.squaredDistances[lane] = limits[min(lane, count - 1)]
      // Any extent will do: it only chooses between two bounds.
      scratch.ownExtents[lane] = quantized.extents[0]
    }
    kernels.findLimits(
      scratch.facts, scratch.squaredDistances, scratch.ownExtents, quantized.rho, scratch.limits)
    let groups = quantized.groupCount
    filter(
      scratch, points: scratch.points, list: quantized.everyGroup, groups: groups, maxima: nil,
      ahead: ahead)
    var pairs = 0
    forEachCandidate(
      scratch, list: quantized.everyGroup, groups: groups, count: count, except: -1
    ) { lane, label in
      pairs &+= 1
      if isFarther(rows[lane], Int(label), than: limits[lane]) { return }
      let distance = directDistance(rows[lane], centroids[Int(label)], centroids.columns)
      if distance < limits[lane] { found(lane, Int(label), distance) }
    }
    return pairs
  }

  /// Calls a closure with the lane and the centroid of each bit in the masks of the groups of a list.
  ///
  /// - Parameter except: a centroid to leave out, or -1.
  @inline(__always)
  private func forEachCandidate(
    _ scratch: FilterScratch<Scalar>, list: UnsafePointer<Int32>, groups: Int, count: Int,
    except: Int32, _ body: (Int, Int32) -> Void
  ) {
    let (size, valid) = (FilterShape.groupSize, UInt16(truncatingIfNeeded: (1 << count) - 1))
    // Four masks at a time: there is room for more groups than are looked at, up to a multiple of four.
    let (masks, end) = (UnsafeRawPointer(scratch.masks), groups &* size)
    var four = 0
    while four < end {
      defer { four &+= 4 }
      guard masks.load(fromByteOffset: 2 &* four, as: UInt64.self) != 0 else { continue }
      for place in four..<min(four &+ 4, end) {
        var mask = scratch.masks[place] & valid
        guard mask != 0 else { continue }
        let label = quantized.labels[Int(list[place / size]) &* size &+ place % size]
        guard label >= 0, label != except else { continue }
        while mask != 0 {
          body(mask.trailingZeroBitCount, label)
          mask &= mask &- 1
        }
      }
    }
  }

  /// Whether a distance in Float says already that a centroid is farther than that.
  @inline(__always)
  private func isFarther(
    _ row: UnsafePointer<Scalar>, _ centroid: Int, than squaredDistance: Double
  ) -> Bool {
    guard let roughDistance = kernels.roughDistance else { return false }
    return roughDistance(row, centroids[centroid], centroids.columns)
      > Float(squaredDistance * roughFactor + roughTerm)
  }
}

/// What a vector of points took beyond its filter.
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
