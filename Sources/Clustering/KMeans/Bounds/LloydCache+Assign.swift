internal import KMeansCLanes
internal import KMeansKernelTypes
internal import KMeansLocks

// An assignment of all rows, tile by tile of sixteen.
extension LloydCache {
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
      let chunks = (tiles + chunk - 1) / chunk
      Workers.share(chunks, among: threads, isCancellable: isCancellable) { queue in
        let scratch = FilterScratch<Scalar>(
          columns: step.centroids.columns, groupCount: step.quantized.groupCount)
        let cursor = TileCursor(self, step: step, scratch: scratch)
        var counts = AssignmentCounts()
        while let number = queue.next() {
          for tile in number * chunk..<min((number + 1) * chunk, tiles) {
            counts += assign(tile, cursor, labels, areKnown)
          }
        }
        total.withLock { total in
          total += counts
          gather(cursor)
        }
      }
    }
    isQuantized = true
    let counts = total.withLock { $0 }
    plan.note(counts, clusters: k)
    return counts
  }

  /// Takes what a thread has noted; one at a time.
  private func gather(_ cursor: TileCursor<Scalar>) {
    moved += cursor.moved
  }

  /// The number of points of a tile: the last one may have fewer than sixteen.
  func count(_ tile: Int) -> Int {
    min(FilterShape.lanes, points.count - tile * FilterShape.lanes)
  }

  private func assign(
    _ tile: Int, _ cursor: TileCursor<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    _ areKnown: Bool
  ) -> AssignmentCounts {
    let (step, scratch, count) = (cursor.step, cursor.scratch, count(tile))
    let here = cursor.rows(tile)
    if tile + 1 < tiles { cursor.prefetch(tile + 1, of: self, labels: labels) }
    let (bytes, quantization) = (bytes(of: tile), quantization(of: tile))
    if !isQuantized { step.quantize(here, scratch, points: bytes, quantization: quantization) }
    var found: FilterCounts
    var groups = step.quantized.groupCount
    if areKnown {
      let numbers = order + tile * FilterShape.lanes
      for lane in 0..<FilterShape.lanes {
        scratch.labels[lane] = labels[Int(numbers[min(lane, count - 1)])]
      }
      if let bounds {
        (found, groups) = assign(tile, cursor, here, within: bounds)
      } else {
        found = step.assignKnown(
          here, scratch, count: count, points: bytes, quantization: quantization)
      }
    } else {
      found = step.assignUnknown(
        here, scratch, count: count, points: bytes, quantization: quantization)
    }
    var counts = step.counts(found, rows: count, groups: groups)
    counts.rows = count
    counts.moved = keep(tile, cursor, labels, areKnown)
    return counts
  }

  /// Assigns a tile whose labels are known, comparing only what bounds leave.
  ///
  /// - Returns: what that took, and how many groups were left.
  private func assign(
    _ tile: Int, _ cursor: TileCursor<Scalar>,
    _ here: UnsafePointer<UnsafePointer<Scalar>>, within bounds: GroupBounds<Scalar>
  ) -> (FilterCounts, groups: Int) {
    let (step, scratch, count) = (cursor.step, cursor.scratch, count(tile))
    step.findThresholds(here, scratch, quantization: quantization(of: tile))
    let upperBounds = scratch.thresholds + KMEANS_THRESHOLD_UPPER_BOUND * FilterShape.lanes
    let unpruned = bounds.unprunedGroups(
      tile, upperBounds: upperBounds, step, list: scratch.list)
    step.filter(
      scratch, points: bytes(of: tile), list: scratch.list, groups: unpruned.padded,
      maxima: scratch.maxima)
    let found = step.decide(
      here, scratch, list: scratch.list, groups: unpruned.count, count: count)
    bounds.refresh(tile, step, scratch, count: unpruned.count)
    if verifies { cursor.verify(here, unpruned: unpruned.count, count: count) }
    return (found, unpruned.count)
  }

  /// Takes the labels and distances of a tile.
  ///
  /// - Returns: how many labels are others than before.
  private func keep(
    _ tile: Int, _ cursor: TileCursor<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    _ wereKnown: Bool
  ) -> Int {
    let (scratch, numbers) = (cursor.scratch, order + tile * FilterShape.lanes)
    var moved = 0
    for lane in 0..<count(tile) {
      let (row, label) = (Int(numbers[lane]), scratch.labels[lane])
      if !wereKnown {
        moved += 1
      } else if labels[row] != label {
        moved += 1
        cursor.move(numbers[lane], from: labels[row], to: label)
      }
      labels[row] = label
      distances[row] = scratch.squaredDistances[lane]
    }
    return moved
  }
}
