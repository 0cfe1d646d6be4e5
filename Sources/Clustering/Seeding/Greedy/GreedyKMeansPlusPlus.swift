private import KMeansCLibrary

/// Greedy k-means++: of several points drawn as k-means++ draws them, the one that lowers the
/// potential most becomes the next seed (Arthur and Vassilvitskii, 2007, section 6; the number of
/// candidates is scikit-learn's).
///
/// As in ``KMeansPlusPlus`` a round draws the candidates of several steps at once and refuses some,
/// so that each step's candidates have the distribution of their step exactly. One product of all
/// points with all candidates of the round rules out nearly all pairs; `directDistance` of the
/// others says which rows each candidate would capture. From these lists the gain of a candidate is
/// known at any later step of the round without touching the points again.
///
/// The limit of captures of a round is a function of the number of points alone, because it decides
/// how many candidates are drawn. Where memory has less room, they are taken in several passes; see
/// `GreedyKMeansPlusPlus+Parts.swift`.
struct GreedyKMeansPlusPlus<Source: PointSource> {
  private(set) var potential: SeedPotential<Source>
  private var draws: SeedDraws
  private(set) var centroids: Matrix<Source.Scalar>
  private(set) var rows: [Int] = []
  private var report = SeedingReport()
  let count: Int
  private let candidates: Int
  /// The largest number of captures of a round.
  private let hitLimit: Int
  /// The largest number of captures in memory at a time.
  let room: Int
  /// Hits of a candidate, in units of the mean size of a cluster.
  private var reach = 1.0

  /// Candidates of a step: 2 + floor(ln k).
  static func candidates(_ count: Int) -> Int { 2 + Int(log(Double(count))) }

  /// Chooses `count` seeds.
  ///
  /// If the points run out of distinct values, the rest are random rows that were not drawn yet.
  ///
  /// - Parameters:
  ///   - room: the captures (24 bytes each while they are sorted) that may be in memory at a time;
  ///     `nil` for those of a round, 4 million or one a point. No seed depends on it.
  ///   - onSeeds: called after each round with the number of seeds so far.
  /// - Precondition: `count` is at most the number of points.
  /// - Complexity: O(n k d log k), in about 2 log2(k) passes over the points.
  static func seeds(
    _ count: Int, potential: consuming SeedPotential<Source>, draws: SeedDraws, room: Int? = nil,
    onSeeds: (Int) -> Void = { _ in }
  ) throws(Source.Failure) -> Seeds<Source.Scalar> {
    var method = try GreedyKMeansPlusPlus(count, potential, draws, room)
    while method.rows.count < count, try method.round() { onSeeds(method.rows.count) }
    return try method.potential.completed(
      method.centroids, rows: method.rows, count: count, method.draws, method.report)
  }

  /// Chooses seeds beside centroids that there are already.
  ///
  /// - Parameters:
  ///   - more: the number of seeds.
  ///   - centroids: at least one, different ones.
  ///   - potential: the potential of the points without seeds.
  /// - Returns: fewer seeds where the points run out of values other than those of the centroids.
  /// - Complexity: as ``seeds(_:potential:draws:room:onSeeds:)``.
  static func seeds(
    _ more: Int, beside centroids: Matrix<Source.Scalar>,
    potential: consuming SeedPotential<Source>, draws: SeedDraws
  ) throws(Source.Failure) -> Matrix<Source.Scalar> {
    let count = centroids.rows + more
    try potential.add(centroids)
    var method = GreedyKMeansPlusPlus(count, potential, draws, beside: centroids)
    while method.rows.count < count, try method.round() {}
    return method.centroids.picking(Array(centroids.rows..<method.centroids.rows))
  }

  /// - Parameter centroids: those that the potential has already; they are no rows of the points.
  private init(
    _ count: Int, _ potential: consuming SeedPotential<Source>, _ draws: SeedDraws,
    beside centroids: Matrix<Source.Scalar>
  ) {
    self.count = count
    hitLimit = max(4 << 20, potential.source.count)
    room = hitLimit
    candidates = Self.candidates(count)
    self.potential = potential
    self.draws = draws
    self.centroids = centroids
    rows = Array(repeating: -1, count: centroids.rows)
  }

