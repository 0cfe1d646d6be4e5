private import KMeansCLibrary

// How a sketch begins: its first rows say where its frame is and where its cutoff begins.
extension WarmupRows {
  /// A sketch of these rows; `nil` where there are none.
  ///
  /// - Parameter set: sets how it works, which changes no result.
  /// - Complexity: O(n^2 d) for the cutoff, and O(n m d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func sketched(_ parameters: SketchParameters, _ set: (inout Sketcher) -> Void) -> Sketcher? {
    guard let rows else { return nil }
    // Where a shift of all rows changes distances, there is none.
    let isShifted = parameters.distance.pairwise != .tanimoto
    let shift =
      isShifted
      ? rows.withRows { SketchShift.of($0) } : Array(repeating: 0, count: rows.columns)
    let lightest = weights.reduce(Double.infinity) { $1 > 0 ? min($0, $1) : $0 }
    var state = SketchState(
      parameters, shift: shift, cutoff: nil)
    state.cutoff = cutoff(rows, lightest, state)
    state.lightest = lightest
    var sketcher = Sketcher(state)
    set(&sketcher)
    rows.withRows { rows in
      weights.withUnsafeBufferPointer { weights in
        sketcher.add(WeightedRows(rows: rows, weights: weights.baseAddress))
      }
    }
    return sketcher
  }

  private func cutoff(
    _ rows: Matrix<Scalar>, _ lightest: Double, _ state: SketchState
  ) -> Double? {
    let (parameters, shift) = (state.parameters, state.shift)
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
      let kernels = parameters.execution.kernels
      let least =
        if let distance = PairwiseDistance(of: parameters.distance, instructionSet: kernels) {
          SmallestDistance.positive(among: shifted, by: distance)
        } else {
          SmallestDistance.positive(among: shifted, instructionSet: kernels)
        }
      return least.map { SketchState.cutoff(cost: state.cost($0), weight: lightest) }
    }
  }
}

/// The smallest positive squared distance between two of some rows.
private enum SmallestDistance {
  /// The same of distances that are no squared Euclidean ones.
  ///
  /// - Complexity: O(n^2 d).
  static func positive(among rows: Matrix<Double>, by distance: PairwiseDistance) -> Double? {
    var least = Double.infinity
    rows.withRows { rows in
      for row in 0..<rows.count {
        for other in 0..<row {
          let found = distance(rows[row], rows[other], rows.columns)
          if found > 0 { least = min(least, found) }
        }
      }
    }
    return least.isFinite ? least : nil
  }

  /// - Parameter rows: near the origin, so that products tell them apart.
  /// - Returns: `nil` where all rows are equal.
  /// - Complexity: O(n^2 d) for a product, and O(d) for each pair that it does not rule out.
  static func positive(
    among rows: Matrix<Double>, instructionSet: InstructionSet
  ) -> Double? {
    let direct = PairDistance(rows, instructionSet: instructionSet)
    var least = Double.infinity
    for row in 0..<max(0, rows.rows - 1) {
      let distance = direct(row, row + 1)
      if distance > 0 { least = min(least, distance) }
    }
    let nearest = NearestCentroids(
      rows, centering: Centering(shift: Array(repeating: 0, count: rows.columns)), strategy: .fused,
      instructionSet: instructionSet)
    let size = min(64, rows.rows)
    let scratch = nearest.makeScratch(rows: size)
    for block in Stripes.blocks(of: 0..<rows.rows, limit: size) {
      // Of equal rows the first alone is compared: their distance is no positive one.
      let limits = [Double](repeating: min(least, .greatestFiniteMagnitude), count: block.count)
      rows.withRows { rows in
        nearest.rangeSearch(ListedRows(rows[block]), squaredRadii: limits, scratch: scratch) {
          if $2 > 0 { least = min(least, $2) }
        }
      }
    }
    return least.isFinite ? least : nil
  }
}
