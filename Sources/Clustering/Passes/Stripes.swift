/// How rows are cut into stripes, which makes sums the same bits for every thread count.
///
/// A stripe is a power of two of rows, summed in row order; stripes merge pairwise like the digits
/// of a binary counter. Both depend only on the row numbers, so neither the thread that sums a
/// stripe, nor the order in which stripes end, nor the total number of rows matters.
package enum Stripes {
  /// Rows of a stripe: the power of two that is at least 1,024 and at least two rows a cluster, so
  /// that merging `clusters` sums costs less than adding the rows, and few enough that ten thousand
  /// rows still keep several threads busy.
  package static func rows(clusters: Int) -> Int {
    var rows = 1024
    while rows < 2 * clusters { rows *= 2 }
    return rows
  }

  /// How many stripes of `stripeRows` rows there are.
  static func count(rows: Int, stripeRows: Int) -> Int { (rows + stripeRows - 1) / stripeRows }

  /// The rows of a stripe.
  static func range(of stripe: Int, rows: Int, stripeRows: Int) -> Range<Int> {
    stripe * stripeRows..<min((stripe + 1) * stripeRows, rows)
  }

  /// The blocks of a stripe, in order, of at most `limit` rows each.
  static func blocks(of stripe: Range<Int>, limit: Int) -> some Sequence<Range<Int>> {
    stride(from: stripe.lowerBound, to: stripe.upperBound, by: max(1, limit)).lazy.map {
      $0..<min($0 + max(1, limit), stripe.upperBound)
    }
  }
}
