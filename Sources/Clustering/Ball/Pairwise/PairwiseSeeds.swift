private import KMeansCLibrary

/// Initial centroids by a distance that is no squared Euclidean one: k-means++ with the weight
/// times the distance in place of its square, which is the rule of Arthur and Vassilvitskii for
/// that potential (k-means++: the advantages of careful seeding, 2007, section 5, D^l with l = 1).
struct PairwiseSeeds {
  private let points: PairwisePoints
  private let draws: Draws
  private var number = 0
  /// The distance of each point to the nearest seed so far [n].
  private var distances: [Double]
  private(set) var rows: [Int] = []

  /// Chooses some number of the points, in the order in which they were drawn. Where points run out
  /// of distinct values, the rest are random ones that were not drawn.
  ///
  /// - Parameter initialization: Ostrovsky's first seed is a formula for squares, so that it is
  ///   k-means++ here.
  /// - Precondition: there are as many points, and one of a weight above 0.
  /// - Complexity: O(n k d), times log k where it is greedy.
  static func choose(
    _ count: Int, of points: PairwisePoints, _ initialization: BallKMeans.Initialization,
    seed: UInt64, run: Int
  ) -> [Int] {
    if initialization == .uniform {
      return points.withPoints {
        RandomRows.draw(
          count, from: InMemoryPoints($0, points.execution),
          Draws(seed: seed, purpose: .randomRows, run: run))
      }
    }
    var seeds = PairwiseSeeds(points, Draws(seed: seed, purpose: .plusPlus, run: run))
    let candidates = initialization == .greedy ? 2 + Int(log(Double(count))) : 1
    while seeds.rows.count < count, seeds.chooseNext(of: candidates) {}
    let chosen = seeds.rows
    let others = points.withPoints {
      SeedDraws(seed: seed, run: run).others(
        count - chosen.count, than: chosen, of: InMemoryPoints($0, points.execution))
    }
    return chosen + others
  }

  private init(_ points: PairwisePoints, _ draws: Draws) {
    (self.points, self.draws) = (points, draws)
    // All are as far before there is a seed: the first is drawn by its weight.
    distances = Array(repeating: 1, count: points.count)
  }

  /// Draws candidates and takes the one with which all points cost least, the earliest on ties.
  ///
  /// - Returns: false where every point lies on a seed.
  private mutating func chooseNext(of candidates: Int) -> Bool {
    var best: (row: Int, cost: Double, distances: [Double])?
    for _ in 0..<(rows.isEmpty ? 1 : candidates) {
      guard let row = draw() else { break }
      let own = points.distances(to: row)
      let lowered =
        rows.isEmpty ? own : zip(distances, own).map { min($0, $1) }
      let cost = points.cost(lowered)
      if best.map({ cost < $0.cost }) ?? true { best = (row, cost, lowered) }
    }
    guard let best else { return false }
    rows.append(best.row)
    distances = best.distances
    return true
  }

  /// A point, in proportion to what it costs.
  private mutating func draw() -> Int? {
    let total = points.cost(distances)
    guard total > 0 else { return nil }
    let threshold = draws.uniform(number) * total
    number += 1
    var (sum, last) = (0.0, 0)
    for row in 0..<points.count {
      let cost = points.cost(row, distances[row])
      guard cost > 0 else { continue }
      sum += cost
      last = row
      if sum > threshold { break }
    }
    return last
  }
}
