/// Ordered pairs of points, by whether they share a class and whether they share a cluster: whole
/// numbers, up to the square of the number of points.
struct PairCounts {
  /// Pairs that share both.
  let both: Int128
  /// Pairs that share a class only.
  let classOnly: Int128
  /// Pairs that share a cluster only.
  let clusterOnly: Int128
  /// Pairs that share neither.
  let neither: Int128

  /// - Complexity: O(pairs of a class and a cluster that share points).
  init<Class>(_ confusion: ConfusionMatrix<Class>) {
    func squares(_ counts: some Sequence<Int>) -> Int128 {
      counts.reduce(0) { $0 + Int128($1) * Int128($1) }
    }
    let points = Int128(confusion.clusterSizes.reduce(0, +))
    let cells = squares(confusion.cells.lazy.map(\.count))
    both = cells - points
    classOnly = squares(confusion.classSizes) - cells
    clusterOnly = squares(confusion.clusterSizes) - cells
    neither = points * points - classOnly - clusterOnly - cells
  }

  /// scikit-learn's formula: 2 (TP TN - FN FP) / ((TP + FN)(FN + TN) + (TP + FP)(FP + TN)), 1 where
  /// the partitions are the same.
  ///
  /// The products, of up to 160 bits, are rounded to Double: an error of some units of 2^-52 of the
  /// result's scale, which is 1.
  var adjustedRand: Double {
    if classOnly == 0, clusterOnly == 0 { return 1 }
    let (tp, tn) = (Double(both), Double(neither))
    let (fn, fp) = (Double(classOnly), Double(clusterOnly))
    return 2 * (tp * tn - fn * fp)
      / (Double(both + classOnly) * Double(classOnly + neither)
        + Double(both + clusterOnly) * Double(clusterOnly + neither))
  }
}
