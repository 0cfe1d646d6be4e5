/// Centroids that a fit with more clusters starts from, and what is known of them.
struct WarmStart<Scalar: ClusteringScalar> {
  /// The centroids, of transformed points.
  let centroids: Matrix<Scalar>
  /// The nearest centroid of each point.
  let labels: [Int32]
  let inertia: Double

  /// Takes the centroids of a fit, or those that it started from, so that the inertia is none above
  /// the last one.
  ///
  /// Lloyd's algorithm does not raise the inertia but for rounding: where points differ by a few
  /// last bits, the mean of them may be farther off than a centroid was. The start holds all
  /// centroids of the last fit, so no point is farther from the nearest one than it was.
  ///
  /// - Parameter start: what the fit started from, and its inertia; `nil` where it started anew.
  init(
    _ fit: KMeans.Fit<Scalar>, from start: (seeds: Seeds<Scalar>, inertia: Double)?,
    after last: WarmStart?
  ) {
    if let last, let start, let known = start.seeds.nearest, fit.model.inertia > last.inertia {
      centroids = start.seeds.centroids
      labels = known.labels
      // The same distances add up to other last bits where the stripes are longer.
      inertia = min(start.inertia, last.inertia)
    } else {
      centroids = fit.model.transformedCentroids
      labels = fit.labels
      inertia = fit.model.inertia
    }
  }

  /// The candidate that lowers the potential most, the earliest on ties.
  private static func best<Source: PointSource<Scalar>>(
    of candidates: Matrix<Scalar>, beside seeds: Matrix<Scalar>, _ potential: SeedPotential<Source>
  ) throws(Source.Failure) -> Matrix<Scalar> {
    guard candidates.rows > 1 else { return candidates }
    let gains = try potential.gains(of: candidates, beside: seeds)
    return candidates.picking([gains.indices.reduce(0) { gains[$1] > gains[$0] ? $1 : $0 }])
  }

  /// These centroids and points drawn among all points, together `count`.
  ///
  /// Where the points run out of distinct values, the rest are random ones.
  ///
  /// - Precondition: `count` is at least the number of centroids and at most that of points.
  /// - Complexity: O(n d) a new centroid.
  func seeds<Source: PointSource<Scalar>>(
    _ count: Int, _ lloyd: Lloyd<Source>
  ) throws(Source.Failure) -> Seeds<Scalar> {
    let source = lloyd.source
    let nearest = NearestCentroids(
      centroids, centering: lloyd.plan.centering, instructionSet: lloyd.instructionSet)
    var potential = SeedPotential(
      source, centering: lloyd.plan.centering, instructionSet: lloyd.instructionSet, labels: labels,
      distances: try source.distances(to: nearest, labels: labels), seedCount: centroids.rows)
    // A fit that starts anew draws as run 0.
    let seed = lloyd.parameters.seed
    let draws = Draws(seed: seed, purpose: .plusPlus, run: 1)
    let isGreedy = lloyd.parameters.initialization == .greedy
    let candidates = isGreedy ? GreedyKMeansPlusPlus<Source>.candidates(count) : 1
    var grown = centroids
    while grown.rows < count {
      // By the number of the centroid and that of the candidate.
      let drawn = (0..<candidates).compactMap {
        potential.draw(draws.uniform($0 << 32 + grown.rows))
      }
      guard drawn.count == candidates else { break }
      let new = try Self.best(of: source.rows(drawn), beside: grown, potential)
      try potential.add(new)
      grown.append(new[0])
    }
    if grown.rows < count {
      // Every point lies on a centroid: the others are twins, which no point is nearest to.
      let draws = Draws(seed: seed, purpose: .randomRows, run: 1)
      let rest = try source.rows(RandomRows.draw(count - grown.rows, from: source, draws))
      for row in 0..<rest.rows { grown.append(rest[row]) }
    }
    return Seeds(centroids: grown, nearest: (potential.labels, potential.distances))
  }
}
