internal import KMeansLocks

/// The rows that are nearer to a candidate than to any seed, for each candidate, with their
/// squared distances: enough to compute its gain, now and after others were chosen.
struct CandidateHits: Sendable {
  /// The rows of a stripe, and the most candidates: their starts take at most 4 bytes a row.
  static let stripeRows = 2048

  /// The hits of each stripe.
  fileprivate let parts: [RangeHits]
  /// The first candidate with the same values as each, which captures for both.
  fileprivate let firstEqual: [Int32]
  /// The candidates within their round.
  let range: Range<Int>
  /// The number of hits; those of equal candidates count once.
  let total: Int

  /// Calls a closure with the rows of a candidate, ascending.
  ///
  /// - Precondition: it is one of ``range``.
  func forEach(of candidate: Int, _ body: (_ row: Int, _ distance: Double) -> Void) {
    let candidate = Int(firstEqual[candidate - range.lowerBound])
    for (stripe, part) in parts.enumerated() {
      let first = stripe * Self.stripeRows
      for index in Int(part.starts[candidate])..<Int(part.starts[candidate + 1]) {
        body(first + Int(part.rows[index]), part.squaredDistances[index])
      }
    }
  }
}

/// The captures of some candidates, as far as there is room for them.
struct FoundHits: Sendable {
  /// The captures; `nil` where there are more than there is room for.
  let hits: CandidateHits?
  /// The number of captures; those of equal candidates count once.
  let total: Int
  /// The number of captures of each candidate.
  let counts: [Int]
}

extension SeedPotential {
  /// Finds the captures of some candidates.
  ///
  /// - Parameters:
  ///   - range: the places of the candidates in their round.
  ///   - numbers: the rows of the points that the candidates are.
  ///   - seeds: those so far.
  ///   - room: the largest number of captures to keep.
  /// - Complexity: O(n m d) for m candidates, one pass over the points.
  func hits(
    of candidates: Matrix<Scalar>, range: Range<Int>, rows numbers: [Int],
    beside seeds: Matrix<Scalar>,
    room: Int
  ) throws(Source.Failure) -> FoundHits {
    let nearest = capturing(candidates, rows: numbers)
    let stripeRows = CandidateHits.stripeRows
    let stripeCount = Stripes.count(rows: source.count, stripeRows: stripeRows)
    let all = Mutex(
      (
        parts: [RangeHits?](repeating: nil, count: stripeCount), total: 0,
        counts: [Int](repeating: 0, count: candidates.rows)
      ))
    try rangeSearch(nearest, beside: seeds, stripeRows: stripeRows) { stripe, part in
      all.withLock { all in
        all.total += part.rows.count
        // All are counted in any case: the next step does not depend on threads.
        for candidate in all.counts.indices {
          all.counts[candidate] += Int(part.starts[candidate + 1] - part.starts[candidate])
        }
        if all.total <= room { all.parts[stripe] = part }
      }
    }
    let firstEqual = nearest.packed.firstEqual
    return all.withLock { all in
      let counts = firstEqual.map { all.counts[Int($0)] }
      guard all.total <= room else {
        return FoundHits(hits: nil, total: all.total, counts: counts)
      }
      let parts = all.parts.compactMap { $0 }
      precondition(parts.count == stripeCount)
      let hits = CandidateHits(
        parts: parts, firstEqual: firstEqual, range: range, total: all.total)
      return FoundHits(hits: hits, total: all.total, counts: counts)
    }
  }
}

extension SeedPotential {
  /// The candidates of a round, with a filter where that pays: where it rules out enough for some
  /// of the candidates themselves, which lie farther from all seeds than most points.
  private func capturing(
    _ candidates: Matrix<Scalar>, rows numbers: [Int]
  ) -> NearestCentroids<Scalar> {
    func nearest(_ strategy: Execution.Strategy) -> NearestCentroids<Scalar> {
      NearestCentroids(
        candidates, centering: centering, strategy: strategy, instructionSet: instructionSet)
    }
    // Sparse rows are compared by an inverted index.
    guard centering.mostTerms == nil else { return nearest(.auto) }
    let strategy = Execution.Strategy.auto.resolved(
      columns: candidates.columns, clusters: candidates.rows, of: Scalar.self, on: instructionSet)
    guard strategy == .filtered else { return nearest(strategy) }
    let filtered = nearest(strategy)
    let tried = min(candidates.rows, 128)
    let limits = numbers.prefix(tried).map { distances[$0] }
    let pairs = candidates.withRows { rows in
      filtered.filteredRangeSearch(
        ListedRows(rows[0..<tried]), squaredRadii: limits,
        scratch: filtered.makeScratch(rows: tried)
      ) { _, _, _ in }
    }
    return pairs <= filtered.mostCandidates * tried ? filtered : nearest(.fused)
  }
}
