// Where the clusters were and how much they weighed, at some batches of the past.

/// The clusters after a batch, as the page draws them: the largest of them, each at its place in
/// two columns.
struct ClusterSample: Sendable {
  let batch: Int
  /// The number of the choice of columns that the places are of.
  let projection: Int
  let ids: [Int]
  let weights: [Double]
  let x: [Double]
  let y: [Double]

  /// How many clusters are drawn: more nobody can tell apart.
  static let mostClusters = 200

  /// - Parameter columns: the two columns; one where points have no other.
  init(_ news: ClusterNews, columns: [Int], projection: Int) {
    batch = news.batch
    self.projection = projection
    let weights = news.weights
    let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    // In the order of their labels, so that colours and lines stay.
    let shown = order.prefix(Self.mostClusters).sorted()
    ids = shown.map { news.ids[$0] }
    self.weights = shown.map { weights[$0] }
    func place(_ axis: Int) -> [Double] {
      guard axis < columns.count else { return [] }
      return shown.map { news.centroids[$0 * news.dimension + columns[axis]] }
    }
    (x, y) = (place(0), place(1))
  }
}

/// The samples so far: every second one goes where they would be too many.
struct ClusterSamples: Sendable {
  static let limit = 120

  private(set) var samples: [ClusterSample] = []
  /// The last sample, whether it is one of those that are kept or not.
  private(set) var last: ClusterSample?
  private var offered = 0
  private var every = 1

  mutating func add(_ sample: ClusterSample) {
    last = sample
    defer { offered += 1 }
    guard offered.isMultiple(of: every) else { return }
    samples.append(sample)
    guard samples.count > Self.limit else { return }
    samples = stride(from: 0, to: samples.count, by: 2).map { samples[$0] }
    every *= 2
  }
}

/// The two columns that show the clusters: those in which the centroids vary most, by weight.
///
/// Trails of centroids are of no use where the columns change, so that a choice stays until the two
/// show less than half of what two others would.
struct Projection: Sendable {
  private(set) var columns: [Int] = []
  /// The number of the choice, from 1.
  private(set) var number = 0

  mutating func choose(for news: ClusterNews) {
    let spread = Self.variances(news)
    let best = spread.indices.sorted { (spread[$1], $0) < (spread[$0], $1) }.prefix(2)
    let shown = columns.reduce(0) { $0 + spread[$1] }
    let possible = best.reduce(0) { $0 + spread[$1] }
    if !columns.isEmpty, shown * 2 >= possible { return }
    if columns == best.sorted() { return }
    columns = best.sorted()
    number += 1
  }

  /// The variance of the centroids in each column [d], by their weights.
  ///
  /// - Complexity: O(k d).
  static func variances(_ news: ClusterNews) -> [Double] {
    let (clusters, dimension) = (news.ids.count, news.dimension)
    let total = news.weights.reduce(0, +)
    let weights =
      total > 0
      ? news.weights.map { $0 / total }
      : [Double](repeating: 1 / Double(max(1, clusters)), count: clusters)
    var means = [Double](repeating: 0, count: dimension)
    var variances = means
    for cluster in 0..<clusters {
      for column in 0..<dimension {
        means[column] += weights[cluster] * news.centroids[cluster * dimension + column]
      }
    }
    for cluster in 0..<clusters {
      for column in 0..<dimension {
        let difference = news.centroids[cluster * dimension + column] - means[column]
        variances[column] += weights[cluster] * difference * difference
      }
    }
    // A value near the largest Double has a square that is none: such a column is the widest.
    return variances.map { $0.isFinite ? $0 : .greatestFiniteMagnitude / 4 }
  }
}
