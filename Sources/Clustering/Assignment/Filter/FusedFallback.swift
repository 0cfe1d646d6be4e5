internal import KMeansLocks

/// The same centroids for the strategy `fused`, packed when a filter first needs them.
final class FusedFallback<Scalar: ClusteringScalar>: Sendable {
  private let centroids: Matrix<Scalar>
  private let frame: Frame<Scalar>
  private let instructionSet: InstructionSet
  private let packed = Mutex<NearestCentroids<Scalar>?>(nil)

  init(_ centroids: Matrix<Scalar>, frame: Frame<Scalar>, instructionSet: InstructionSet) {
    self.centroids = centroids
    self.frame = frame
    self.instructionSet = instructionSet
  }

  /// - Complexity: O(k d) the first time.
  var nearest: NearestCentroids<Scalar> {
    packed.withLock { packed in
      let nearest =
        packed
        ?? NearestCentroids(
          centroids, frame: frame, strategy: .fused, instructionSet: instructionSet)
      packed = nearest
      return nearest
    }
  }
}
