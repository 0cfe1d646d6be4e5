@_exported public import KMeansLinearAlgebra
@_exported public import enum KMeansFiles.FileError
public import protocol KMeansFiles.ArchiveScalar

/// A type of numbers that can be clustered: `Float` or `Double`.
///
/// Distances that decide, sums and weights are Double for both; the type is that of the points and
/// of the centroids.
public protocol ClusteringScalar: MatrixScalar, ArchiveScalar {}

extension Float: ClusteringScalar {}
extension Double: ClusteringScalar {}

extension ClusteringScalar {
  /// The number of values in a 64-byte vector.
  static var lanes: Int { 64 / MemoryLayout<Self>.stride }

  /// The unit roundoff u: half the distance from 1 to the next number.
  package static var unitRoundoff: Double { Double(ulpOfOne) / 2 }
}

// `import Clustering` brings the matrices with it, and the errors of reading or writing a model.
