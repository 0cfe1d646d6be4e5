// The filter: the centroids that can still be the nearest of sixteen points.
private import KMeansCLanes
package import KMeansKernelTypes

/// Compares the upper scores of sixteen points with groups of centroids to a threshold of each
/// point.
///
/// With a quantised point x^ = s q and a quantised centroid c^ = t b, the upper score is
///
///     V = t (q.b) + A N - r n
///
/// where t, N, n belong to the centroid, A, r and the threshold T to the point. `findThresholds`
/// derives them: a centroid that can win has V >= T. Products are exact (d <= 65,536 and bytes), in
/// Float from 2^24 on with one rounding.
///
/// - Parameters:
///   - points: IN, as `packPoints` leaves them.
///   - words: words of four columns.
///   - groups: IN, for each group its centroids' bytes, signed: for each word those of the six
///     centroids; then six starts (-128 times the sum of the bytes), six t, six N, six n, as 32-bit
///     words. The next group follows.
///   - list: IN, `count` numbers of groups, a multiple of four.
///   - thresholds: IN, as `findThresholds` leaves them.
///   - masks: OUT, six a group of the list: bit i is set where V >= T, or V is no number, of point
///     i.
///   - maxima: OUT, sixteen a group of the list, the largest V of each point; `nil` for none.
///   - prefetch, prefetchCount: memory that is read next, prefetched meanwhile.
/// - Complexity: O(count x words).
/// - Reference: a plain loop in `FilterKernelTests`.
package func filterGroups(
  _ points: UnsafePointer<Int32>, _ words: Int, _ groups: UnsafePointer<Int32>,
  _ list: UnsafePointer<Int32>, _ count: Int, _ thresholds: UnsafePointer<Float>,
  _ masks: UnsafeMutablePointer<UInt16>, _ maxima: UnsafeMutablePointer<Float>?,
  _ prefetch: UnsafePointer<PrefetchRange>?, _ prefetchCount: Int
) {
  let isShort = prefetchesBetweenProducts(chunks: count / 4)
  let steps = isShort ? count / 4 &* words : count / 4
  var lines = prefetching(prefetch, prefetchCount, none: points, steps: steps)
  // Two loops, because the shorter one has more to do.
  if isShort {
    filter(
      points, words, groups, list, count, thresholds, masks, maxima, &lines, betweenProducts: true)
  } else {
    filter(
      points, words, groups, list, count, thresholds, masks, maxima, &lines, betweenProducts: false)
  }
}

@inline(__always)
private func filter(
  _ points: UnsafePointer<Int32>, _ words: Int, _ groups: UnsafePointer<Int32>,
  _ list: UnsafePointer<Int32>, _ count: Int, _ thresholds: UnsafePointer<Float>,
  _ masks: UnsafeMutablePointer<UInt16>, _ maxima: UnsafeMutablePointer<Float>?,
  _ lines: inout Prefetching, betweenProducts: Bool
) {
  let stride = groupStride(words)
  let factors: ScoreFactors = (
    loadRow(KMEANS_THRESHOLD_NORM_FACTOR, of: thresholds),
    loadRow(KMEANS_THRESHOLD_INVERSE_SCALE, of: thresholds)
  )
  let threshold = loadRow(KMEANS_THRESHOLD_SCORE, of: thresholds)
  var place = 0
  while place < count {
    let a = groups + Int(truncatingIfNeeded: list[place]) &* stride
    let b = groups + Int(truncatingIfNeeded: list[place &+ 1]) &* stride
    let c = groups + Int(truncatingIfNeeded: list[place &+ 2]) &* stride
    let d = groups + Int(truncatingIfNeeded: list[place &+ 3]) &* stride
    let sums = multiply(points, words, a, b, c, d, &lines, betweenProducts: betweenProducts)
    let mask = masks + 6 &* place
    let most = maxima.map { $0 + 16 &* place }
    compareSix(sums.0, constants(of: a, words), factors, threshold, mask, most)
    compareSix(sums.1, constants(of: b, words), factors, threshold, mask + 6, most.map { $0 + 16 })
    compareSix(sums.2, constants(of: c, words), factors, threshold, mask + 12, most.map { $0 + 32 })
    compareSix(sums.3, constants(of: d, words), factors, threshold, mask + 18, most.map { $0 + 48 })
    place &+= 4
  }
}

/// Stores the masks of a group, and the largest upper scores where they are wanted.
@inline(__always)
private func compareSix(
  _ sums: SixInts, _ constants: UnsafePointer<Float>, _ factors: ScoreFactors,
  _ threshold: SIMD16<Float>, _ masks: UnsafeMutablePointer<UInt16>,
  _ maxima: UnsafeMutablePointer<Float>?
) {
  let v0 = upperScore(sums.0, constants, 0, factors)
  masks[0] = kmeans_bits_not_less_f16(v0, threshold)
  let v1 = upperScore(sums.1, constants, 1, factors)
  masks[1] = kmeans_bits_not_less_f16(v1, threshold)
  let v2 = upperScore(sums.2, constants, 2, factors)
  masks[2] = kmeans_bits_not_less_f16(v2, threshold)
  let v3 = upperScore(sums.3, constants, 3, factors)
  masks[3] = kmeans_bits_not_less_f16(v3, threshold)
  let v4 = upperScore(sums.4, constants, 4, factors)
  masks[4] = kmeans_bits_not_less_f16(v4, threshold)
  let v5 = upperScore(sums.5, constants, 5, factors)
  masks[5] = kmeans_bits_not_less_f16(v5, threshold)
  guard let maxima else { return }
  storeFloats(
    kmeans_max_f16(
      kmeans_max_f16(kmeans_max_f16(v0, v1), kmeans_max_f16(v2, v3)), kmeans_max_f16(v4, v5)),
    maxima)
}
