/// The plan of a fit: what the first passes over all points find and every iteration needs. A
/// value, the same for every worker, wherever it is; see ``LloydProgress`` for what an iteration
/// changes.
package struct LloydPlan<Scalar: ClusteringScalar>: Sendable, Hashable {
  /// How many points there are.
  package let pointCount: Int
  /// What is done to every point first.
  package let transform: RowTransform
  /// The shift near the transformed points, one value a column.
  package let frame: Frame<Scalar>
  /// How large and how small the transformed values are: whether sums can be exact.
  let range: ValueRange
  /// The weight of all points.
  let weight: Double
  /// Whether points have weights of their own.
  let isWeighted: Bool
  /// The mean over the columns of their variance, the unit of the tolerance.
  let meanVariance: Double
  /// The inertia of one cluster of all points.
  let totalInertia: Double
  /// The rows that are left out, ascending, for they have no direction.
  let zeroRows: [Int]
  /// The box of some of the points: means within it need no other look.
  let known: ColumnBox<Scalar>

  package var columns: Int { frame.shift.count }

  /// Checks the points and measures their mean and variance, before and after they are transformed.
  ///
  /// - Parameter supply: maps the points, and leaves some out, from then on.
  init<Supply: PointSupply<Scalar>>(
    measuring supply: inout Supply, for parameters: KMeans
  ) throws(Supply.Failure) {
    var (moments, range) = try supply.checked()
    try supply.checkSums(moments, range)
    transform = RowTransform(
      standardization: parameters.standardizes ? try supply.standardization(moments) : nil,
      normalizes: parameters.distance == .cosine)
    supply.map = RowMap(
      transform, columns: supply.columns, instructionSet: supply.execution.kernels)
    let isLeftOut =
      parameters.leavesOutZeroRows == true && transform.normalizes && parameters.standardizes
    zeroRows = isLeftOut ? try supply.zeroRows() : []
    if !zeroRows.isEmpty { supply.forgetWeights(of: zeroRows) }
    if supply.map != nil {
      (moments, range) = try supply.checked(
        refusingZeroRows: transform.normalizes && zeroRows.isEmpty)
      try supply.checkSums(moments, range)
    }
    try supply.checkDifferences(moments)
    pointCount = supply.count
    isWeighted = supply.weights != nil
    weight = moments.weight
    meanVariance = moments.meanVariance
    totalInertia = moments.deviations.reduce(0, +)
    self.range = range
    let sample = Frame<Scalar>.sample(of: supply.count)
    let rows = try supply.rows(sample)
    frame = Frame(medianOf: rows)
    var known = ColumnBox<Scalar>(columns: supply.columns)
    rows.withRows { rows in
      for place in sample.indices where supply.weight(sample[place]) > 0 { known.add(rows[place]) }
    }
    self.known = known
  }

  /// Has a supply of the same points map them and leave out the same ones.
  ///
  /// - Throws: where they are not the points of this plan: what passes over them find is not what
  ///   it holds.
  func prepare<Supply: PointSupply<Scalar>>(_ supply: inout Supply) throws(Supply.Failure) {
    var (moments, range) = try supply.checked()
    guard supply.count == pointCount else {
      throw supply.failure(.pointsChanged(found: supply.count, expected: pointCount))
    }
    guard supply.columns == columns else {
      throw supply.failure(.dimensionMismatch(found: supply.columns, expected: columns))
    }
    supply.map = RowMap(transform, columns: columns, instructionSet: supply.execution.kernels)
    if !zeroRows.isEmpty { supply.forgetWeights(of: zeroRows) }
    if supply.map != nil {
      (moments, range) = try supply.checked(
        refusingZeroRows: transform.normalizes && zeroRows.isEmpty)
    }
    try supply.checkSums(moments, range)
    guard isWeighted == (supply.weights != nil), range == self.range, moments.weight == weight,
      moments.meanVariance == meanVariance
    else { throw supply.failure(.resuming(.otherPoints)) }
  }

  /// How so many clusters are summed without rounding; `nil` where that cannot be, or weighs too
  /// much.
  func exactSums(clusters: Int) -> ExactSums? {
    let isLong = Strategy.filterPays(columns: columns, clusters: clusters, of: Scalar.self)
    return isLong && !isWeighted ? ExactSums(range, rows: pointCount) : nil
  }
}
