internal import KMeansKernelTypes

/// How values are split so that no sum of them is ever rounded: then sums are the same bits in any
/// order, and rows that move may be taken off one cluster and added to another.
///
/// With n <= 2^p rows of values below 2^e, a multiple of g = 2^(e + p - 53) is summed without
/// rounding in Double: no sum has more than 53 bits. What a value has beyond that multiple is at
/// most g/2, and sums of it are exact, too, where the last bit of the smallest value, which a Float
/// holds, is not below 2^(p - 54) g. Pixels, counts and embeddings are like that; values over more
/// than some fifteen powers of ten are not.
///
/// This is error-free extraction (Rump, Ogita and Oishi, Accurate floating-point summation, part I,
/// SIAM J. Sci. Comput. 31(1), 2008) into two bins that are known beforehand, as reproducible
/// summation has it (Demmel and Nguyen, Parallel reproducible summation, IEEE Trans. Computers
/// 64(7), 2015).
package struct ExactSums: Sendable, Hashable {
  /// 3/2 2^52 g; see `addExactly`.
  package let splitter: Double

  /// Of a splitter that is known.
  init(splitter: Double) { self.splitter = splitter }

  /// How some rows are summed without rounding, or `nil` where they cannot be.
  package init?(_ range: ValueRange, rows: Int) {
    guard range.areFloats, rows <= Int(Int32.max) else { return nil }
    // A splitter rounds what is below 2^51 g.
    let p = max(3, Int.bitWidth - max(0, rows - 1).leadingZeroBitCount)
    guard range.largest > 0 else {
      splitter = 0x1.8p52
      return
    }
    let unit = Int(range.largest.exponent) + 1 + p - 53
    guard Int(range.smallest.exponent) - 23 >= unit + p - 54 else { return nil }
    splitter = Double(sign: .plus, exponent: unit + 52, significand: 1.5)
  }
}
