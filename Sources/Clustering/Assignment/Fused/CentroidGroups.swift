internal import KMeansKernelTypes

/// Centroids as the fused kernels want them: in groups, column by column.
struct CentroidGroups<Scalar: ClusteringScalar>: Sendable {
  private let columns: Int
  let count: Int
  /// As `fusedNearestFloat` wants them; zeros for what fills up the last group.
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
    let (size, block) = (FusedKernels<Scalar>.groupSize, FusedKernels<Scalar>.blockColumns)
    let columns = columns
    for row in 0..<rows.count {
      let (group, slot) = row.quotientAndRemainder(dividingBy: size)
      let source = rows[row]
      for first in stride(from: 0, to: columns, by: block) {
        let end = min(first + block, columns)
        var place = self.place(of: group, first..<end) + slot
        for column in first..<end {
          values[place] = source[column]
          place &+= size
        }
      }
    }
  }

  /// Where a block of columns of a group begins: chunk by chunk, block by block, group by group.
  private func place(of group: Int, _ block: Range<Int>) -> Int {
    let chunk = group / FusedKernels<Scalar>.chunkGroups * FusedKernels<Scalar>.chunkGroups
    let groupsOfChunk = min(FusedKernels<Scalar>.chunkGroups, count - chunk)
    let before = chunk * columns + groupsOfChunk * block.lowerBound + (group - chunk) * block.count
    return before * FusedKernels<Scalar>.groupSize
  }
}
