// Rounds whose captures are more than memory has room for.
//
// A gain is the sum over the rows that a candidate captures, in row order, of the amount that it
// takes off their present distance. Distances only fall: captures that are found later, by the
// distances of then, lack only rows that would add 0. So the gains, and the seeds, are the same
// bits whenever a candidate's captures are found.
extension GreedyKMeansPlusPlus {
  /// Takes the steps of a round with the captures of some candidates at a time.
  ///
  /// - Parameter counts: the captures of each candidate at the beginning of the round; later there
  ///   are at most as many.
  /// - Complexity: O(n m d) for m candidates; a pass over the points for each room full of
  ///   captures, and two for each step whose captures are more than that.
  mutating func takeSteps(
    _ batch: [SeedDraws.Draw], _ drawn: Matrix<Source.Scalar>, counts: [Int]
  ) throws(Source.Failure) {
    var (hits, next) = (nil as CandidateHits?, 0)
    while rows.count < count, let step = takeCandidates(batch, from: &next) {
      let (first, last) = (step[0], step[step.count - 1])
      if hits.map({ !$0.range.contains(last) }) ?? true {
        // Given back before others take its place.
        hits = nil
        hits = try self.hits(from: first, through: last, batch, drawn, counts)
      }
      if let hits {
        choose(best(of: step, hits), batch, drawn, hits)
      } else {
        try stepWithoutHits(step, batch, drawn)
      }
    }
  }

  /// The captures of as many candidates as there is room for, from one on.
  ///
  /// - Returns: `nil` where those up to `last` are too many.
  private mutating func hits(
    from first: Int, through last: Int, _ batch: [SeedDraws.Draw], _ drawn: Matrix<Source.Scalar>,
    _ counts: [Int]
  ) throws(Source.Failure) -> CandidateHits? {
    var (end, rest) = (first, room)
    while end < batch.count, counts[end] <= rest {
      rest -= counts[end]
      end += 1
    }
    guard end > last else { return nil }
    let range = first..<end
    let found = try potential.hits(
      of: drawn.picking(Array(range)), range: range, rows: batch[range].map(\.row),
      beside: centroids, room: room)
    note(distancesTo: range.count)
    return found.hits
  }
}
