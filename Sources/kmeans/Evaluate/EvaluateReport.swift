import Clustering

/// The output of `kmeans evaluate --json` beside the facts of the run; the keys are a contract. A
/// measure that is not defined is null.
struct EvaluateReport {
  let quality: ClusterQuality
  let agreement: LabelAgreement<ClassName>?
}

extension EvaluateReport: Encodable {
  private enum Key: String, CodingKey {
    case leftOut, clusters, weight, inertia
    case clusterLabels, clusterSizes, clusterWeights, clusterDistances
    case daviesBouldin, calinskiHarabasz, dunn, simplifiedSilhouette
    case silhouette, silhouetteSample, undefined, silhouetteUndefined
    case calinskiHarabaszUndefined
    case adjustedRand, normalizedMutualInformation, homogeneity, completeness, vMeasure, purity
    case confusion
  }

  /// Every key is there: an optional that is `nil` is encoded as null.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try encodeQuality(&container)
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
  }

  private func encodeQuality(_ container: inout KeyedEncodingContainer<Key>) throws {
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
