#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The first rows of a stream, which say where the frame of its sketch is and where its cutoff begins.
struct SketchFirstRows<Scalar: ClusteringScalar>: Sendable {
  /// How many rows say so (Mahout's `NUM_ESTIMATE_POINTS`).
  static var enough: Int { 1000 }

  private(set) var rows: Matrix<Scalar>?
  private(set) var weights: [Double] = []

  /// How many are still to come.
  var missing: Int { Self.enough - weights.count }

  mutating func append(_ points: WeightedRows<Scalar>) {
    guard points.count > 0 else { return }
    let new = points.rows.matrix(of: Array(0..<points.count))
    if rows == nil {
      rows = new
    } else {
      for row in 0..<new.rows { rows!.append(new[row]) }
    }
    weights += (0..<points.count).map(points.weight)
  }

  /// A sketch of these rows; nothing where there are none.
  ///
  /// - Complexity: O(n^2 d) for the cutoff, and O(n m d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func sketched(_ parameters: SketchParameters, mostRows: Int?) -> Sketcher? {
    guard let rows else { return nil }
    let shift = rows.withRows { SketchShift.of($0) }
    let lightest = weights.reduce(Double.infinity) { $1 > 0 ? min($0, $1) : $0 }
    var state = SketchState(
      parameters, shift: shift, cutoff: cutoff(rows, shift, lightest, parameters))
    state.lightest = lightest
    var sketcher = Sketcher(state)
    sketcher.mostRows = mostRows
    rows.withRows { rows in
      weights.withUnsafeBufferPointer { weights in
        sketcher.add(WeightedRows(rows: rows, weights: weights.baseAddress))
      }
    }
    return sketcher
  }

  private func cutoff(
    _ rows: Matrix<Scalar>, _ shift: [Double], _ lightest: Double, _ parameters: SketchParameters
  ) -> Double? {
    switch parameters.distanceCutoff {
    case .fixed(let cutoff): return cutoff
    case .shindler(let points):
      return 1 / (Double(parameters.clusterCount) * (1 + log(Double(points))))
    case .estimated:
      // None of them counts: those that come later say how much a point weighs.
      guard lightest.isFinite else { return nil }
      var shifted: Matrix<Double> = rows.converted(to: Double.self)
      var values = shifted.mutableSpan
      for index in values.indices { values[index] -= shift[index % shift.count] }
      let least = SmallestDistance.positive(
        among: shifted, instructionSet: parameters.execution.kernels)
      return least.map { SketchState.cutoff(squaredDistance: $0, weight: lightest) }
    }
  }
}
