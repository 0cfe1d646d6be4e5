/// k-means++ in its plain form: one pass over the points a centroid (Arthur and Vassilvitskii,
/// k-means++: the advantages of careful seeding, 2007), weighted.
enum KMeansPlusPlus {
  /// The numbers of `count` rows: the first drawn in proportion to the weights, the next ones in
  /// proportion to weight times squared distance to the nearest row so far.
  ///
  /// Where the points run out of distinct values, the rest are random rows that were not drawn yet.
  ///
  /// - Precondition: `count <= points.count`.
  /// - Complexity: O(n k d), k passes over the points.
  static func draw<Scalar: ClusteringScalar>(
    _ count: Int, from points: WeightedRows<Scalar>, seed: UInt64, run: Int, threads: Int,
    instructionSet: InstructionSet
  ) -> [Int] {
    let draws = Draws(seed: seed, purpose: .plusPlus, run: run)
    var potential = DistancePotential(points, threads: threads, instructionSet: instructionSet)
    var rows: [Int] = []
    while rows.count < count, let row = potential.draw(draws.uniform(rows.count)) {
      rows.append(row)
      if rows.count < count { potential.add(row) }
    }
    if rows.count < count {
      let drawn = Set(rows)
      let random = Draws(seed: seed, purpose: .randomRows, run: run)
      let order = RandomRows.draw(points.count, from: points, random)
      rows += order.lazy.filter { !drawn.contains($0) }.prefix(count - rows.count)
    }
    return rows
  }
}
