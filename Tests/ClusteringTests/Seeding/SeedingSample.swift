// Twelve weighted points on which the probabilities of seeds can be computed exactly.
import Clustering
import Testing

struct SeedingSample {
  static let weightless = 3
  let values: [Double] = [0, 1, 3, 7, 8, 20, 21, 25, 40, 41, 44, 60]
  let weights: [Double] = [2, 1, 3, 0, 1, 0.5, 4, 1, 0.25, 2, 1, 0.125]
  private let points: Matrix<Double>

  init() { points = try! Matrix(values.map { [$0] }) }

  /// The numbers of the rows that become initial centroids.
  func seeds(_ initialization: CentroidInitialization, k: Int, seed: Int) throws -> [Int] {
    var kmeans = KMeans(clusterCount: k, seed: UInt64(seed))
    kmeans.initialization = initialization
    kmeans.execution.threads = 1
    let found = try kmeans.initialCentroids(points.view, weights: weights.span).centroids
    return (0..<k).map { values.firstIndex(of: found[$0, 0])! }
  }

  var firstProbabilities: [Double] { normalized(weights) }

  /// D^2: the probabilities of the next draw where some rows are seeds.
  func nextDraw(after seeds: [Int]) -> [Double] {
    normalized(values.indices.map { weights[$0] * distance($0, seeds) })
  }

  /// The probabilities of the next seed of greedy k-means++: the best of `candidates` draws.
  func nextGreedy(after seeds: [Int], candidates: Int) -> [Double] {
    let draw = nextDraw(after: seeds)
    let gains = values.indices.map { gain($0, seeds) }
    func below(_ isCounted: (Double) -> Bool) -> Double {
      var sum = 0.0
      for row in values.indices where isCounted(gains[row]) { sum += draw[row] }
      return (0..<candidates).reduce(1.0) { product, _ in product * sum }
    }
    return values.indices.map { row in
      draw[row] == 0 ? 0 : below { $0 <= gains[row] } - below { $0 < gains[row] }
    }
  }

  /// How much a row would lower the potential.
  func gain(_ row: Int, _ seeds: [Int]) -> Double {
    values.indices.reduce(0) { sum, other in
      let distance = (values[other] - values[row]) * (values[other] - values[row])
      return sum + weights[other] * max(0, self.distance(other, seeds) - distance)
    }
  }

  private func distance(_ row: Int, _ seeds: [Int]) -> Double {
    seeds.map { (values[row] - values[$0]) * (values[row] - values[$0]) }.min()!
  }

  private func normalized(_ shares: [Double]) -> [Double] {
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }
}

/// Pearson's statistic of counts against probabilities, over the cells that can occur.
func chiSquare(_ counts: [Double], _ probabilities: [Double]) -> Double {
  let total = counts.reduce(0, +)
  return zip(counts, probabilities).reduce(0) { sum, cell in
    let expected = total * cell.1
    if expected == 0 { return cell.0 == 0 ? sum : .infinity }
    return sum + (cell.0 - expected) * (cell.0 - expected) / expected
  }
}
