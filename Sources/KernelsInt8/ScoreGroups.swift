// Upper scores of points without any known labels: the first of two stages.
private import KMeansCLanes
package import KMeansKernelTypes

/// The factor of the norm bounds in the bound by products; see `findThresholds`.
@inline(__always)
func productFactor(_ quantization: UnsafePointer<Float>, _ rho: Float) -> SIMD16<Float> {
  let error = loadRow(KMEANS_QUANTIZATION_ERROR, of: quantization)
  let length = loadRow(KMEANS_QUANTIZATION_LENGTH, of: quantization)
  // A few Float operations, which round by 2^-24 each.
  return (error + rho * length) * (1 + 0x1p-19) + 0x1p-19 * length
}

/// The factors of the upper scores in the bound by products.
@inline(__always)
func productFactors(_ quantization: UnsafePointer<Float>, _ rho: Float) -> ScoreFactors {
  let scale = loadRow(KMEANS_QUANTIZATION_SCALE, of: quantization)
  let inverse = SIMD16<Float>(repeating: 1) / scale * (1 - 0x1p-22)
  return (productFactor(quantization, rho), inverse)
}

/// The upper scores of sixteen points with all groups, by the bound by products, and the slot that
/// is probably the nearest of each point.
///
/// - Parameters:
///   - points, words, groups: as for `filterGroups`.
///   - groupCount: a multiple of four.
///   - quantization: IN, as for `findThresholds`.
///   - scores: OUT, sixteen a slot.
///   - maxima: OUT, sixteen a group: the largest of its scores.
///   - slots: OUT, one a point: a slot of the largest score, a slot of the first group where no
///     score is a number.
///   - prefetch, prefetchCount: as for `filterGroups`.
/// - Complexity: O(groupCount x words).
/// - Reference: a plain loop in `FilterKernelTests`.
package func scoreGroups(
  _ points: UnsafePointer<Int32>, _ words: Int, _ groups: UnsafePointer<Int32>, _ groupCount: Int,
  _ quantization: UnsafePointer<Float>, _ rho: Float, _ scores: UnsafeMutablePointer<Float>,
  _ maxima: UnsafeMutablePointer<Float>, _ slots: UnsafeMutablePointer<Int32>,
  _ prefetch: UnsafePointer<PrefetchRange>?, _ prefetchCount: Int
) {
  let stride = groupStride(words)
  let factors = productFactors(quantization, rho)
  var most = SIMD16<Float>(repeating: -Float.infinity)
  var best = SIMD16<Int32>(repeating: 0)
  var lines = prefetching(prefetch, prefetchCount, none: points, steps: groupCount / 4)
  var group = 0
  while group < groupCount {
    let a = groups + group &* stride
    let (b, c, d) = (a + stride, a + 2 &* stride, a + 3 &* stride)
    let sums = multiply(points, words, a, b, c, d, &lines, betweenProducts: false)
    let (score, largest) = (scores + 96 &* group, maxima + 16 &* group)
    storeSix(sums.0, constants(of: a, words), factors, score, largest)
    storeSix(sums.1, constants(of: b, words), factors, score + 96, largest + 16)
    storeSix(sums.2, constants(of: c, words), factors, score + 192, largest + 32)
    storeSix(sums.3, constants(of: d, words), factors, score + 288, largest + 48)
    for place in 0..<4 {
      let found = loadFloats(largest + 16 &* place)
      let number = SIMD16<Int32>(repeating: Int32(truncatingIfNeeded: group &+ place))
      best = kmeans_select_f16(kmeans_less_f16(most, found), number, best)
      most = kmeans_max_f16(found, most)
    }
    group &+= 4
  }
  for lane in 0..<16 {
    let first = 6 &* Int(truncatingIfNeeded: best[lane])
    var (slot, score) = (first, scores[16 &* first &+ lane])
    for place in first &+ 1..<first &+ 6 where scores[16 &* place &+ lane] > score {
      (slot, score) = (place, scores[16 &* place &+ lane])
    }
    slots[lane] = Int32(truncatingIfNeeded: slot)
  }
}

