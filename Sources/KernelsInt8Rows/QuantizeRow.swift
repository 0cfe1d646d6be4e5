// Rows as bytes, with the errors and lengths that the filter's bounds need.
private import KMeansCLanes

/// Quantises a row less a shift: q = round((x - m)/s) with s = max|x - m|/127.
///
/// Let x' = x - m exactly, x^ = s q and e = x' - x^. The record of the quantisation is, by the
/// numbers `KMEANS_QUANTIZATION_...` and in units of s where it is lengths:
///
///     SCALE           s
///     ERROR           E >= |e|/s
///     LENGTH          X >= |x^|/s
///     NORM            P <= |x'|^2/s^2
///     QUANTIZED_NORM  Q <= |x^|^2/s^2
///     SUM             the sum of q
///
/// Rows without a value of at least 1e-30 become zeros with s = 1 and E >= |x'|; rows with a value
/// beyond 1e15, whose squares a Float may not hold, become zeros with an infinite E: no centroid is
/// ruled out for them.
///
/// With the unit roundoff u = 2^-24: v = fl(x - m) is off by u |x'| at most; v - s q is rounded
/// once (fused), divided by s with two roundings, and its square goes through ceil(d/16) + 1
/// additions of a lane, which are then added in Double. So every sum of squares has a relative
/// error of less than gamma = (d/16 + 12) 2^-23, twice the sum of these, a length half of it;
/// |x' - v| adds 2^-23 |v|/s to E, and values below the smallest normal float at most 2^-20. A
/// difference of doubles is rounded to Float, once more than one of floats and no further off than
/// 2^-23 of it.
///
/// - Parameters:
///   - row, shift: IN, `columns` values.
///   - work: room for `columns` values, rounded up to a multiple of 16.
///   - bytes: OUT, as many; zeros behind the columns.
///   - quantization: OUT, six values, `quantizationStride` apart.
/// - Complexity: O(columns).
/// - Reference: plain loops in Double in `QuantizeTests`.
package func quantizeRow(
  _ row: UnsafePointer<Scalar>, _ columns: Int, _ shift: UnsafePointer<Scalar>,
  _ work: UnsafeMutablePointer<Float>, _ bytes: UnsafeMutablePointer<Int8>,
  _ quantization: UnsafeMutablePointer<Float>, _ quantizationStride: Int
) {
  var (most, column) = (SIMD16<Float>(repeating: 0), 0)
  #if KMEANS_DOUBLE
    while column < columns {
      let value = SIMD16(
        lowHalf: difference(row, shift, column, columns),
        highHalf: difference(row, shift, column &+ 8, columns))
      most = kmeans_max_f16(kmeans_abs_f16(value), most)
      store(value, work + column)
      column &+= 16
    }
  #else
    while column &+ 16 <= columns {
      let value = load(row + column) - load(shift + column)
      most = kmeans_max_f16(kmeans_abs_f16(value), most)
      store(value, work + column)
      column &+= 16
    }
    if column < columns {
      let rest = Int64(truncatingIfNeeded: columns &- column)
      let value =
        kmeans_load_first_f16(row + column, rest) - kmeans_load_first_f16(shift + column, rest)
      most = kmeans_max_f16(kmeans_abs_f16(value), most)
      store(value, work + column)
    }
  #endif
  quantize(
    work, columns, most: kmeans_reduce_max_f16(most), bytes, quantization, quantizationStride)
}

#if KMEANS_DOUBLE
  /// Eight differences from a column on, zeros behind the last one.
  @inline(__always)
  private func difference(
    _ row: UnsafePointer<Double>, _ shift: UnsafePointer<Double>, _ column: Int, _ columns: Int
  ) -> SIMD8<Float> {
    let rest = columns &- column
    if rest >= 8 {
      return kmeans_narrow_d8(kmeans_load_eight(row + column) - kmeans_load_eight(shift + column))
    }
    guard rest > 0 else { return SIMD8(repeating: 0) }
    return kmeans_narrow_d8(loadFirst(row + column, rest) - loadFirst(shift + column, rest))
  }
#endif

