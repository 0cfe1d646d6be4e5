/// The agreement of labels with a truth: whether points of one class are in one cluster and the
/// other way round. The number of a cluster does not matter.
///
/// ```swift
/// let agreement = try LabelAgreement(fit.labels, truth: kinds)
/// agreement.adjustedRand    // 1: the same partition; 0: as good as chance
/// ```
///
/// The definitions are scikit-learn's. Sums of pairs are whole numbers of 128 bits that never
/// overflow.
public struct LabelAgreement<Class: Hashable & Comparable & Sendable>: Sendable, Hashable {
  /// The points of each pair of a class and a cluster.
  public let confusion: ConfusionMatrix<Class>
  /// Points of label -1, which are left out.
  public let leftOut: Int
  /// The Rand index, adjusted for chance (Hubert and Arabie, Comparing partitions, 1985): 1 for the
  /// same partition, 0 on average for labels by chance. `adjusted_rand_score`.
  public let adjustedRand: Double
  /// The mutual information over the mean of the entropies, from 0 to 1.
  /// `normalized_mutual_info_score`.
  public let normalizedMutualInformation: Double
  /// Whether each cluster holds one class only, from 0 to 1 (Rosenberg and Hirschberg, V-measure,
  /// 2007).
  public let homogeneity: Double
  /// Whether each class is in one cluster only, from 0 to 1.
  public let completeness: Double
  /// The harmonic mean of homogeneity and completeness.
  public let vMeasure: Double
  /// The share of the points that are of the most frequent class of their cluster.
  public let purity: Double

  /// Compares labels with a truth.
  ///
  /// - Parameters:
  ///   - labels: the cluster of each point, -1 for none; such points are left out.
  ///   - truth: the class of each point: numbers, texts.
  /// - Throws: ``ClusteringError`` where the counts differ, a label is below -1, or no point has
  ///   one.
  /// - Complexity: O(n + c log c) for c pairs of a class and a cluster that share points.
  @specialized(where Class == String)
  @specialized(where Class == Int)
  @specialized(where Class == Int32)
  public init(_ labels: [Int32], truth: [Class]) throws(ClusteringError) {
    let confusion = try ConfusionMatrix(labels, truth: truth)
    self.init(confusion, leftOut: labels.count { $0 == -1 })
  }

  /// Compares by counts.
  package init(_ confusion: ConfusionMatrix<Class>, leftOut: Int = 0) {
    self.confusion = confusion
    self.leftOut = leftOut
    adjustedRand = PairCounts(confusion).adjustedRand
    let shared = SharedInformation(confusion)
    normalizedMutualInformation = shared.normalized
    homogeneity = shared.homogeneity
    completeness = shared.completeness
    vMeasure = shared.vMeasure
    var largest = confusion.clusters.map { _ in 0 }
    for cell in confusion.cells {
      largest[cell.clusterIndex] = max(largest[cell.clusterIndex], cell.count)
    }
    purity = Double(largest.reduce(0, +)) / Double(confusion.clusterSizes.reduce(0, +))
  }
}

extension LabelAgreement: Codable where Class: Codable {}
