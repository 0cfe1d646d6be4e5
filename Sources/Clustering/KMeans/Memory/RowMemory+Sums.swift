internal import KMeansKernelTypes

// The sums of the clusters after an assignment.
extension RowMemory {
  /// Sums the clusters of the last assignment: where sums are exact, by what moved unless much did.
  ///
  /// - Parameter sums: of the assignment before, or anything after the first one.
  func sum(into sums: inout ClusterSums<Scalar>, _ labels: UnsafePointer<Int32>) {
    let stripeRows = sums.shape.stripeRows
    guard sums.isUnordered else {
      let sum = StripeSum(sums.empty())
      RowPass(rows, stripeRows: stripeRows, threads: threads).visit(
        labels: labels, distances: distances, adding: sum)
      sums = sum.total().value
      return
    }
    if sumsAnew || moved.count > points.count / 3 {
      sums.sumExactly(rows, labels, threads: threads)
    } else {
      sums.move(moved, of: rows, threads: threads)
    }
    sums.stripedInertia = StripedInertia(
      distances, points.weights, count: points.count, stripeRows: stripeRows)
  }

  /// Says that labels have changed besides.
  func forgetSums() { forgotSums = true }
}
