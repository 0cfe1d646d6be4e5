internal import KMeansKernelTypes
internal import KMeansLocks

// An assignment of all rows, vector by vector.
extension RowMemory {
  /// Assigns every row, and leaves its squared distance in ``distances``.
  ///
  /// - Parameters:
  ///   - nearest: its centroids are grouped anew where the rows are sorted anew.
  ///   - labels: IN/OUT, one a row.
  ///   - areKnown: whether they mean something.
  package func assign(
    _ nearest: inout NearestCentroids<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    areKnown: Bool
  ) -> AssignmentCounts {
    if areKnown, plan.sortsNow(sampled: { aliveShare(nearest, labels) }) {
      sort(&nearest, labels)
    }
    let k = nearest.centroids.rows
    sumsAnew = !areKnown || forgotSums
    forgotSums = false
    moved = []
    let total = Mutex(AssignmentCounts())
    nonisolated(unsafe) let labels = labels
    let nearest = nearest
    nearest.withFilterStep { step in
      begin(nearest, step)
      let chunk = 64
      Workers.share((vectors + chunk - 1) / chunk, among: threads) { turns in
        let scratch = FilterScratch<Scalar>(
          columns: step.centroids.columns, groupCount: step.quantized.groupCount)
        let visit = VectorVisit(self, step: step, scratch: scratch)
        var counts = AssignmentCounts()
        while let number = turns.next() {
          for vector in number * chunk..<min((number + 1) * chunk, vectors) {
            counts += assign(vector, visit, labels, areKnown)
          }
        }
        total.withLock { total in
          total += counts
          gather(visit)
        }
      }
    }
    isQuantized = true
    let counts = total.withLock { $0 }
    plan.note(counts, clusters: k)
    return counts
  }

  /// Takes what a thread has noted; one at a time.
  private func gather(_ visit: VectorVisit<Scalar>) {
    moved += visit.moved
  }

  /// How many points a vector has: the last one may have fewer than sixteen.
  func count(_ vector: Int) -> Int {
    min(FilterShape.lanes, points.count - vector * FilterShape.lanes)
  }

  private func assign(
    _ vector: Int, _ visit: VectorVisit<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    _ areKnown: Bool
  ) -> AssignmentCounts {
    let (step, scratch, count) = (visit.step, visit.scratch, count(vector))
    let here = visit.rows(vector)
    if vector + 1 < vectors { visit.fetch(vector + 1, of: self, labels: labels) }
    let (bytes, facts) = (bytes(of: vector), facts(of: vector))
    if !isQuantized { step.quantize(here, scratch, points: bytes, facts: facts) }
    var found: FilterCounts
    var groups = step.quantized.groupCount
    if areKnown {
      let numbers = order + vector * FilterShape.lanes
      for lane in 0..<FilterShape.lanes {
        scratch.labels[lane] = labels[Int(numbers[min(lane, count - 1)])]
      }
      if let bounds {
        (found, groups) = assign(vector, visit, here, within: bounds)
      } else {
        found = step.assignKnown(here, scratch, count: count, points: bytes, facts: facts)
      }
    } else {
      found = step.assignUnknown(here, scratch, count: count, points: bytes, facts: facts)
    }
    var counts = step.counts(found, rows: count, groups: groups)
    counts.rows = count
    counts.moved = keep(vector, visit, labels, areKnown)
    return counts
  }

  /// Assigns a vector whose labels are known, comparing only what bounds leave.
  ///
  /// - Returns: what that took, and how many groups were left.
  private func assign(
    _ vector: Int, _ visit: VectorVisit<Scalar>,
    _ here: UnsafePointer<UnsafePointer<Scalar>>, within bounds: CarriedBounds<Scalar>
  ) -> (FilterCounts, groups: Int) {
    let (step, scratch, count) = (visit.step, visit.scratch, count(vector))
    step.findLimits(here, scratch, facts: facts(of: vector))
    let live = bounds.live(
      vector, heights: scratch.limits + 7 * FilterShape.lanes, step, list: scratch.list)
    step.filter(
      scratch, points: bytes(of: vector), list: scratch.list, groups: live.padded,
      maxima: scratch.maxima)
    let found = step.decide(
      here, scratch, list: scratch.list, groups: live.count, count: count)
    bounds.refresh(vector, step, scratch, count: live.count)
    if verifies { visit.verify(here, live: live.count, count: count) }
    return (found, live.count)
  }

  /// Takes the labels and distances of a vector.
  ///
  /// - Returns: how many labels are others than before.
  private func keep(
    _ vector: Int, _ visit: VectorVisit<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    _ wereKnown: Bool
  ) -> Int {
    let (scratch, numbers) = (visit.scratch, order + vector * FilterShape.lanes)
    var moved = 0
    for lane in 0..<count(vector) {
      let (row, label) = (Int(numbers[lane]), scratch.labels[lane])
      if !wereKnown {
        moved += 1
      } else if labels[row] != label {
        moved += 1
        visit.move(numbers[lane], from: labels[row], to: label)
      }
      labels[row] = label
      distances[row] = scratch.squaredDistances[lane]
    }
    return moved
  }
}
