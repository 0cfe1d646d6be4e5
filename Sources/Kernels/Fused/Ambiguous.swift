// The search for the rows that a strategy cannot decide.
private import KMeansCLanes

/// The rows, ascending, whose second best score does not rule out that another centroid wins.
///
/// - Parameters:
///   - labels, best, second, squaredNorms: IN, one entry a row each.
///   - twicePart: IN, 2 q of each centroid, by the names of `ScoreErrorBound`.
///   - mostTwicePart: the largest of them: most rows are decided with that, eight at a time.
///   - twicePointFactor, twiceUnderflow: 2 p for a squared norm n is their first times n plus the
///     second.
///   - largestNorm: rows beyond it are ambiguous.
///   - ambiguous: OUT, room for count numbers.
/// - Returns: the number of these rows.
/// - Complexity: O(count).
/// - Reference: a plain loop in `UndecidedTests`.
package func ambiguous(
  _ labels: UnsafePointer<Int32>, _ best: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>,
  _ squaredNorms: UnsafePointer<Scalar>, _ count: Int, _ twicePart: UnsafePointer<Double>,
  _ mostTwicePart: Double, _ twicePointFactor: Double, _ twiceUnderflow: Double,
  _ largestNorm: Double, _ ambiguous: UnsafeMutablePointer<Int32>
) -> Int {
  var (found, row) = (0, 0)
  while row < count {
    let end = row &+ 8 <= count ? row &+ 8 : count
    if end &- row == 8 {
      let norm = kmeans_load_eight(squaredNorms + row)
      let score = kmeans_load_eight(best + row)
      let parts = mostTwicePart + (twicePointFactor * norm + twiceUnderflow)
      let size = kmeans_max_d8(score, 0 - score)
      let threshold = score + parts + 0x1p-50 * (size + parts)
      let decided = kmeans_bits_less_and_at_most_d8(
        threshold, kmeans_load_eight(second + row), norm, SIMD8(repeating: largestNorm))
      if decided == 0xff {
        row = end
        continue
      }
    }
    while row < end {
      let norm = Double(squaredNorms[row])
      let score = Double(best[row])
      let parts =
        twicePart[Int(truncatingIfNeeded: labels[row])] + (twicePointFactor * norm + twiceUnderflow)
      let size = score < 0 ? -score : score
      let threshold = score + parts + 0x1p-50 * (size + parts)
      // Written so that a NaN is ambiguous.
      let isDecided = norm <= largestNorm && Double(second[row]) > threshold
      ambiguous[found] = Int32(truncatingIfNeeded: row)
      found = found &+ (isDecided ? 0 : 1)
      row &+= 1
    }
  }
  return found
}
