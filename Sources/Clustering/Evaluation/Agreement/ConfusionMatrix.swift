internal import KMeansFiles

/// The number of points of each pair of a true class and a cluster; pairs without a point are not
/// kept.
public struct ConfusionMatrix<Class: Hashable & Comparable & Sendable>: Sendable, Hashable {
  /// The true classes, ascending.
  public let classes: [Class]
  /// The labels of the clusters that have points, ascending.
  public let clusters: [Int32]
  /// The points of each class.
  public let classSizes: [Int]
  /// The points of each cluster.
  public let clusterSizes: [Int]
  /// The pairs that have points, by class and then by cluster.
  public let cells: [Cell]

  /// A class and a cluster that share points.
  public struct Cell: Sendable, Hashable, Codable {
    /// The place of the class in the list of classes, from 0.
    public let classIndex: Int
    /// The place of the cluster in the list of clusters, from 0.
    public let clusterIndex: Int
    /// The number of points that they share, at least 1.
    public let count: Int

    package init(classIndex: Int, clusterIndex: Int, count: Int) {
      self.classIndex = classIndex
      self.clusterIndex = clusterIndex
      self.count = count
    }
  }

  /// - Precondition: indices lie in their ranges, and the counts add up to an `Int`.
  package init(classes: [Class], clusters: [Int32], cells: [Cell]) {
    self.classes = classes
    self.clusters = clusters
    self.cells = cells
    var (classSizes, clusterSizes) = (classes.map { _ in 0 }, clusters.map { _ in 0 })
    for cell in cells {
      classSizes[cell.classIndex] += cell.count
      clusterSizes[cell.clusterIndex] += cell.count
    }
    self.classSizes = classSizes
    self.clusterSizes = clusterSizes
  }

  /// The counts [classes x clusters].
  ///
  /// - Complexity: O(classes clusters), also in memory.
  public var counts: [[Int]] {
    var counts = classes.map { _ in clusters.map { _ in 0 } }
    for cell in cells { counts[cell.classIndex][cell.clusterIndex] = cell.count }
    return counts
  }
}

extension ConfusionMatrix: Codable where Class: Codable {
  private enum CodingKeys: String, CodingKey {
    case classes, clusters, classSizes, clusterSizes, cells
  }

  /// - Throws: `DecodingError` where a cell counts points of a class or a cluster that is not
  ///   there, less than one point, or more than add up to the sizes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let classes = try container.decode([Class].self, forKey: .classes)
    let clusters = try container.decode([Int32].self, forKey: .clusters)
    let cells = try container.decode([Cell].self, forKey: .cells)
    var rest = Int.max
    for cell in cells {
      guard classes.indices.contains(cell.classIndex),
        clusters.indices.contains(cell.clusterIndex), cell.count > 0, cell.count <= rest
      else {
        throw DecodingError.dataCorruptedError(
          forKey: .cells, in: container,
          debugDescription: "\(counted(cell.count, "point")) of class \(cell.classIndex) of "
            + "\(classes.count) in cluster \(cell.clusterIndex) of \(clusters.count)")
      }
      rest -= cell.count
    }
    self.init(classes: classes, clusters: clusters, cells: cells)
    for (key, sizes) in [(CodingKeys.classSizes, classSizes), (.clusterSizes, clusterSizes)] {
      guard try container.decode([Int].self, forKey: key) == sizes else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "not what the cells add up to")
      }
    }
  }
}

extension ConfusionMatrix {
  private struct Pair: Hashable {
    let label: Int32
    let number: Int
  }

  /// Counts the pairs; rows of label -1 are left out.
  init(_ labels: [Int32], truth: [Class]) throws(ClusteringError) {
    guard labels.count == truth.count else {
      throw .truthCountMismatch(truth: truth.count, labels: labels.count)
    }
    var numbers: [Class: Int] = [:]
    var pairs: [Pair: Int] = [:]
    for row in labels.indices {
      guard labels[row] >= -1 else {
        throw .labelOutOfRange(row: row, label: Int(labels[row]), largest: Int(Int32.max))
      }
      if labels[row] == -1 { continue }
      // A lookup first: `numbers.count` must be that before the insertion.
      let number = numbers[truth[row]] ?? numbers.count
      numbers[truth[row]] = number
      pairs[Pair(label: labels[row], number: number), default: 0] += 1
    }
    guard !pairs.isEmpty else { throw .noLabelledPoints(labels.count) }
    let order = numbers.sorted { $0.key < $1.key }
    var place = [Int](repeating: 0, count: order.count)
    for (index, entry) in order.enumerated() { place[entry.value] = index }
    let clusters = Set(pairs.keys.map(\.label)).sorted()
    let clusterPlace = Dictionary(uniqueKeysWithValues: zip(clusters, 0...))
    let cells = pairs.map { pair, count in
      Cell(
        classIndex: place[pair.number], clusterIndex: clusterPlace[pair.label]!, count: count)
    }
    self.init(
      classes: order.map(\.key), clusters: clusters,
      cells: cells.sorted { ($0.classIndex, $0.clusterIndex) < ($1.classIndex, $1.clusterIndex) })
  }
}

/// Ordered pairs of points, by whether they share a class and whether they share a cluster: whole
/// numbers, up to the square of the number of points.
struct PairCounts {
  /// Pairs that share both.
  let both: Int128
  /// Pairs that share a class only.
  let classOnly: Int128
  /// Pairs that share a cluster only.
  let clusterOnly: Int128
  /// Pairs that share neither.
  let neither: Int128

  /// - Complexity: O(pairs of a class and a cluster that share points).
  init<Class>(_ confusion: ConfusionMatrix<Class>) {
    func squares(_ counts: some Sequence<Int>) -> Int128 {
      counts.reduce(0) { $0 + Int128($1) * Int128($1) }
    }
    let points = Int128(confusion.clusterSizes.reduce(0, +))
    let cells = squares(confusion.cells.lazy.map(\.count))
    both = cells - points
    classOnly = squares(confusion.classSizes) - cells
    clusterOnly = squares(confusion.clusterSizes) - cells
    neither = points * points - classOnly - clusterOnly - cells
  }

  /// scikit-learn's formula: 2 (TP TN - FN FP) / ((TP + FN)(FN + TN) + (TP + FP)(FP + TN)), 1 where
  /// the partitions are the same.
  ///
  /// The products, of up to 160 bits, are rounded to Double: an error of some units of 2^-52 of the
  /// result's scale, which is 1.
  var adjustedRand: Double {
    if classOnly == 0, clusterOnly == 0 { return 1 }
    let (tp, tn) = (Double(both), Double(neither))
    let (fn, fp) = (Double(classOnly), Double(clusterOnly))
    return 2 * (tp * tn - fn * fp)
      / (Double(both + classOnly) * Double(classOnly + neither)
        + Double(both + clusterOnly) * Double(clusterOnly + neither))
  }
}
