/// The draws of k-means++, each with a number of its own.
struct SeedDraws: Sendable {
  /// A row that was drawn from a distribution that may be out of date.
  struct Draw: Sendable {
    let row: Int
    /// Its squared distance to the nearest seed when it was drawn.
    let distance: Double
    fileprivate let threshold: Double

    /// Whether it is taken, given its distance now: with the probability now / then.
    func accepts(_ now: Double) -> Bool { now >= distance || threshold * distance < now }
  }

  private let draws: Draws
  private let spare: Draws
  private var number = 0

  init(seed: UInt64, run: Int) {
    draws = Draws(seed: seed, purpose: .plusPlus, run: run)
    spare = Draws(seed: seed, purpose: .randomRows, run: run)
  }

  /// The next row; `nil` where none is left to draw.
  mutating func next<Source>(from potential: SeedPotential<Source>) -> Draw? {
    guard let row = potential.draw(draws.uniform(2 * number)) else { return nil }
    defer { number += 1 }
    return Draw(
      row: row, distance: potential.distances[row], threshold: draws.uniform(2 * number + 1))
  }

  /// Several rows, drawn from the same distribution.
  mutating func batch<Source>(of count: Int, from potential: SeedPotential<Source>) -> [Draw] {
    var batch: [Draw] = []
    while batch.count < count, let draw = next(from: potential) { batch.append(draw) }
    return batch
  }

  /// Random rows other than those that were chosen: seeds where no two points differ any more.
  func others<Source: PointSource>(_ count: Int, than chosen: [Int], of source: Source) -> [Int] {
    guard count > 0 else { return [] }
    let known = Set(chosen)
    let order = RandomRows.draw(source.count, from: source, spare)
    return Array(order.lazy.filter { !known.contains($0) }.prefix(count))
  }
}

extension SeedPotential {
  /// The seeds, filled up with random rows where the points ran out of distinct values.
  func completed(
    _ centroids: Matrix<Scalar>, rows: [Int], count: Int, _ draws: SeedDraws,
    _ report: SeedingReport
  ) throws(Source.Failure) -> Seeds<Scalar> {
    var centroids = centroids
    let others = draws.others(count - rows.count, than: rows, of: source)
    if !others.isEmpty {
      let extra = try source.rows(others)
      for row in 0..<extra.rows { centroids.append(extra[row]) }
    }
    // The extra seeds are twins of others, or rows without weight.
    return Seeds(
      centroids: centroids, nearest: others.isEmpty ? (labels, distances) : nil, report: report)
  }
}
