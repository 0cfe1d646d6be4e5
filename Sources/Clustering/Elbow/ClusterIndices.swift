/// Indices by which numbers of clusters are compared; ``ClusterQuality`` says what each of them is.
/// One that is not defined is `nil`.
public struct ClusterIndices: Sendable, Hashable, Codable {
  /// From -1 to 1, larger is better.
  public let simplifiedSilhouette: Double?
  /// From 0, smaller is better.
  public let daviesBouldin: Double?
  /// Larger is better.
  public let calinskiHarabasz: Double?

  /// Indices of parts.
  public init(
    simplifiedSilhouette: Double?, daviesBouldin: Double?, calinskiHarabasz: Double?
  ) {
    self.simplifiedSilhouette = simplifiedSilhouette
    self.daviesBouldin = daviesBouldin
    self.calinskiHarabasz = calinskiHarabasz
  }

  init(_ measures: QualityMeasures) {
    self.init(
      simplifiedSilhouette: measures.simplifiedSilhouette, daviesBouldin: measures.daviesBouldin,
      calinskiHarabasz: measures.calinskiHarabasz)
  }
}
