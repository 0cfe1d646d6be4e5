// The thresholds of a point's upper scores: two bounds, of which the tighter one is taken for each
// point.
private import KMeansCLanes

/// The thresholds of sixteen points, given the squared distance of each to some centroid.
///
/// **The bounds.** Let x' = x - m = x^ + e for a point and c' = c - m = c^ + f for a centroid, and
/// u the distance of the point to some centroid (`directDistance`, whose relative error is below
/// 2^-40). Only a centroid with |x' - c'| <= u can win. Everything is divided by the point's scale
/// s.
///
/// *By products* (Cauchy-Schwarz), good where |c'| is small compared to |x'|. |x' - c'| <= u means
/// x'.c' - |c'|^2/2 >= (|x'|^2 - u^2)/2, and x'.c' = x^.c^ + x^.f + e.c' <= x^.c^ + |x^||f| +
/// |e||c'|. With N >= |c'|, rho N >= |f| and n <= |c'|^2/2:
///
///     A = (|e| + rho |x^|)/s        T = (|x'|^2 - u^2)/(2 s)
///
/// *By the triangle*, good where u is small compared to |x'|. With w = u + |e|, |x' - c'| <= u
/// means |x^ - c'| <= w, so
/// |x^ - c^|^2 = |x^ - c' + f|^2 <= w^2 + 2 w |f| + |f|^2, which is
/// x^.c^ + w |f| - (|c^|^2 - |f|^2)/2 >= (|x^|^2 - w^2)/2. With n <= (|c^|^2 - |f|^2)/2:
///
///     A = rho w/s                   T = (|x^|^2 - w^2)/(2 s)
///
/// In both a centroid that can win has V = t (q.b) + A N - n/s >= T.
///
/// **Rounding.** V is computed in Float, with v = 2^-24: the product is rounded at most twice, t1 =
/// t (q.b)(1 + 2v), and each fused step once. The error is at most v (4 |t1| + 2 n/s + A N) (1 +
/// 8v), and |t1| <= |x^||c^|/s, |c^| <= (1 + rho) N. So it is made up for by A, which gets 2^-20 of
/// itself and 2^-20 |x^|/s, and by n, which lacks 2^-20 of itself; r is at most 1/s, which raises
/// V. T is computed in Double, where its terms are off by far less than the 2^-40 of them that are
/// taken off it, and is rounded down; 1e-37 is taken off it for terms that underflow.
///
/// **Choice.** The bound with the larger T - A N for the N of the centroid at hand; the triangle
/// only where its A is the smaller one, which `filterScores` relies on.
///
/// - Parameters:
///   - quantization: IN, six rows of sixteen, as `quantizeRow` leaves them.
///   - squaredDistances: IN, u^2 by `directDistance`.
///   - ownNormBounds: IN, N of that centroid.
///   - rho: the rho of the centroids.
///   - thresholds: OUT, rows of sixteen by the numbers `KMEANS_THRESHOLD_...`: A; r; T;
///     |x'|^2/s^2 or |x^|^2/s^2 at most, -infinity where no Float holds the value of the row after
///     the next; w/s at least, zero where the bound is by products; u/s or w/s at least; s; u at
///     least.
/// - Reference: plain Double in `FilterKernelTests`.
package func findThresholds(
  _ quantization: UnsafePointer<Float>, _ squaredDistances: UnsafePointer<Double>,
  _ ownNormBounds: UnsafePointer<Float>, _ rho: Float, _ thresholds: UnsafeMutablePointer<Float>
) {
  for half in 0..<2 {
    let first = 8 &* half
    findEightThresholds(
      quantization + first, squaredDistances + first, ownNormBounds + first, Double(rho),
      thresholds + first)
  }
}

