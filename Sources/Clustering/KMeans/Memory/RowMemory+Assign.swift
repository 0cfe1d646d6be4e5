internal import KMeansKernelTypes
internal import Synchronization

// An assignment of all rows, vector by vector.
extension RowMemory {
  /// Assigns every row, and leaves its squared distance in ``distances``.
  ///
  /// - Parameters:
  ///   - nearest: its centroids are grouped anew where the rows are sorted anew.
  ///   - labels: IN/OUT, one a row.
  ///   - areKnown: whether they mean something.
  func assign(
    _ nearest: inout NearestCentroids<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    areKnown: Bool
  ) -> AssignmentCounts {
    if areKnown, plan.sortsNow(sampled: { aliveShare(nearest, labels) }) {
      sort(&nearest, labels)
    }
    note(nearest.centroids)
    let k = nearest.centroids.rows
    sumsAnew = !areKnown || forgotSums
    forgotSums = false
    moved = []
    let total = Mutex(AssignmentCounts())
    nonisolated(unsafe) let labels = labels
    let nearest = nearest
    nearest.withFilterStep { step in
      bounds?.begin(nearest, step, threads: threads)
      let chunk = 64
      Workers.share((vectors + chunk - 1) / chunk, among: threads) { turns in
        let scratch = FilterScratch<Scalar>(
          columns: step.centroids.columns, groupCount: step.quantized.groupCount)
        let visit = VectorVisit(step: step, scratch: scratch, map: map)
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
    let numbers = order + vector * FilterShape.lanes
    let here = visit.rows(points.rows, numbers, count)
    let ahead =
      vector + 1 < vectors
      ? visit.rowsAhead(points.rows, numbers + FilterShape.lanes, self.count(vector + 1)) : nil
    let bytes = bytes + vector * FilterShape.lanes * words
    let facts = facts + vector * FilterShape.lanes * FilterShape.facts
    if !isQuantized {
      step.quantize(here, scratch, points: bytes, facts: facts)
    }
    var found: FilterCounts
    var groups = step.quantized.groupCount
    if areKnown {
      for lane in 0..<FilterShape.lanes {
        scratch.labels[lane] = labels[Int(numbers[min(lane, count - 1)])]
      }
      step.findLimits(here, scratch, facts: facts)
      if let bounds {
        let live = bounds.live(
          vector, heights: scratch.limits + 7 * FilterShape.lanes, step, list: scratch.list)
        groups = live.count
        step.filter(
          scratch, points: bytes, list: scratch.list, groups: live.padded, maxima: scratch.maxima,
          ahead: ahead)
        found = step.decide(
          here, scratch, list: scratch.list, groups: live.count, count: count)
        bounds.refresh(vector, step, scratch, count: live.count)
        if verifies { visit.verify(here, live: live.count, count: count) }
      } else {
        let list = step.quantized.everyGroup
        step.filter(scratch, points: bytes, list: list, groups: groups, maxima: nil, ahead: ahead)
        found = step.decide(here, scratch, list: list, groups: groups, count: count)
      }
    } else {
      found = step.assignUnknown(
        here, scratch, count: count, points: bytes, facts: facts, ahead: ahead)
    }
    var counts = step.counts(found, rows: count, groups: groups)
    counts.rows = count
    for lane in 0..<count {
      let row = Int(numbers[lane])
      if !areKnown {
        counts.moved += 1
      } else if labels[row] != scratch.labels[lane] {
        counts.moved += 1
        visit.move(numbers[lane], from: labels[row], to: scratch.labels[lane])
      }
      labels[row] = scratch.labels[lane]
      distances[row] = scratch.squaredDistances[lane]
    }
    return counts
  }
}
