internal import KMeansKernelTypes

/// The range of the magnitudes of the values of some rows.
package struct ValueRange: Sendable, Hashable {
  /// The largest magnitude.
  package var largest = 0.0
  /// The smallest magnitude but zero; infinite where every value is zero.
  package var smallest = Double.infinity
  /// Whether a Float could hold every value.
  package var areFloats = true
  /// Whether every value is a number within the limit; the others mean nothing where it is not.
  package var isFinite = true

  /// The range of no values.
  package init() {}

  /// The range of some rows, whatever they are.
  ///
  /// - Complexity: O(rows x columns).
  package init<Scalar: ClusteringScalar>(of rows: Rows<Scalar>, instructionSet: InstructionSet) {
    add(rows, limit: .infinity, KernelSet<Scalar>.compiled(for: instructionSet))
  }

  /// Widens it by the values of some rows.
  ///
  /// - Complexity: O(rows x columns).
  mutating func add<Scalar: ClusteringScalar>(
    _ rows: Rows<Scalar>, limit: Double, _ kernels: KernelSet<Scalar>
  ) {
    var values = (largest, smallest, areFloats ? 1.0 : 0, isFinite ? 1.0 : 0)
    withUnsafeMutableBytes(of: &values) {
      // Rows without anything between them are one long row: no vector is half empty.
      let isOne = rows.stride == rows.columns
      kernels.valueRange(
        rows.base, rows.stride, isOne ? 1 : rows.count,
        isOne ? rows.count * rows.columns : rows.columns, limit,
        $0.baseAddress!.assumingMemoryBound(to: Double.self))
    }
    (largest, smallest) = (values.0, values.1)
    (areFloats, isFinite) = (values.2 == 1, values.3 == 1)
  }

  package mutating func merge(_ later: ValueRange) {
    largest = max(largest, later.largest)
    smallest = min(smallest, later.smallest)
    areFloats = areFloats && later.areFloats
    isFinite = isFinite && later.isFinite
  }
}
