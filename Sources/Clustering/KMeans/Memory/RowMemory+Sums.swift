internal import KMeansKernelTypes

// The sums of the clusters after an assignment.
extension RowMemory {
  /// Sums the clusters of the last assignment: by what moved where sums are exact and little did, else those that changed.
  ///
  /// - Parameter sums: of the assignment before, or anything after the first one.
  func sum(
    into sums: inout ClusterSums<Scalar>, _ labels: UnsafePointer<Int32>,
    _ kernels: FilterKernels<Scalar>
  ) {
    let clusters = sums.clusters
    if grid != nil, !sumsAnew, moved.count < points.count / 8 {
      sums.move(moved, of: points.rows)
    } else {
      let order = RowsByLabel(labels, count: points.count, clusters: clusters)
      sums.sum(
        points, in: order, changed: changed, stripeRows: Stripes.rows(clusters: clusters), map: map,
        filter: kernels, threads: threads)
    }
    sums.inertiaSum = InertiaSum(
      distances, points.weights, count: points.count, stripeRows: Stripes.rows(clusters: clusters))
  }

  /// Says that labels have changed besides.
  func forgetSums() { forgotSums = true }
}
