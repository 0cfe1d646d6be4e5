// The upper scores of one centroid that changed after its group was scored.
private import KMeansCLanes

/// The upper scores of sixteen points with one centroid, by the bound by products: the bits that
/// `scoreGroups` gives.
///
/// - Parameters:
///   - points, words, quantization, rho: as for `scoreGroups`.
///   - group: IN, a group, as for `filterGroups`.
///   - slot: the number of the centroid among the six.
///   - scores: OUT, sixteen.
///   - maxima: IN/OUT, sixteen: raised where a score is larger. An old score of the centroid may
///     stay: it is a bound.
/// - Complexity: O(words).
/// - Reference: `scoreGroups`.
package func scoreSlot(
  _ points: UnsafePointer<Int32>, _ words: Int, _ group: UnsafePointer<Int32>, _ slot: Int,
  _ quantization: UnsafePointer<Float>, _ rho: Float, _ scores: UnsafeMutablePointer<Float>,
  _ maxima: UnsafeMutablePointer<Float>
) {
  let zero = SIMD16<Int32>(repeating: 0)
  let start = group[6 &* (words &+ KMEANS_GROUP_STARTS) &+ slot]
  // Four sums, so that none waits for itself.
  var (s, t, u, v) = (SIMD16(repeating: start), zero, zero, zero)
  let column = group + slot
  var word = 0
  while word &+ 4 <= words {
    let (point, bytes) = (points + 16 &* word, column + 6 &* word)
    s = kmeans_add_byte_products(s, loadInts(point), SIMD16(repeating: bytes[0]))
    t = kmeans_add_byte_products(t, loadInts(point + 16), SIMD16(repeating: bytes[6]))
    u = kmeans_add_byte_products(u, loadInts(point + 32), SIMD16(repeating: bytes[12]))
    v = kmeans_add_byte_products(v, loadInts(point + 48), SIMD16(repeating: bytes[18]))
    word &+= 4
  }
  while word < words {
    s = kmeans_add_byte_products(
      s, loadInts(points + 16 &* word), SIMD16(repeating: column[6 &* word]))
    word &+= 1
  }
  let score = upperScore(
    (s &+ t) &+ (u &+ v), constants(of: group, words), slot, productFactors(quantization, rho))
  storeFloats(score, scores)
  storeFloats(kmeans_max_f16(loadFloats(maxima), score), maxima)
}
