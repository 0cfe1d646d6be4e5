/// The plan of a fit: what the first passes over all points find and every iteration needs. A
/// value, the same for every worker, wherever it is; see ``LloydProgress`` for what an iteration
/// changes.
package struct LloydPlan<Scalar: ClusteringScalar>: Sendable, Hashable {
  /// How many points there are.
  package let pointCount: Int
  /// What is done to every point first.
  package let transform: RowTransform
  /// The shift near the transformed points, one value a column.
  package let centering: Centering<Scalar>
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

  package var columns: Int { centering.shift.count }

  /// Checks the points and measures their mean and variance, before and after they are transformed.
  ///
  /// - Parameter source: maps the points, and leaves some out, from then on.
  init<Source: PointSource<Scalar>>(
    measuring source: inout Source, for parameters: KMeans
  ) throws(Source.Failure) {
    var (moments, range) = try source.checked()
    try source.checkSums(moments, range)
    transform = try parameters.transform(of: source, moments)
    source.map = RowMap(
      transform, columns: source.columns, instructionSet: source.execution.kernels)
    zeroRows = parameters.mayLeaveOutRows ? try source.zeroRows() : []
    if !zeroRows.isEmpty { source.forgetWeights(of: zeroRows) }
    if source.map != nil {
      (moments, range) = try source.checked(
        refusingZeroRows: transform.normalizes && zeroRows.isEmpty)
      try source.checkSums(moments, range)
    }
    try source.checkDifferences(moments)
    pointCount = source.count
    isWeighted = source.weights != nil
    weight = moments.weight
    meanVariance = moments.meanVariance
    totalInertia = moments.deviations.reduce(0, +)
    self.range = range
    if let sparse = try source.sparseFrame() {
      centering = Centering(columns: source.columns, mostTerms: sparse.mostTerms)
      known = sparse.box
      return
    }
    let sample = Centering<Scalar>.sample(of: source.count)
    let rows = try source.rows(sample)
    centering = Centering(medianOf: rows)
    var known = ColumnBox<Scalar>(columns: source.columns)
    rows.withRows { rows in
      for place in sample.indices where source.weight(sample[place]) > 0 { known.add(rows[place]) }
    }
    self.known = known
  }

  /// Has a source of the same points map them and leave out the same ones.
  ///
  /// - Throws: where they are not the points of this plan: what passes over them find is not what
  ///   it holds.
  func prepare<Source: PointSource<Scalar>>(_ source: inout Source) throws(Source.Failure) {
    var (moments, range) = try source.checked()
    guard source.count == pointCount else {
      throw source.failure(.pointsChanged(found: source.count, expected: pointCount))
    }
    guard source.columns == columns else {
      throw source.failure(.dimensionMismatch(found: source.columns, expected: columns))
    }
    source.map = RowMap(transform, columns: columns, instructionSet: source.execution.kernels)
    if !zeroRows.isEmpty { source.forgetWeights(of: zeroRows) }
    if source.map != nil {
      (moments, range) = try source.checked(
        refusingZeroRows: transform.normalizes && zeroRows.isEmpty)
    }
    try source.checkSums(moments, range)
    guard isWeighted == (source.weights != nil), range == self.range, moments.weight == weight,
      moments.meanVariance == meanVariance,
      moments.deviations.reduce(0, +) == totalInertia
    else { throw source.failure(.resuming(.otherPoints)) }
  }

  /// How clusters are summed without rounding; `nil` where that cannot be.
  var exactSums: ExactSums? {
    isWeighted ? nil : ExactSums(range, rows: pointCount)
  }
}
