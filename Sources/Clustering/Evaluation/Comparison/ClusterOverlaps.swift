/// A cluster of one clustering and one of another that share points.
public struct ClusterOverlap: Sendable, Hashable, Codable {
  /// The label in the first clustering.
  public let cluster: Int32
  /// The label in the other.
  public let other: Int32
  /// The points that both have, at least 1.
  public let count: Int
  /// Their weight.
  public let weight: Double
}

/// The points of each pair of clusters of two clusterings; pairs without a point are not kept.
struct ClusterOverlaps {
  /// By the label of the first and then by that of the other.
  let all: [ClusterOverlap]
  /// The labels that have points, ascending.
  let clusters: [Int32]
  /// Those of the other clustering.
  let others: [Int32]
  /// The place of each overlap's clusters among these.
  let places: [(cluster: Int, other: Int)]
  /// The points that have a label in both, and a weight above 0.
  let points: Int

  private struct Pair: Hashable {
    let cluster: Int32
    let other: Int32
  }

  private struct Sum {
    var count = 0
    var weight = 0.0
  }

  /// - Throws: ``ClusteringError`` where a label is below -1, or no point has two and a weight.
  /// - Complexity: O(n + c log c) for c pairs that share points.
  init(
    _ labels: [Int32], _ others: [Int32], weight: (Int) -> Double
  ) throws(ClusteringError) {
    var sums: [Pair: Sum] = [:]
    var points = 0
    for row in labels.indices {
      for label in [labels[row], others[row]] where label < -1 {
        throw .labelOutOfRange(row: row, label: Int(label), largest: Int(Int32.max))
      }
      let rowWeight = weight(row)
      guard labels[row] >= 0, others[row] >= 0, rowWeight > 0 else { continue }
      points += 1
      sums[Pair(cluster: labels[row], other: others[row]), default: Sum()].count += 1
      sums[Pair(cluster: labels[row], other: others[row])]?.weight += rowWeight
    }
    guard points > 0 else { throw .noLabelledPoints(labels.count) }
    self.points = points
    all = sums.map { pair, sum in
      ClusterOverlap(
        cluster: pair.cluster, other: pair.other, count: sum.count, weight: sum.weight)
    }.sorted { ($0.cluster, $0.other) < ($1.cluster, $1.other) }
    clusters = Set(all.map(\.cluster)).sorted()
    self.others = Set(all.map(\.other)).sorted()
    let place = Dictionary(uniqueKeysWithValues: zip(clusters, 0...))
    let otherPlace = Dictionary(uniqueKeysWithValues: zip(self.others, 0...))
    places = all.map { (place[$0.cluster]!, otherPlace[$0.other]!) }
  }
}

extension ClusterOverlaps {
  /// The weight of all points.
  var weight: Double { all.reduce(0) { $0 + $1.weight } }

  /// The weight of each cluster of the first clustering, and of the other.
  var weights: (clusters: [Double], others: [Double]) {
    var (first, second) = (clusters.map { _ in 0.0 }, others.map { _ in 0.0 })
    for (overlap, place) in zip(all, places) {
      first[place.cluster] += overlap.weight
      second[place.other] += overlap.weight
    }
    return (first, second)
  }

  /// The information that both share, by weights.
  var information: SharedInformation {
    let (first, second) = weights
    return SharedInformation(
      classSizes: first, clusterSizes: second, total: weight,
      cells: zip(all, places).lazy.map { ($1.cluster, $1.other, $0.weight) })
  }

  /// The adjusted Rand index of points that count once each: of whole numbers.
  var adjustedRand: Double {
    PairCounts(
      ConfusionMatrix<Int32>(
        classes: clusters, clusters: others,
        cells: zip(all, places).map {
          ConfusionMatrix<Int32>.Cell(
            classIndex: $1.cluster, clusterIndex: $1.other, count: $0.count)
        })
    ).adjustedRand
  }

  /// The same where a weight is so many equal points, each a pair with every other one; `nil` where
  /// the weights are so small that there are none.
  ///
  /// In shares of all pairs, so that no weights overflow.
  var weightedAdjustedRand: Double? {
    let total = weight
    func squares(_ weights: some Sequence<Double>) -> Double {
      weights.reduce(0) { $0 + ($1 / total) * ($1 / total) }
    }
    let (first, second) = weights
    let cells = squares(all.lazy.map(\.weight))
    let both = cells - 1 / total
    guard both >= 0 else { return nil }
    if all.count == clusters.count, all.count == others.count { return 1 }
    let (firstOnly, secondOnly) = (squares(first) - cells, squares(second) - cells)
    let neither = 1 - firstOnly - secondOnly - cells
    let found =
      2 * (both * neither - firstOnly * secondOnly)
      / ((both + firstOnly) * (firstOnly + neither)
        + (both + secondOnly) * (secondOnly + neither))
    return found.isFinite ? found : nil
  }
}
