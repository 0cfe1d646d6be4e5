// When two fits are the same.
import Clustering
import Testing

/// An iteration without the counters of work, which tell what was known of the points besides.
struct IterationBits: Equatable {
  let numbers: [Int]
  let inertia: UInt64?
  let squaredShift: UInt64

  init(_ iteration: KMeans.Iteration) {
    numbers = [iteration.number, iteration.points, iteration.moved, iteration.refilled]
    inertia = iteration.inertia?.bitPattern
    squaredShift = iteration.squaredShift.bitPattern
  }
}

/// Expects two fits to have the same bits, whatever work they were.
func expectSame<Scalar: ClusteringScalar>(
  _ found: KMeans.Fit<Scalar>, _ expected: KMeans.Fit<Scalar>, _ message: Comment = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.model == expected.model, message, sourceLocation: sourceLocation)
  #expect(found.labels == expected.labels, message, sourceLocation: sourceLocation)
  #expect(
    found.history.map(IterationBits.init) == expected.history.map(IterationBits.init), message,
    sourceLocation: sourceLocation)
}