@inline(__always)
private func storeSix(
  _ sums: SixInts, _ constants: UnsafePointer<Float>, _ factors: ScoreFactors,
  _ scores: UnsafeMutablePointer<Float>, _ maxima: UnsafeMutablePointer<Float>
) {
  let v0 = upperScore(sums.0, constants, 0, factors)
  let v1 = upperScore(sums.1, constants, 1, factors)
  let v2 = upperScore(sums.2, constants, 2, factors)
  let v3 = upperScore(sums.3, constants, 3, factors)
  let v4 = upperScore(sums.4, constants, 4, factors)
  let v5 = upperScore(sums.5, constants, 5, factors)
  storeFloats(v0, scores)
  storeFloats(v1, scores + 16)
  storeFloats(v2, scores + 32)
  storeFloats(v3, scores + 48)
  storeFloats(v4, scores + 64)
  storeFloats(v5, scores + 80)
  storeFloats(
    kmeans_max_f16(
      kmeans_max_f16(kmeans_max_f16(v0, v1), kmeans_max_f16(v2, v3)), kmeans_max_f16(v4, v5)),
    maxima)
}

/// The second stage: finds the scores that reach the thresholds.
///
/// Taking (A1 - A2) N off a score by products makes one by the triangle: its rounding, that of
/// the subtraction and those of A1 are below 2^-20 A1 N, which is not taken off.
///
/// - Parameters:
///   - scores, maxima, groupCount, quantization, rho: those of `scoreGroups`.
///   - groups, words: the same.
///   - leastNormBounds: IN, the least N of each group.
///   - thresholds: IN, as `findThresholds` leaves them.
///   - masks: OUT, six a group, as `filterGroups` leaves them.
/// - Complexity: O(groupCount).
/// - Reference: a plain loop in `FilterKernelTests`.
package func filterScores(
  _ scores: UnsafePointer<Float>, _ maxima: UnsafePointer<Float>, _ groups: UnsafePointer<Int32>,
  _ words: Int, _ groupCount: Int, _ leastNormBounds: UnsafePointer<Float>,
  _ quantization: UnsafePointer<Float>, _ rho: Float, _ thresholds: UnsafePointer<Float>,
  _ masks: UnsafeMutablePointer<UInt16>
) {
  let zero = SIMD16<Float>(repeating: 0)
  let factor = productFactor(quantization, rho)
  let threshold = loadRow(KMEANS_THRESHOLD_SCORE, of: thresholds)
  let isTriangle = kmeans_less_f16(zero, loadRow(KMEANS_THRESHOLD_REACH, of: thresholds))
  let less = factor - loadRow(KMEANS_THRESHOLD_NORM_FACTOR, of: thresholds) - 0x1p-19 * factor
  let difference = select(isTriangle, kmeans_max_f16(less, zero), zero)
  for group in 0..<groupCount {
    let most = kmeans_minus_product_f16(
      loadFloats(maxima + 16 &* group), difference, SIMD16(repeating: leastNormBounds[group]))
    let mask = masks + 6 &* group
    guard kmeans_bits_not_less_f16(most, threshold) != 0 else {
      for slot in 0..<6 { mask[slot] = 0 }
      continue
    }
    let constants = constants(of: groups + group &* groupStride(words), words)
    for slot in 0..<6 {
      let score = kmeans_minus_product_f16(
        loadFloats(scores + (96 &* group &+ 16 &* slot)), difference,
        constant(KMEANS_GROUP_NORM_BOUNDS, slot, constants))
      mask[slot] = kmeans_bits_not_less_f16(score, threshold)
    }
  }
}

@inline(__always)
private func select(
  _ mask: SIMD16<Int32>, _ a: SIMD16<Float>, _ b: SIMD16<Float>
) -> SIMD16<Float> {
  kmeans_select_equal_f16(mask, SIMD16(repeating: 0), b, a)
}
