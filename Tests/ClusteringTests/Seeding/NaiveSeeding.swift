// k-means++ by rounds, as the product draws it, from its description: every distance computed, no
// product of matrices, no lists, no threads.
import Clustering
import KMeansReference

struct NaiveSeeding {
  let points: [[Double]]
  let weights: [Double]
  let draws: Draws
  private var number = 0
  private var distances: [Double]
  private(set) var rows: [Int] = []
  private(set) var refused = 0

  init(_ points: [[Double]], weights: [Double]?, seed: UInt64) {
    self.points = points
    self.weights = weights ?? Array(repeating: 1, count: points.count)
    draws = Draws(seed: seed, purpose: .plusPlus)
    distances = Array(repeating: 1, count: points.count)
  }

  private struct Drawn {
    let row: Int
    let then: Double
    let threshold: Double
  }

  /// Draws 2m and 2m + 1 make the m-th row: its place in the distribution, and whether it is taken.
  private mutating func draw() -> Drawn? {
    // Stripes of 1,024 rows are summed, then their sums.
    let shares = points.indices.map { weights[$0] * distances[$0] }
    let stripes = stride(from: 0, to: shares.count, by: 1024).map {
      shares[$0..<min($0 + 1024, shares.count)].reduce(0, +)
    }
    let total = stripes.reduce(0, +)
    guard total > 0 else { return nil }
    var rest = draws.uniform(2 * number) * total
    var stripe = 0
    while stripe + 1 < stripes.count, rest >= stripes[stripe] {
      rest -= stripes[stripe]
      stripe += 1
    }
    var (sum, found) = (0.0, stripe * 1024)
    for row in stripe * 1024..<min((stripe + 1) * 1024, shares.count) where shares[row] > 0 {
      found = row
      sum += shares[row]
      if sum > rest { break }
    }
    defer { number += 1 }
    return Drawn(row: found, then: distances[found], threshold: draws.uniform(2 * number + 1))
  }

  private mutating func batch(_ count: Int) -> [Drawn] {
    var batch: [Drawn] = []
    while batch.count < count, let drawn = draw() { batch.append(drawn) }
    return batch
  }

  private mutating func isTaken(_ drawn: Drawn) -> Bool {
    let now = distances[drawn.row]
    if now >= drawn.then || drawn.threshold * drawn.then < now { return true }
    refused += 1
    return false
  }

  private mutating func add(_ row: Int) {
    let isFirst = rows.isEmpty
    rows.append(row)
    for other in points.indices {
      let distance = Reference.squaredDistance(points[other], points[row])
      distances[other] = isFirst ? distance : min(distances[other], distance)
    }
  }

  mutating func plain(_ count: Int) -> [Int] {
    add(draw()!.row)
    while rows.count < count {
      let batch = batch(min(max(16, rows.count), 2 * (count - rows.count) + 8))
      if batch.isEmpty { break }
      for drawn in batch where rows.count < count { if isTaken(drawn) { add(drawn.row) } }
    }
    return rows
  }

  mutating func greedy(_ count: Int, candidates: Int) -> [Int] {
    add(draw()!.row)
    var reach = 1.0
    while rows.count < count {
      let size = Double(points.count) / Double(rows.count) * reach
      let kept = Double(max(4 << 20, points.count)) / (size * Double(candidates))
      let most = min(rows.count / 2, count - rows.count, 2048 / candidates)
      let batch = batch(max(1, Int(min(kept, Double(most)))) * candidates)
      if batch.isEmpty { break }
      let captured = batch.reduce(0) { sum, drawn in
        sum
          + points.indices.count {
            Reference.squaredDistance(points[$0], points[drawn.row]) < distances[$0]
          }
      }
      reach = max(
        Double(captured) * Double(rows.count) / (Double(batch.count) * Double(points.count)),
        0x1p-20)
      var rest = batch[...]
      while rows.count < count {
        var taken: [Int] = []
        while let drawn = rest.first, taken.count < candidates {
          rest.removeFirst()
          if isTaken(drawn) { taken.append(drawn.row) }
        }
        guard taken.count == candidates else { break }
        let gains = taken.map { gain($0) }
        add(taken[gains.firstIndex(of: gains.max()!)!])
      }
    }
    return rows
  }

  /// By stripes of 1,024 rows, as the product sums it.
  private func gain(_ row: Int) -> Double {
    stride(from: 0, to: points.count, by: 1024).reduce(0) { total, first in
      total
        + (first..<min(first + 1024, points.count)).reduce(0) { sum, other in
          let distance = Reference.squaredDistance(points[other], points[row])
          return distance < distances[other]
            ? sum + weights[other] * (distances[other] - distance) : sum
        }
    }
  }
}
