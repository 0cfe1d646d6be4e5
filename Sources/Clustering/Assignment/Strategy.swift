/// How the assignment step rules centroids out; the labels do not depend on it.
public enum Strategy: String, Sendable, Hashable, Codable, CaseIterable {
  /// The fastest for the work at hand.
  case auto
  /// Products by BLAS, then a scan of the tile of scores.
  case blas

  /// What `auto` stands for.
  var resolved: Strategy { self == .auto ? .blas : self }
}
