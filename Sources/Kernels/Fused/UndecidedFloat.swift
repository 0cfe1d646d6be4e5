// Which rows a strategy cannot decide.

/// The rows, ascending, whose second best score does not rule out that another centroid wins.
///
/// - Parameters:
///   - labels, best, second, squaredNorms: IN, one entry a row each.
///   - twicePart: IN, 2 q of each centroid, by the names of `RulingOut`.
///   - twicePointFactor, twiceUnderflow: 2 p for a squared norm n is their first times n plus the second.
///   - largestNorm: rows beyond it are undecided.
///   - undecided: OUT, room for count numbers.
/// - Returns: how many there are.
/// - Complexity: O(count).
/// - Reference: a plain loop in `FusedKernelTests`.
package func undecidedFloat(
  _ labels: UnsafePointer<Int32>, _ best: UnsafePointer<Float>, _ second: UnsafePointer<Float>,
  _ squaredNorms: UnsafePointer<Float>, _ count: Int, _ twicePart: UnsafePointer<Double>,
  _ twicePointFactor: Double, _ twiceUnderflow: Double, _ largestNorm: Double,
  _ undecided: UnsafeMutablePointer<Int32>
) -> Int {
  var found = 0
  for row in 0..<count {
    let norm = Double(squaredNorms[row])
    let score = Double(best[row])
    let parts =
      twicePart[Int(truncatingIfNeeded: labels[row])] + (twicePointFactor * norm + twiceUnderflow)
    let size = score < 0 ? -score : score
    let threshold = score + parts + 0x1p-50 * (size + parts)
    // Written so that a NaN is undecided.
    let isDecided = norm <= largestNorm && Double(second[row]) > threshold
    undecided[found] = Int32(truncatingIfNeeded: row)
    found = found &+ (isDecided ? 0 : 1)
  }
  return found
}
