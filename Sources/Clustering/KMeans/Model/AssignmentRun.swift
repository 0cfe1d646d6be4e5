internal import KMeansLocks

/// An assignment whose arguments were checked, but for the values of points where the assignment
/// itself finds those that are not finite: to read them twice takes longer than a few columns do.
struct AssignmentRun<Scalar: ClusteringScalar> {
  /// Who is nearest, by either kind of distance.
  private enum Nearest {
    case squared(NearestCentroids<Scalar>)
    case pairwise(PairwiseCentroids<Scalar>)
  }

  private let nearest: Nearest
  private let map: RowMap<Scalar>?
  private let execution: Execution
  private let checksAfterwards: Bool

  init(
    _ rows: Rows<Scalar>, to model: KMeansModel<Scalar>, _ execution: Execution,
    takesZeroRows: Bool = false
  ) throws(ClusteringError) {
    try execution.validate()
    guard rows.columns == model.dimension else {
      throw .dimensionMismatch(found: rows.columns, expected: model.dimension)
    }
    self.execution = execution
    let map = RowMap<Scalar>(
      model.transform, columns: model.dimension, instructionSet: execution.kernels)
    self.map = map
    if let pairwise = model.nearestPairwise(execution) {
      (nearest, checksAfterwards) = (.pairwise(pairwise), false)
    } else {
      // Those of a fit are among points that differ by more, and lie wherever these are.
      if model.iterations == 0 { try SumLimits.check(centroids: model.transformedCentroids) }
      let found = model.nearest(execution)
      nearest = .squared(found)
      // The squares of floats do not overflow; a map has checks of its own.
      checksAfterwards =
        Scalar.self == Float.self && map == nil && found.strategy == .fused && found.clusters > 1
    }
    guard !checksAfterwards else { return }
    try WeightedRows(rows: rows).checkFinite(execution, map: map, takesZeroRows: takesZeroRows)
  }

  func assign(
    _ rows: Rows<Scalar>, into result: Assignment
  ) throws(ClusteringError) -> AssignmentCounts {
    let mapped = MappedRows(WeightedRows(rows: rows), map: map)
    let counts =
      switch nearest {
      case .squared(let nearest):
        RowPass(mapped, clusters: nearest.clusters, threads: execution.threadCount)
          .assign(nearest, into: result)
      case .pairwise(let nearest):
        RowPass(mapped, clusters: nearest.clusters, threads: execution.threadCount)
          .assign(nearest, into: result, scratch: PassScratch())
      }
    if checksAfterwards, counts.notFinite > 0 {
      try WeightedRows(rows: rows).checkFinite(execution)
    }
    return counts
  }
}

/// Centroids packed for the assignment step, made once when first needed.
final class PreparedCentroids<Scalar: ClusteringScalar>: Sendable {
  private let cache = Mutex<NearestCentroids<Scalar>?>(nil)
  private let pairwiseCache = Mutex<PairwiseCentroids<Scalar>?>(nil)

  /// What was made before for an instruction set and a strategy, or what `make` makes now.
  func value(
    for instructionSet: InstructionSet, _ strategy: Execution.Strategy,
    _ make: () -> NearestCentroids<Scalar>
  ) -> NearestCentroids<Scalar> {
    cache.withLock { cache in
      if let made = cache, made.instructionSet == instructionSet,
        made.strategy == strategy
      {
        return made
      }
      let made = make()
      cache = made
      return made
    }
  }
  /// The same for a distance that is no squared Euclidean one.
  func pairwise(
    for instructionSet: InstructionSet, _ make: () -> PairwiseCentroids<Scalar>
  ) -> PairwiseCentroids<Scalar> {
    pairwiseCache.withLock { cache in
      if let made = cache, made.distance.instructionSet == instructionSet { return made }
      let made = make()
      cache = made
      return made
    }
  }
}
