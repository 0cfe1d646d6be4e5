internal import KMeansKernelTypes

/// A power of two of which every value of some points is a whole multiple, so small a number of times that no sum of all of them
/// is rounded in Double: then sums are the same bits in any order, and rows that move may be taken off one and added to
/// another.
///
/// Pixels and counts have such a grid; most measurements do not.
struct ExactGrid: Sendable, Hashable {
  /// Its inverse.
  let inverse: Float
  /// What the multiples are below.
  let most: Float

  /// How many rows are looked at to guess a grid.
  private static var sampleRows: Int { 16 }

  /// The grid that some rows at equal distances have, or nothing where sums of so many rows would be rounded.
  ///
  /// - Complexity: O(d).
  init?<Scalar: ClusteringScalar>(guessedFrom rows: Rows<Scalar>) {
    var (least, largest) = (Int.max, 0.0)
    for place in 0..<min(rows.count, Self.sampleRows) {
      let row = rows[place * rows.count / min(rows.count, Self.sampleRows)]
      for column in 0..<rows.columns {
        let value = Double(row[column])
        guard value != 0, value.isNormal else { continue }
        let zeros = min(value.significandBitPattern.trailingZeroBitCount, 52)
        least = min(least, Int(value.exponent) - 52 + zeros)
        largest = max(largest, value.magnitude)
      }
    }
    guard least != .max, least > -100, least < 100 else { return nil }
    let grid = Double(sign: .plus, exponent: least, significand: 1)
    // Whole numbers of a Float up to 2^24, and sums below 2^53.
    let most = min(0x1p24, 0x1p53 / Double(max(rows.count, 1)))
    guard largest / grid < most else { return nil }
    inverse = Float(1 / grid)
    self.most = Float(most)
  }
}
