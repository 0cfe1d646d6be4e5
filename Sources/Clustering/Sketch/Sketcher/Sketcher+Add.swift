internal import KMeansKernelTypes

// What comes to a sketch from outside.
extension Sketcher {
  /// Adds points, which have been checked.
  ///
  /// - Complexity: O(n m d) for m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  mutating func add<Scalar: ClusteringScalar>(_ points: WeightedRows<Scalar>) {
    let source = SketchPoints(
      points: points, shift: state.shift,
      kernels: .compiled(for: parameters.execution.kernels))
    var pass = Pass(
      draws: Draws(seed: parameters.seed, purpose: .sketch), firstDraw: state.pointCount,
      countsPoints: true)
    withThreads { $0.addAll(of: source, &pass) }
  }

  /// Runs something with OpenBLAS at the threads that are asked for; at one where products are small, for
  /// threads that wait for each other at each of them lose much where others want a processor, too.
  mutating func withThreads(_ body: (inout Sketcher) -> Void) {
    let largest = 2 * Double(state.numClusters) * Double(columns) * Double(mostRows ?? Self.usualRows)
    let threads = largest < 0x1p24 ? 1 : parameters.execution.threads
    usesThreads = AvailableThreads.count(threads) > 1
    guard let threads else { return body(&self) }
    BLASThreads.limited(to: threads) { body(&self) }
  }
}
