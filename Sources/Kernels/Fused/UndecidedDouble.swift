// Which rows a strategy cannot decide, for Double.
private import KMeansCLanes

/// The rows that are undecided; the contract of `undecidedFloat`.
package func undecidedDouble(
  _ labels: UnsafePointer<Int32>, _ best: UnsafePointer<Double>, _ second: UnsafePointer<Double>,
  _ squaredNorms: UnsafePointer<Double>, _ count: Int, _ twicePart: UnsafePointer<Double>,
  _ mostTwicePart: Double, _ twicePointFactor: Double, _ twiceUnderflow: Double,
  _ largestNorm: Double, _ undecided: UnsafeMutablePointer<Int32>
) -> Int {
  var (found, row) = (0, 0)
  while row < count {
    let end = row &+ 8 <= count ? row &+ 8 : count
    if end &- row == 8 {
      let norm = load(squaredNorms + row)
      let score = load(best + row)
      let parts = mostTwicePart + (twicePointFactor * norm + twiceUnderflow)
      let size = kmeans_max_d8(score, 0 - score)
      let threshold = score + parts + 0x1p-50 * (size + parts)
      let decided = kmeans_bits_less_and_at_most_d8(
        threshold, load(second + row), norm, SIMD8(repeating: largestNorm))
      if decided == 0xff {
        row = end
        continue
      }
    }
    while row < end {
      let norm = squaredNorms[row]
      let score = best[row]
      let parts =
        twicePart[Int(truncatingIfNeeded: labels[row])] + (twicePointFactor * norm + twiceUnderflow)
      let size = score < 0 ? -score : score
      let threshold = score + parts + 0x1p-50 * (size + parts)
      // Written so that a NaN is undecided.
      let isDecided = norm <= largestNorm && second[row] > threshold
      undecided[found] = Int32(truncatingIfNeeded: row)
      found = found &+ (isDecided ? 0 : 1)
      row &+= 1
    }
  }
  return found
}

@inline(__always)
private func load(_ place: UnsafePointer<Double>) -> SIMD8<Double> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
}