  private init(
    _ count: Int, _ potential: consuming SeedPotential<Source>, _ draws: SeedDraws,
    _ room: Int?
  ) throws(Source.Failure) {
    self.count = count
    hitLimit = max(4 << 20, potential.source.count)
    self.room = min(room ?? hitLimit, hitLimit)
    candidates = Self.candidates(count)
    self.potential = potential
    self.draws = draws
    let first = self.draws.next(from: self.potential)!.row
    centroids = try self.potential.source.rows([first])
    rows = [first]
    report.drawn = 1
    try self.potential.add(centroids)
    note(distancesTo: 1)
  }

  mutating func note(distancesTo seeds: Int) {
    report.rounds += 1
    report.passes += Double(seeds) / Double(count)
  }

  /// The number of steps that the next round tries: so few that the distances that the draws go by
  /// are not much out of date, and that the captures are probably not too many.
  private var steps: Int {
    let clusterSize = Double(potential.source.count) / Double(rows.count)
    let kept = Double(hitLimit) / (clusterSize * reach * Double(candidates))
    let most = min(rows.count / 2, count - rows.count, CandidateHits.stripeRows / candidates)
    return max(1, Int(min(kept, Double(most))))
  }

  /// - Returns: false where no row is left to draw.
  private mutating func round() throws(Source.Failure) -> Bool {
    let batch = draws.batch(of: steps * candidates, from: potential)
    guard !batch.isEmpty else { return false }
    report.drawn += batch.count
    let drawn = try potential.source.rows(batch.map(\.row))
    let found = try potential.hits(
      of: drawn, range: batch.indices, rows: batch.map(\.row), beside: centroids, room: room)
    note(distancesTo: batch.count)
    let pairs = Double(batch.count) * Double(potential.source.count)
    reach = max(Double(found.total) * Double(rows.count) / pairs, 0x1p-20)
    if found.total > hitLimit {
      try stepWithoutHits(Array(0..<candidates), batch, drawn)
    } else if let hits = found.hits {
      var next = 0
      while rows.count < count, let step = takeCandidates(batch, from: &next) {
        choose(best(of: step, hits), batch, drawn, hits)
      }
    } else {
      try takeSteps(batch, drawn, counts: found.counts)
    }
    potential.sumStripes()
    return true
  }

  /// The next candidates that are taken; `nil` where they are too few for a step.
  mutating func takeCandidates(_ batch: [SeedDraws.Draw], from next: inout Int) -> [Int]? {
    var taken: [Int] = []
    while next < batch.count, taken.count < candidates {
      if batch[next].accepts(potential.distances[batch[next].row]) {
        taken.append(next)
      } else {
        report.refused += 1
      }
      next += 1
    }
    return taken.count == candidates ? taken : nil
  }

  /// The candidate that gains most, the earliest on ties.
  func best(of step: [Int], _ hits: CandidateHits) -> Int {
    let gains = potential.gains(of: step, hits)
    return step[gains.indices.reduce(0) { gains[$1] > gains[$0] ? $1 : $0 }]
  }

  mutating func choose(
    _ candidate: Int, _ batch: [SeedDraws.Draw], _ drawn: Matrix<Source.Scalar>,
    _ hits: CandidateHits
  ) {
    rows.append(batch[candidate].row)
    centroids.append(drawn[candidate])
    hits.forEach(of: candidate) { potential.lower($0, to: $1) }
    potential.finishSeed()
  }

  /// One step where the captures are too many to be kept: a pass for the gains, and one for the
  /// seed.
  mutating func stepWithoutHits(
    _ step: [Int], _ batch: [SeedDraws.Draw], _ drawn: Matrix<Source.Scalar>
  ) throws(Source.Failure) {
    let gains = try potential.gains(of: drawn.picking(step), beside: centroids)
    let best = step[gains.indices.reduce(0) { gains[$1] > gains[$0] ? $1 : $0 }]
    let seed = drawn.picking([best])
    rows.append(batch[best].row)
    centroids.append(seed[0])
    try potential.add(seed)
    note(distancesTo: candidates + 1)
  }
}
