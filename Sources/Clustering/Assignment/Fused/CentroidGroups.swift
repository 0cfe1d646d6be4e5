internal import KMeansKernelTypes

/// Centroids in the layout of the fused kernels: groups, chunk by chunk, block by block of columns.
///
/// Within a chunk of groups the groups follow each other block by block, each column by column.
struct CentroidGroups<Scalar: ClusteringScalar>: Sendable {
  private let columns: Int
  /// The number of groups.
  private(set) var count: Int
  /// Zeros for the fill of the last group.
  private(set) var values: [Scalar]

  /// Groups for some centroids, all of them zero.
  init(count centroids: Int, columns: Int) {
    let size = FusedKernels<Scalar>.groupSize
    self.columns = columns
    count = (centroids + size - 1) / size
    values = Array(repeating: 0, count: count * size * columns)
  }

  /// The number of centroids that there is room for.
  var slots: Int { count * FusedKernels<Scalar>.groupSize }

  /// Takes the values of packed centroids, times a sign.
  ///
  /// - Parameter rows: at most as many as there is room for; the rest of the last group keeps its
  ///   values.
  /// - Complexity: O(k d).
  mutating func fill(with rows: Rows<Scalar>, sign: Scalar = 1) {
    let (size, block) = (FusedKernels<Scalar>.groupSize, FusedKernels<Scalar>.blockColumns)
    count = (rows.count + size - 1) / size
    values.withUnsafeMutableBufferPointer { values in
      var target = values.baseAddress!
      for chunk in stride(from: 0, to: count, by: FusedKernels<Scalar>.chunkGroups) {
        let groups = chunk..<min(chunk + FusedKernels<Scalar>.chunkGroups, count)
        for first in stride(from: 0, to: columns, by: block) {
          let length = min(block, columns - first)
          for group in groups {
            for slot in 0..<min(size, rows.count - group * size) {
              let source = rows[group * size + slot] + first
              for column in 0..<length { target[column &* size &+ slot] = sign * source[column] }
            }
            target += size * length
          }
        }
      }
    }
  }
}
