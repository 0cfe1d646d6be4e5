// Which rows a strategy cannot decide, for Double.

/// The rows that are undecided; the contract of `undecidedFloat`.
package func undecidedDouble(
  _ labels: UnsafePointer<Int32>, _ best: UnsafePointer<Double>, _ second: UnsafePointer<Double>,
  _ squaredNorms: UnsafePointer<Double>, _ count: Int, _ twicePart: UnsafePointer<Double>,
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
