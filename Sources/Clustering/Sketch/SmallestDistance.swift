internal import KMeansKernelTypes

/// The smallest positive squared distance between two of some rows.
enum SmallestDistance {
  /// - Parameter rows: near the origin, so that products tell them apart.
  /// - Returns: nothing where all rows are equal.
  /// - Complexity: O(n^2 d) for a product, and O(d) for each pair that it does not rule out.
  static func positive(
    among rows: Matrix<Double>, instructionSet: InstructionSet
  ) -> Double? {
    let direct = PairDistance(rows, instructionSet: instructionSet)
    var least = Double.infinity
    for row in 0..<max(0, rows.rows - 1) {
      let distance = direct(row, row + 1)
      if distance > 0 { least = min(least, distance) }
    }
    let nearest = NearestCentroids(
      rows, frame: Frame(shift: Array(repeating: 0, count: rows.columns)), strategy: .blas,
      instructionSet: instructionSet)
    let size = min(64, rows.rows)
    let scratch = nearest.makeScratch(rows: size)
    for block in Stripes.blocks(of: 0..<rows.rows, limit: size) {
      // Of equal rows the first alone is compared: their distance is no positive one.
      let limits = [Double](repeating: min(least, .greatestFiniteMagnitude), count: block.count)
      rows.withRows { rows in
        nearest.rangeSearch(rows[block], squaredRadii: limits, scratch: scratch) {
          if $2 > 0 { least = min(least, $2) }
        }
      }
    }
    return least.isFinite ? least : nil
  }
}
