/// k-means++ (Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, 2007),
/// weighted, in few passes over the points.
///
/// A round draws many points from the distribution as it was when the round began, and takes each
/// with the probability (distance now) / (distance then): by the rule of rejection sampling those
/// that are taken have the distribution of k-means++ exactly. "Now" counts the points taken earlier
/// in the same round, to which only the drawn points' distances are needed. Then one assignment to
/// all points that were taken brings the distances up to date, so that k seeds cost about one
/// assignment of all points to k centroids, where the textbook makes k passes.
struct KMeansPlusPlus<Source: PointSource> {
  private var potential: SeedPotential<Source>
  private var draws: SeedDraws
  private var centroids: Matrix<Source.Scalar>
  private var rows: [Int] = []
  private var report = SeedingReport()
  private let count: Int

  /// Draws `count` seeds: the first in proportion to the weights, the next ones in proportion to
  /// weight times squared distance to the nearest seed so far.
  ///
  /// If the points run out of distinct values, the rest are random rows that were not drawn yet.
  ///
  /// - Parameters:
  ///   - first: the row of the first seed; `nil` to draw it.
  ///   - onSeeds: called after each round with the number of seeds so far.
  /// - Precondition: `count` is at most the number of points.
  /// - Complexity: O(n k d), in about log2(k) passes over the points.
  static func seeds(
    _ count: Int, first: Int? = nil, potential: consuming SeedPotential<Source>, draws: SeedDraws,
    onSeeds: (Int) -> Void = { _ in }
  ) throws(Source.Failure) -> Seeds<Source.Scalar> {
    var method = try KMeansPlusPlus(count, first, potential, draws)
    while method.rows.count < count, try method.round() { onSeeds(method.rows.count) }
    return try method.potential.completed(
      method.centroids, rows: method.rows, count: count, method.draws, method.report)
  }

  private init(
    _ count: Int, _ first: Int?, _ potential: consuming SeedPotential<Source>, _ draws: SeedDraws
  ) throws(Source.Failure) {
    self.count = count
    self.potential = potential
    self.draws = draws
    let first = if let first { first } else { self.draws.next(from: self.potential)!.row }
    centroids = try self.potential.source.rows([first])
    rows = [first]
    report.drawn = 1
    try addToPotential(centroids)
  }

  /// Draws as many points as there are seeds already, so that the distances that the draws go by
  /// are never much out of date; at least 16, for a pass over all points costs more than a few
  /// refusals.
  ///
  /// - Returns: false where no row is left to draw.
  private mutating func round() throws(Source.Failure) -> Bool {
    let batch = draws.batch(
      of: min(max(16, rows.count), 2 * (count - rows.count) + 8), from: potential)
    guard !batch.isEmpty else { return false }
    let drawn = try potential.source.rows(batch.map(\.row))
    let taken = take(batch, drawn)
    report.drawn += batch.count
    rows += taken.map { batch[$0].row }
    let new = drawn.picking(taken)
    for row in 0..<new.rows { centroids.append(new[row]) }
    try addToPotential(new)
    return true
  }

  /// Takes those of the drawn points that become seeds, in the order in which they were drawn.
  private mutating func take(
    _ batch: [SeedDraws.Draw], _ drawn: Matrix<Source.Scalar>
  ) -> [Int] {
    let direct = PairDistance(drawn, instructionSet: potential.instructionSet)
    var now = batch.map(\.distance)
    var taken: [Int] = []
    for index in batch.indices where taken.count < count - rows.count {
      guard batch[index].accepts(now[index]) else {
        report.refused += 1
        continue
      }
      taken.append(index)
      for later in batch.indices.dropFirst(index + 1) {
        now[later] = min(now[later], direct(later, index))
      }
    }
    return taken
  }

  private mutating func addToPotential(_ new: Matrix<Source.Scalar>) throws(Source.Failure) {
    try potential.add(new)
    report.rounds += 1
    report.passes += Double(new.rows) / Double(count)
  }
}
