/// The rows of a batch as they are learnt: transformed, with their decayed weights, and with their
/// clusters. Valid while their ``BatchMemory`` is not used for another batch.
struct BatchRows<Scalar: ClusteringScalar> {
  let points: WeightedRows<Scalar>
  let times: RowTimes
  let memory: BatchMemory<Scalar>

  /// - Parameter clock: as it is at the end of the batch.
  init(
    _ given: WeightedRows<Scalar>, _ times: RowTimes, _ clock: DecayClock, _ map: RowMap<Scalar>?,
    in memory: BatchMemory<Scalar>, threads: Int
  ) {
    memory.reserve(rows: given.count)
    self.times = times
    self.memory = memory
    points = WeightedRows(
      rows: map.map { Self.transform(given.rows, by: $0, memory, threads) } ?? given.rows,
      weights: Self.weigh(given, times, clock, memory))
  }

  var labels: UnsafePointer<Int32> { UnsafePointer(memory.labels) }
  var labelArray: [Int32] { Array(UnsafeBufferPointer(start: labels, count: points.count)) }

  /// Finds the cluster of each row.
  ///
  /// - Parameters:
  ///   - distances: the distances that are noted, too.
  ///   - goesOn: whether other work follows.
  ///   - afterwards: that work, called by each worker once all rows are assigned.
  func assign(
    to nearest: NearestCentroids<Scalar>, noting distances: RowDistances, threads: Int,
    goesOn: Bool = false, afterwards: @Sendable () -> Void = {}
  ) -> AssignmentCounts {
    RowPass(points, clusters: nearest.centroids.rows, threads: threads).assign(
      nearest,
      into: Assignment(
        labels: memory.labels, distances: distances == .none ? nil : memory.distances,
        secondDistances: distances == .toTwoNearest ? memory.secondDistances : nil),
      scratch: memory.blocks, goesOn: goesOn, afterwards: afterwards)
  }

  /// The decayed weight of each row; `nil` where that is 1 each.
  private static func weigh(
    _ given: WeightedRows<Scalar>, _ times: RowTimes, _ clock: DecayClock,
    _ memory: BatchMemory<Scalar>
  ) -> UnsafePointer<Double>? {
    if clock.rate == 0 { return given.weights }
    if case .together(let time) = times, time == clock.latest { return given.weights }
    for row in 0..<given.count {
      memory.weights[row] = given.weight(row) * clock.kept(since: times[row])
    }
    return UnsafePointer(memory.weights)
  }

  private static func transform(
    _ rows: Rows<Scalar>, by map: RowMap<Scalar>, _ memory: BatchMemory<Scalar>, _ threads: Int
  ) -> Rows<Scalar> {
    memory.reserve(values: rows.count * rows.columns)
    nonisolated(unsafe) let target = memory.transformed
    let block = 1024
    Workers.share((rows.count + block - 1) / block, among: threads) { queue in
      while let turn = queue.next() {
        let range = turn * block..<min((turn + 1) * block, rows.count)
        map.map(rows[range], into: target + range.lowerBound * rows.columns)
      }
    }
    return Rows(
      base: UnsafePointer(target), count: rows.count, columns: rows.columns, stride: rows.columns)
  }
}