@inline(__always)
private func findEightThresholds(
  _ quantization: UnsafePointer<Float>, _ squaredDistances: UnsafePointer<Double>,
  _ ownNormBounds: UnsafePointer<Float>, _ rho: Double, _ thresholds: UnsafeMutablePointer<Float>
) {
  let scale = load(KMEANS_QUANTIZATION_SCALE, of: quantization)
  let error = load(KMEANS_QUANTIZATION_ERROR, of: quantization)
  let length = load(KMEANS_QUANTIZATION_LENGTH, of: quantization)
  let norm = load(KMEANS_QUANTIZATION_NORM, of: quantization)
  let quantizedNorm = load(KMEANS_QUANTIZATION_QUANTIZED_NORM, of: quantization)
  let normBound = load(0, of: ownNormBounds)
  let distance =
    kmeans_root_d8(
      UnsafeRawPointer(squaredDistances).loadUnaligned(as: SIMD8<Double>.self)) * (1 + 0x1p-22)
  let u = distance / scale
  let w = u + error
  let rounding = 0x1p-20 * length
  let byProducts = (error + rho * length) * (1 + 0x1p-20) + rounding
  let byTriangle = (rho * w) * (1 + 0x1p-20) + rounding
  let half = 0.5 * scale
  let productThreshold = half * (norm - u * u) - 0x1p-40 * scale * (norm + u * u)
  let triangleThreshold = half * (quantizedNorm - w * w) - 0x1p-40 * scale * (quantizedNorm + w * w)
  // Infinities and NaN: the bound by products, and a threshold that keeps everything.
  let isTighter =
    (triangleThreshold - byTriangle * normBound .> productThreshold - byProducts * normBound)
    .& (byTriangle .< byProducts * (1 - 0x1p-19)) .& (w .> 0)
  let threshold = productThreshold.replacing(with: triangleThreshold, where: isTighter)
  let size = kmeans_max_d8(threshold, 0 - threshold)
  let lowered = threshold - 0x1p-22 * size - 1e-37
  let zero = SIMD8<Double>(repeating: 0)
  store(
    byProducts.replacing(with: byTriangle, where: isTighter) * (1 + 0x1p-22),
    KMEANS_THRESHOLD_NORM_FACTOR, of: thresholds)
  store((1 / scale) * (1 - 0x1p-22), KMEANS_THRESHOLD_INVERSE_SCALE, of: thresholds)
  store(
    lowered.replacing(with: -Double.infinity, where: .!(error .< 1e30)),
    KMEANS_THRESHOLD_SCORE, of: thresholds)
  let own = u.replacing(with: w, where: isTighter .| .!(error .< 1e30)) * (1 + 0x1p-22)
  // If no Float holds it, its slacks must be below all others, and a difference of infinities is
  // not.
  let squaredLength = norm.replacing(with: quantizedNorm, where: isTighter) * (1 - 0x1p-22)
  store(
    squaredLength.replacing(
      with: -Double.infinity, where: .!(own .< Double(Float.greatestFiniteMagnitude))),
    KMEANS_THRESHOLD_SQUARED_LENGTH, of: thresholds)
  store(
    zero.replacing(with: w, where: isTighter) * (1 + 0x1p-22), KMEANS_THRESHOLD_REACH,
    of: thresholds)
  store(own, KMEANS_THRESHOLD_OWN, of: thresholds)
  store(scale, KMEANS_THRESHOLD_SCALE, of: thresholds)
  store(distance * (1 + 0x1p-22), KMEANS_THRESHOLD_UPPER_BOUND, of: thresholds)
}

/// The first eight values of a row of sixteen.
@inline(__always)
private func load(_ row: Int, of rows: UnsafePointer<Float>) -> SIMD8<Double> {
  kmeans_widen_f8(UnsafeRawPointer(rows + 16 &* row).loadUnaligned(as: SIMD8<Float>.self))
}

@inline(__always)
private func store(_ values: SIMD8<Double>, _ row: Int, of rows: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(rows + 16 &* row).storeBytes(
    of: kmeans_narrow_d8(values), as: SIMD8<Float>.self)
}
