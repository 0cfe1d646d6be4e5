internal import KMeansKernelTypes

/// What one thread needs to visit vectors of points that lie anywhere.
final class VectorVisit<Scalar: ClusteringScalar> {
  let step: FilterStep<Scalar>
  let scratch: FilterScratch<Scalar>
  /// The rows that went to another cluster.
  private(set) var moved: [MovedRow] = []
  private let rows: MappedRows<Scalar>
  private let order: UnsafePointer<Int32>
  private let places: UnsafeMutablePointer<UnsafePointer<Scalar>>
  private let arena = ScratchArena()
  /// For sixteen mapped rows; none where rows are used in place.
  private let mapped: [MappedBlock<Scalar>?]

  init(
    _ memory: RowMemory<Scalar>, step: FilterStep<Scalar>, scratch: FilterScratch<Scalar>
  ) {
    self.step = step
    self.scratch = scratch
    let rows = memory.rows
    self.rows = rows
    order = UnsafePointer(memory.order)
    places = arena.take(FilterShape.lanes)
    mapped =
      rows.map == nil ? [] : (0..<FilterShape.lanes).map { _ in rows.makeMemory(rows: 1) }
  }

  /// The places of a vector's rows, mapped where there is a map; what is missing of sixteen is the
  /// last one again.
  func rows(_ vector: Int) -> UnsafePointer<UnsafePointer<Scalar>> {
    let first = vector &* FilterShape.lanes
    for lane in 0..<FilterShape.lanes {
      let row = Int(order[min(first &+ lane, rows.count &- 1)])
      places[lane] = mapped.isEmpty ? rows.points.rows[row] : rows.row(row, mapped[lane])
    }
    return UnsafePointer(places)
  }

  /// Notes that a row goes to another cluster.
  func move(_ row: Int32, from: Int32, to: Int32) {
    moved.append(MovedRow(row: row, from: from, to: to))
  }

  /// Says that a vector comes next: what is read of it is fetched, in the order in which it is
  /// needed.
  func fetch(_ vector: Int, of memory: RowMemory<Scalar>, labels: UnsafePointer<Int32>) {
    var ahead = scratch.ahead
    let first = vector &* FilterShape.lanes
    let here = first..<min(first &+ FilterShape.lanes, rows.count)
    for place in here { ahead.add(labels + Int(order[place])) }
    ahead.add(memory.facts(of: vector), count: FilterShape.lanes * FilterShape.facts)
    for place in here { ahead.add(rows.points.rows[Int(order[place])], count: rows.columns) }
    memory.bounds?.fetch(vector, &ahead)
    ahead.add(memory.bytes(of: vector), count: FilterShape.lanes * memory.words)
    for place in here { ahead.add(memory.distances + Int(order[place])) }
    scratch.ahead = ahead
  }

  /// Computes what the bounds left out.
  ///
  /// - Precondition: all of it is farther than what was found.
  func verify(_ rows: UnsafePointer<UnsafePointer<Scalar>>, live: Int, count: Int) {
    var isLive = [Bool](repeating: false, count: step.quantized.groupCount)
    for place in 0..<live { isLive[Int(scratch.list[place])] = true }
    for group in 0..<step.quantized.groupCount where !isLive[group] {
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
