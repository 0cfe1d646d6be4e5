// Which rows a candidate would capture: a range search, within the distances to the seeds so far.
extension SeedPotential {
  /// Finds the rows of every stripe that are nearer to a candidate than to any seed.
  ///
  /// Rows that are nearer to their seed than half of the way from there to the nearest candidate
  /// are left out unseen, by the triangle inequality (Elkan, ICML 2003, lemma 1; for k-means++
  /// Raff, Exact acceleration of k-means++ and k-means||, IJCAI 2021).
  ///
  /// - Parameters:
  ///   - candidates: may be packed for any strategy.
  ///   - seeds: those so far, in the order of their labels.
  ///   - found: gets the number of a stripe, and what was found in it.
  /// - Complexity: O(n m d) for m candidates at most, one pass over the points.
  func rangeSearch(
    _ candidates: NearestCentroids<Scalar>, beside seeds: Matrix<Scalar>, stripeRows: Int,
    _ found: @escaping @Sendable (Int, RangeHits) -> Void
  ) throws(Source.Failure) {
    let least = leastRadii(candidates, seeds)
    try distances.withUnsafeBufferPointer { (distances) throws(Source.Failure) in
      try labels.withUnsafeBufferPointer { (labels) throws(Source.Failure) in
        try least.withUnsafeBufferPointer { (least) throws(Source.Failure) in
          let radii = SearchRadii(
            squared: distances.baseAddress!, labels: labels.baseAddress!, least: least.baseAddress!)
          try source.forEachPart(stripeRows: stripeRows) { pass in
            pass.rangeSearch(candidates, within: radii, found)
          }
        }
      }
    }
  }

  /// The squared distance to each seed below which no candidate is nearer, rounded down.
  ///
  /// By the margin it is certain of computed distances, too: far above the relative error of three
  /// of them; and above what underflows in them.
  private func leastRadii(
    _ candidates: NearestCentroids<Scalar>, _ seeds: Matrix<Scalar>
  ) -> [Double] {
    var labels = [Int32](repeating: 0, count: seeds.rows)
    var ways = [Double](repeating: 0, count: seeds.rows)
    labels.withUnsafeMutableBufferPointer { labels in
      ways.withUnsafeMutableBufferPointer { ways in
        seeds.withRows { rows in
          let pass = RowPass(
            WeightedRows(rows: rows), clusters: candidates.clusters, threads: source.threads)
          _ = pass.assign(
            candidates, into: Assignment(labels: labels.baseAddress!, distances: ways.baseAddress!))
        }
      }
    }
    let margin = Double(source.columns + 64) * 0x1p-48
    return ways.map { $0 / 4 * (1 - margin) - 0x1p-960 }
  }
}
