internal import KMeansKernelTypes

/// Centroids as the fused kernels want them: in groups, column by column.
struct CentroidGroups<Scalar: ClusteringScalar>: Sendable {
  private let columns: Int
  let count: Int
  /// For each group, for each column, the values of its centroids; zeros for what fills up the last one.
  private(set) var values: [Scalar]

  /// Groups for some centroids, all of them zero.
  init(count centroids: Int, columns: Int) {
    let size = FusedKernels<Scalar>.groupSize
    self.columns = columns
    count = (centroids + size - 1) / size
    values = Array(repeating: 0, count: count * size * columns)
  }

  /// How many centroids there is room for.
  var slots: Int { count * FusedKernels<Scalar>.groupSize }

  /// Takes the values of packed centroids.
  ///
  /// - Complexity: O(k d).
  mutating func fill(with rows: Rows<Scalar>) {
    let (size, columns) = (FusedKernels<Scalar>.groupSize, columns)
    values.withUnsafeMutableBufferPointer { values in
      for row in 0..<rows.count {
        let (group, place) = row.quotientAndRemainder(dividingBy: size)
        let (source, target) = (rows[row], values.baseAddress! + group * size * columns + place)
        for column in 0..<columns { target[column &* size] = source[column] }
      }
    }
  }
}
