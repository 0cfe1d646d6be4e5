internal import KMeansKernelTypes

/// A cursor over tiles of sixteen points that lie anywhere: what one thread needs to assign them.
final class TileCursor<Scalar: ClusteringScalar> {
  let step: FilterStep<Scalar>
  let scratch: FilterScratch<Scalar>
  /// The rows that went to another cluster.
  private(set) var moved: [MovedRow] = []
  private let rows: MappedRows<Scalar>
  private let order: UnsafePointer<Int32>
  private let rowPointers: UnsafeMutablePointer<UnsafePointer<Scalar>>
  private let arena = ScratchArena()
  /// Memory for sixteen mapped rows; none where rows are used in place.
  private let mapped: [MappedBlock<Scalar>?]

  init(
    _ cache: LloydCache<Scalar>, step: FilterStep<Scalar>, scratch: FilterScratch<Scalar>
  ) {
    self.step = step
    self.scratch = scratch
    let rows = cache.rows
    self.rows = rows
    order = UnsafePointer(cache.order)
    rowPointers = arena.take(FilterShape.lanes)
    mapped =
      rows.map == nil ? [] : (0..<FilterShape.lanes).map { _ in rows.makeMemory(rows: 1) }
  }

  /// The addresses of a tile's rows, mapped where there is a map; what is missing of sixteen is the
  /// last one again.
  func rows(_ tile: Int) -> UnsafePointer<UnsafePointer<Scalar>> {
    let first = tile &* FilterShape.lanes
    for lane in 0..<FilterShape.lanes {
      let row = Int(order[min(first &+ lane, rows.count &- 1)])
      rowPointers[lane] = mapped.isEmpty ? rows.points.rows[row] : rows.row(row, mapped[lane])
    }
    return UnsafePointer(rowPointers)
  }

  /// Notes that a row goes to another cluster.
  func move(_ row: Int32, from: Int32, to: Int32) {
    moved.append(MovedRow(row: row, from: from, to: to))
  }

  /// Prefetches what is read of the tile that comes next, in the order in which it is needed.
  func prefetch(_ tile: Int, of cache: LloydCache<Scalar>, labels: UnsafePointer<Int32>) {
    var queue = scratch.prefetch
    let first = tile &* FilterShape.lanes
    let here = first..<min(first &+ FilterShape.lanes, rows.count)
    for place in here { queue.add(labels + Int(order[place])) }
    queue.add(cache.quantization(of: tile), count: FilterShape.lanes * FilterShape.quantization)
    for place in here { queue.add(rows.points.rows[Int(order[place])], count: rows.columns) }
    cache.bounds?.prefetch(tile, &queue)
    queue.add(cache.bytes(of: tile), count: FilterShape.lanes * cache.words)
    for place in here { queue.add(cache.distances + Int(order[place])) }
    scratch.prefetch = queue
  }

  /// Computes what the bounds left out.
  ///
  /// - Precondition: all of it is farther than what was found.
  func verify(_ rows: UnsafePointer<UnsafePointer<Scalar>>, unpruned: Int, count: Int) {
    var isUnpruned = [Bool](repeating: false, count: step.quantized.groupCount)
    for place in 0..<unpruned { isUnpruned[Int(scratch.list[place])] = true }
    for group in 0..<step.quantized.groupCount where !isUnpruned[group] {
      for slot in 0..<FilterShape.groupSize {
        let label = Int(step.quantized.labels[group * FilterShape.groupSize + slot])
        guard label >= 0 else { continue }
        for lane in 0..<count {
          let distance = step.directDistance(
            rows[lane], step.centroids[label], step.centroids.columns)
          precondition(
            distance > scratch.squaredDistances[lane],
            "a carried bound left out centroid \(label), which is nearer")
        }
      }
    }
  }
}
