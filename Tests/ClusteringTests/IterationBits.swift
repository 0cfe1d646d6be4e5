import Clustering

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
