internal import KMeansKernelTypes

/// The update of a small model in its piece of memory: the same operations in the same order as an
/// update of a stream, without its allocations, packed centroids and passes.
///
/// It takes the usual: what may be wrong, and what hardly ever happens, is left to a whole stream
/// (``prepare(_:_:)`` says so). It cannot fail.
struct KeyedStep<Scalar: ClusteringScalar>: Sendable {
  let parameters: StreamingParameters
  let layout: KeyedLayout
  let kernels: KernelSet<Scalar>
  let rate: Double
  /// The share that is forgotten in a unit of time.
  private let hasFixedGain: Bool

  init(_ parameters: StreamingParameters, _ layout: KeyedLayout) {
    self.parameters = parameters
    self.layout = layout
    kernels = .compiled(for: parameters.execution.kernels)
    rate = StreamingKMeans<Scalar>.clock(parameters, at: 0).rate
    hasFixedGain = parameters.gain == .fixed
  }

  /// What a group of rows does to the clock of a model, and the decayed weights of its rows.
  struct Plan {
    let rows: WeightedRows<Scalar>
    let times: RowTimes
    let clock: DecayClock
    /// The factor of the weights of the clusters.
    let factor: Double
    /// The time that the batch takes.
    let time: Double
  }

  /// Looks at the rows of a group that were gathered.
  ///
  /// - Returns: `nil` where only a whole stream can tell what to do.
  /// - Throws: ``ClusteringError`` for a time that is wrong, with the row's place in the group.
  func prepare(
    _ model: KeyedModel, _ count: Int, hasWeights: Bool, hasTimes: Bool,
    _ scratch: KeyedScratch<Scalar>
  ) throws(ClusteringError) -> Plan? {
    var clock = model.clock(rate: rate)
    let latest = clock.latest
    let next = try RowTimes.next(
      count, given: hasTimes ? UnsafeBufferPointer(start: scratch.times, count: count) : nil,
      clock, parameters)
    guard next.tooLate == 0 else { return nil }
    let factor = clock.advance(to: next.latest)
    let weights = weigh(count, next.times, clock, hasWeights: hasWeights, scratch)
    let rows = WeightedRows(
      rows: Rows(
        base: UnsafePointer(scratch.rows), count: count, columns: layout.columns,
        stride: layout.columns), weights: weights)
    for place in 0..<layout.values { scratch.centroids[place] = Scalar(model.centers[place]) }
    guard isUsual(rows), holds(model, rows, times: factor, clock), !mayDie(model, clock),
      !hasSpares(model, scratch)
    else { return nil }
    return Plan(
      rows: rows, times: next.times, clock: clock, factor: factor, time: next.latest - latest)
  }

  /// The decayed weight of each row; `nil` where that is 1 each. As of ``BatchRows``.
  private func weigh(
    _ count: Int, _ times: RowTimes, _ clock: DecayClock, hasWeights: Bool,
    _ scratch: KeyedScratch<Scalar>
  ) -> UnsafePointer<Double>? {
    let given = hasWeights ? UnsafePointer(scratch.given) : nil
    if clock.rate == 0 { return given }
    if case .together(let time) = times, time == clock.latest { return given }
    for row in 0..<count {
      scratch.decayed[row] = (given?[row] ?? 1) * clock.kept(since: times[row])
    }
    return UnsafePointer(scratch.decayed)
  }

  /// Whether no row has so little weight, and no value so small a magnitude, that products with
  /// them underflow.
  private func isUsual(_ rows: WeightedRows<Scalar>) -> Bool {
    guard let weights = rows.weights else { return true }
    for row in 0..<rows.count where !(weights[row] >= 0x1p-400) { return false }
    guard Scalar.self == Double.self else { return true }
    return (0..<rows.count * layout.columns).allSatisfy {
      let value = Double(rows.rows.base[$0]).magnitude
      return value == 0 || value >= 0x1p-150
    }
  }

  /// Whether all sums are certainly within the numbers of Double, as of
  /// ``StreamLearner/mayOverflow(times:now:)``.
  private func holds(
    _ model: KeyedModel, _ rows: WeightedRows<Scalar>, times factor: Double, _ clock: DecayClock
  ) -> Bool {
    var total = 0.0
    for cluster in 0..<layout.clusters {
      total += model.weights[cluster] + model.momentWeights[cluster]
    }
    var batch = Double(rows.count)
    if let weights = rows.weights {
      batch = 0
      for row in 0..<rows.count { batch += weights[row] }
    }
    total = total * factor + batch * clock.now
    let limit = min(FiniteCheck<Scalar>.limit, Double(Scalar.greatestFiniteMagnitude))
    return total.isFinite
      && 8 * limit * limit * Double(layout.columns) * (total / clock.now) <= SumLimits.largest
  }

  /// Whether some cluster is dead unless it gets points now.
  private func mayDie(_ model: KeyedModel, _ clock: DecayClock) -> Bool {
    guard case .afterHalfLives(let limit) = parameters.deaths, clock.rate > 0 else { return false }
    for cluster in 0..<layout.clusters
    where model.lastSeen[cluster] < clock.latest
      && !(clock.halfLives(since: model.lastSeen[cluster]) < limit)
    {
      return true
    }
    return false
  }

  /// Whether some cluster may be without a place of its own.
  private func hasSpares(_ model: KeyedModel, _ scratch: KeyedScratch<Scalar>) -> Bool {
    let columns = layout.columns
    for cluster in 1..<max(1, layout.clusters)
    where model.weights[cluster] == 0 && model.momentWeights[cluster] == 0 {
      let own = scratch.centroids + cluster * columns
      for other in 0..<cluster {
        let values = scratch.centroids + other * columns
        if (0..<columns).allSatisfy({ own[$0] == values[$0] }) { return true }
      }
    }
    return false
  }

  /// The gain where it is fixed; `nil` where it is weighted.
  func gain(_ plan: Plan) -> Double? {
    hasFixedGain ? parameters.forgetting.forgotten(after: plan.time) : nil
  }
}
