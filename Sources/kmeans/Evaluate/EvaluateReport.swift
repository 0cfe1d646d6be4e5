import Clustering

/// The output of `kmeans evaluate --json` beside the facts of the run; the keys are a contract. A
/// measure that is not defined is null.
struct EvaluateReport {
  let quality: ClusterQuality
  let agreement: LabelAgreement<ClassName>?
  /// Whether Mahout's figures, of squared distances, are told, too.
  var isSquared = false
  var test: TestReport?
  var against: ComparisonReport?
}

extension EvaluateReport: Encodable {
  private enum Key: String, CodingKey {
    case adjustedRand, normalizedMutualInformation, homogeneity, completeness, vMeasure, purity
    case confusion, test, against
  }

  /// Every key is there: an optional that is `nil` is encoded as null. Only what options ask for
  /// has no key without them.
  func encode(to encoder: any Encoder) throws {
    try QualityReport(quality, isSquared).encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(agreement?.adjustedRand, forKey: .adjustedRand)
    try container.encode(
      agreement?.normalizedMutualInformation, forKey: .normalizedMutualInformation)
    try container.encode(agreement?.homogeneity, forKey: .homogeneity)
    try container.encode(agreement?.completeness, forKey: .completeness)
    try container.encode(agreement?.vMeasure, forKey: .vMeasure)
    try container.encode(agreement?.purity, forKey: .purity)
    try container.encode(
      agreement.flatMap { ConfusionCounts($0.confusion, quality.clusters.map(\.label)) },
      forKey: .confusion)
    try container.encodeIfPresent(test, forKey: .test)
    try container.encodeIfPresent(against, forKey: .against)
  }
}

/// The measures of a clustering as they are printed: the same of the input, of `--test` and of
/// `--against`.
struct QualityReport: Encodable {
  private let quality: ClusterQuality
  private let isSquared: Bool

  init(_ quality: ClusterQuality, _ isSquared: Bool) {
    self.quality = quality
    self.isSquared = isSquared
  }

  private enum Key: String, CodingKey {
    case leftOut, clusters, weight, inertia
    case clusterLabels, clusterSizes, clusterWeights, clusterDistances, clusterSquaredDistances
    case daviesBouldin, calinskiHarabasz, dunn, simplifiedSilhouette
    case silhouette, silhouetteSample, undefined, silhouetteUndefined
    case calinskiHarabaszUndefined
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(quality.leftOut, forKey: .leftOut)
    try container.encode(quality.clusters.count, forKey: .clusters)
    try container.encode(quality.weight, forKey: .weight)
    try container.encode(quality.inertia, forKey: .inertia)
    try container.encode(quality.clusters.map(\.label), forKey: .clusterLabels)
    try container.encode(quality.clusters.map(\.count), forKey: .clusterSizes)
    try container.encode(quality.clusters.map(\.weight), forKey: .clusterWeights)
    try container.encode(quality.clusters.map(\.distances), forKey: .clusterDistances)
    try container.encode(quality.daviesBouldin, forKey: .daviesBouldin)
    try container.encode(quality.calinskiHarabasz, forKey: .calinskiHarabasz)
    try container.encode(quality.centroidDunn, forKey: .dunn)
    try container.encode(quality.simplifiedSilhouette, forKey: .simplifiedSilhouette)
    try container.encode(quality.silhouette, forKey: .silhouette)
    try container.encode(quality.silhouetteSample, forKey: .silhouetteSample)
    try container.encode(quality.undefined?.description, forKey: .undefined)
    try container.encode(
      (quality.undefined ?? quality.calinskiHarabaszUndefined)?.description,
      forKey: .calinskiHarabaszUndefined)
    try container.encode(quality.silhouetteUndefined?.description, forKey: .silhouetteUndefined)
    guard isSquared, let mahout = quality.mahout else { return }
    try container.encode(
      quality.clusters.map(\.squaredDistances), forKey: .clusterSquaredDistances)
    try MahoutReport(figures: mahout).encode(to: encoder)
  }
}

/// Mahout's figures as they are printed.
struct MahoutReport: Encodable {
  let figures: MahoutQuality

  private enum Key: String, CodingKey {
    case mahoutDaviesBouldin, mahoutDunn, maxSquaredDistance
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(figures.daviesBouldin, forKey: .mahoutDaviesBouldin)
    try container.encode(figures.dunn, forKey: .mahoutDunn)
    try container.encode(figures.largestDistance, forKey: .maxSquaredDistance)
  }
}

/// The measures of the points of `--test`.
struct TestReport: Encodable {
  let path: String
  let quality: ClusterQuality
  let isSquared: Bool
  /// Mahout's figures of these points and the input together, as its qualcluster prints them.
  let together: MahoutQuality?

  private enum Key: String, CodingKey {
    case input, points, together
  }

  func encode(to encoder: any Encoder) throws {
    try QualityReport(quality, isSquared).encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(path, forKey: .input)
    try container.encode(quality.points, forKey: .points)
    try container.encodeIfPresent(together.map { MahoutReport(figures: $0) }, forKey: .together)
  }
}

/// The confusion matrix as it is printed: all classes, in all columns of the clusters.
private struct ConfusionCounts: Encodable {
  let classes: [ClassName]
  /// Classes x clusters, the clusters as in `clusterLabels`.
  let counts: [[Int]]

  /// Fails where there are so many classes that they are none: the key of each point, say.
  init?(_ confusion: ConfusionMatrix<ClassName>, _ clusters: [Int32]) {
    let (count, overflow) = confusion.classes.count.multipliedReportingOverflow(by: clusters.count)
    guard !overflow, count <= 10_000_000 else { return nil }
    classes = confusion.classes
    let columns = Dictionary(uniqueKeysWithValues: zip(clusters, 0...))
    var counts = confusion.classes.map { _ in clusters.map { _ in 0 } }
    for cell in confusion.cells {
      guard let column = columns[confusion.clusters[cell.clusterIndex]] else { continue }
      counts[cell.classIndex][column] = cell.count
    }
    self.counts = counts
  }
}
