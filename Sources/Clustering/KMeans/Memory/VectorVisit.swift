internal import KMeansKernelTypes

/// What one thread needs to visit vectors of points that lie anywhere.
final class VectorVisit<Scalar: ClusteringScalar> {
  let step: FilterStep<Scalar>
  let scratch: FilterScratch<Scalar>
  /// The rows that went to another cluster.
  private(set) var moved: [MovedRow] = []
  private let map: RowMap<Scalar>?
  private let places: UnsafeMutablePointer<UnsafePointer<Scalar>>
  /// Sixteen mapped rows.
  private let mapped: UnsafeMutablePointer<Scalar>?

  init(step: FilterStep<Scalar>, scratch: FilterScratch<Scalar>, map: RowMap<Scalar>?) {
    self.step = step
    self.scratch = scratch
    self.map = map
    places = .allocate(capacity: 2 * FilterShape.lanes)
    mapped = map.map { _ in .allocate(capacity: FilterShape.lanes * step.centroids.columns) }
  }

  deinit {
    places.deallocate()
    mapped?.deallocate()
  }

  /// The places of some rows, mapped where there is a map; what is missing of sixteen is the last one again.
  func rows(
    _ rows: Rows<Scalar>, _ numbers: UnsafePointer<Int32>, _ count: Int
  ) -> UnsafePointer<UnsafePointer<Scalar>> {
    fill(places, rows, numbers, count)
    if let map, let mapped {
      for lane in 0..<FilterShape.lanes {
        let target = mapped + lane * rows.columns
        map.map(
          Rows(base: places[lane], count: 1, columns: rows.columns, stride: rows.columns),
          into: target)
        places[lane] = UnsafePointer(target)
      }
    }
    return UnsafePointer(places)
  }

  /// Notes that a row goes to another cluster.
  func move(_ row: Int32, from: Int32, to: Int32) {
    moved.append(MovedRow(row: row, from: from, to: to))
  }

  /// The places of the rows that come next, for fetching.
  func rowsAhead(
    _ rows: Rows<Scalar>, _ numbers: UnsafePointer<Int32>, _ count: Int
  ) -> UnsafePointer<UnsafePointer<Scalar>> {
    fill(places + FilterShape.lanes, rows, numbers, count)
    return UnsafePointer(places + FilterShape.lanes)
  }

  private func fill(
    _ places: UnsafeMutablePointer<UnsafePointer<Scalar>>, _ rows: Rows<Scalar>,
    _ numbers: UnsafePointer<Int32>, _ count: Int
  ) {
    for lane in 0..<FilterShape.lanes {
      places[lane] = rows[Int(numbers[min(lane, count - 1)])]
    }
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