/// Quantises shifted values, zeros behind the last one.
@inline(__always)
private func quantize(
  _ values: UnsafePointer<Float>, _ columns: Int, most: Float,
  _ bytes: UnsafeMutablePointer<Int8>, _ quantization: UnsafeMutablePointer<Float>, _ stride: Int
) {
  guard most >= 1e-30, most <= 1e15 else {
    clear(columns, most, bytes, quantization, stride)
    return
  }
  let scale = most / 127
  let (scales, inverse) = (
    SIMD16<Float>(repeating: scale), SIMD16<Float>(repeating: 1 / scale)
  )
  let zero = SIMD16<Float>(repeating: 0)
  var (norms, errors, lengths, sums) = (zero, zero, zero, zero)
  var column = 0
  while column < columns {
    let value = load(values + column)
    let scaled = value * inverse
    let whole = kmeans_nearest_whole_f16(scaled)
    let rounded = kmeans_whole_to_f16(whole)
    let error = kmeans_minus_product_f16(value, scales, rounded) * inverse
    norms = kmeans_plus_product_f16(norms, scaled, scaled)
    errors = kmeans_plus_product_f16(errors, error, error)
    lengths = kmeans_plus_product_f16(lengths, rounded, rounded)
    sums = sums + rounded
    UnsafeMutableRawPointer(bytes + column).storeBytes(
      of: kmeans_bytes_of_i16(whole), as: SIMD16<Int8>.self)
    column &+= 16
  }
  let gamma = Double(columns / 16 &+ 12) * 0x1p-23
  let (norm, length) = (kmeans_reduce_sum_f16(norms), kmeans_reduce_sum_f16(lengths))
  let error =
    kmeans_root(kmeans_reduce_sum_f16(errors)) * (1 + gamma)
    + 0x1p-23 * kmeans_root(norm) * (1 + gamma) + 0x1p-20
  quantization[KMEANS_QUANTIZATION_SCALE &* stride] = scale
  quantization[KMEANS_QUANTIZATION_ERROR &* stride] = Float(error * (1 + 0x1p-22))
  quantization[KMEANS_QUANTIZATION_LENGTH &* stride] =
    Float(kmeans_root(length) * (1 + gamma + 0x1p-22))
  quantization[KMEANS_QUANTIZATION_NORM &* stride] = Float(norm * (1 - gamma - 0x1p-21))
  quantization[KMEANS_QUANTIZATION_QUANTIZED_NORM &* stride] =
    Float(length * (1 - gamma - 0x1p-22))
  quantization[KMEANS_QUANTIZATION_SUM &* stride] = Float(kmeans_reduce_sum_f16(sums))
}

/// The record of a row that cannot be quantised: zeros, and all of it an error.
private func clear(
  _ columns: Int, _ most: Float, _ bytes: UnsafeMutablePointer<Int8>,
  _ quantization: UnsafeMutablePointer<Float>, _ stride: Int
) {
  var column = 0
  while column < columns {
    UnsafeMutableRawPointer(bytes + column).storeBytes(
      of: SIMD16<Int8>(repeating: 0), as: SIMD16<Int8>.self)
    column &+= 16
  }
  let isSmall = most < 1e-30
  quantization[KMEANS_QUANTIZATION_SCALE &* stride] = 1
  // Twice the largest value for every column, not its square, which could vanish. Never 0: a norm
  // bound may be infinite, and their product must be a number.
  quantization[KMEANS_QUANTIZATION_ERROR &* stride] =
    isSmall ? 2 * most * Float(kmeans_root(Double(columns))) + 1e-30 : Float.infinity
  quantization[KMEANS_QUANTIZATION_LENGTH &* stride] = 0
  quantization[KMEANS_QUANTIZATION_NORM &* stride] = 0
  quantization[KMEANS_QUANTIZATION_QUANTIZED_NORM &* stride] = 0
  quantization[KMEANS_QUANTIZATION_SUM &* stride] = 0
}

@inline(__always)
private func load(_ place: UnsafePointer<Float>) -> SIMD16<Float> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Float>.self)
}

@inline(__always)
private func store(_ values: SIMD16<Float>, _ place: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(place).storeBytes(of: values, as: SIMD16<Float>.self)
}
