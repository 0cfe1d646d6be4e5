internal import KMeansLocks

/// The amount by which a seed would lower the potential: summed in row order within a stripe of
/// 1,024 rows, then stripe after stripe, so that a pass on several threads gives the same bits as a
/// walk through a list.
package struct Gain: Sendable {
  static let stripeRows = 1024

  private var finished = 0.0
  private var stripeSum = 0.0
  private var stripe = 0

  package init() {}

  /// Adds a row; rows come in ascending order.
  package mutating func add(_ gained: Double, row: Int) {
    if row / Self.stripeRows != stripe {
      finished += stripeSum
      stripeSum = 0
      stripe = row / Self.stripeRows
    }
    stripeSum += gained
  }

  package var total: Double { finished + stripeSum }
}

extension SeedPotential {
  /// The gain of each candidate, without a list of its rows.
  ///
  /// - Complexity: O(n m d) for m candidates, one pass over the points.
  func gains(
    of candidates: Matrix<Scalar>, beside seeds: Matrix<Scalar>
  ) throws(Source.Failure) -> [Double] {
    let nearest = NearestCentroids(
      candidates, centering: centering, strategy: centering.mostTerms == nil ? .fused : .auto,
      instructionSet: instructionSet)
    let stripes = Stripes.count(rows: source.count, stripeRows: Gain.stripeRows)
    let sums = Mutex([Double](repeating: 0, count: stripes * candidates.rows))
    nonisolated(unsafe) let potential = self
    try rangeSearch(nearest, beside: seeds, stripeRows: Gain.stripeRows) { stripe, part in
      sums.withLock { sums in
        for candidate in 0..<candidates.rows {
          var gain = 0.0
          for index in Int(part.starts[candidate])..<Int(part.starts[candidate + 1]) {
            let row = stripe * Gain.stripeRows + Int(part.rows[index])
            gain +=
              potential.weight(row) * (potential.distances[row] - part.squaredDistances[index])
          }
          sums[stripe * candidates.rows + candidate] = gain
        }
      }
    }
    let found = sums.withLock { $0 }
    return nearest.packed.firstEqual.map { firstEqual in
      let candidate = Int(firstEqual)
      return (0..<stripes).reduce(0) { $0 + found[$1 * candidates.rows + candidate] }
    }
  }

  /// The gain of each candidate whose rows are known.
  ///
  /// - Complexity: O(hits).
  func gains(of candidates: [Int], _ hits: CandidateHits) -> [Double] {
    // A nanosecond or two each: few are not worth waking a thread.
    let isLong = hits.total / hits.range.count * candidates.count > 50_000
    let unit = unit
    nonisolated(unsafe) let weights = source.weights
    return distances.withUnsafeBufferPointer { distances in
      nonisolated(unsafe) let distances = distances
      return Workers.map(
        candidates.count, threads: isLong ? source.threads : 1, team: source.team
      ) { place in
        var gain = Gain()
        hits.forEach(of: candidates[place]) { row, distance in
          let gained = distances[row] - distance
          if gained > 0 { gain.add((weights?[row] ?? 1) * unit * gained, row: row) }
        }
        return gain.total
      }
    }
  }
}
