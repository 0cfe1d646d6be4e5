internal import KMeansLocks

/// Centroids packed for the assignment step, made once when first needed.
final class PreparedCentroids<Scalar: ClusteringScalar>: Sendable {
  private let cache = Mutex<NearestCentroids<Scalar>?>(nil)

  /// What was made before for an instruction set and a strategy, or what `make` makes now.
  func value(
    for instructionSet: InstructionSet, _ strategy: Strategy, _ make: () -> NearestCentroids<Scalar>
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
}
