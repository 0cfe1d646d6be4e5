// The mean and the squared deviations of every column, row by row.
private import KMeansCLanes

/// Adds rows, one after another, to the means and squared deviations of their columns: Welford's
/// update with weights.
///
/// Value by value, mean' = mean + w/W (x - mean) and deviations' = deviations + w (x - mean) (x -
/// mean'), each product rounded before it is added (never a fused multiply-add), so that every
/// instruction set gives the same bits. A row without weight is left out.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - weights: IN, w of each row; `nil` where every weight is 1.
///   - weight: IN/OUT, W, the sum of the weights.
///   - means, deviations: IN/OUT, `columns` values.
/// - Reference: a plain loop in `ValueRangeTests`.
package func updateMoments(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ weights: UnsafePointer<Double>?, _ weight: UnsafeMutablePointer<Double>,
  _ means: UnsafeMutablePointer<Double>, _ deviations: UnsafeMutablePointer<Double>
) {
  let before = weight.pointee
  var (total, column) = (before, 0)
  while column < columns {
    let (here, left) = (rows + column, columns &- column)
    // Two vectors at once, in registers: a row waits for the one before it.
    let (first, second) = (left < 8 ? left : 8, left < 8 ? 0 : left < 16 ? left &- 8 : 8)
    var moments = (
      load(means + column, first), load(deviations + column, first),
      load(means + column + 8, second), load(deviations + column + 8, second)
    )
    total = before
    for row in 0..<count {
      let rowWeight = weights == nil ? 1 : weights.unsafelyUnwrapped[row]
      guard rowWeight > 0 else { continue }
      total = total + rowWeight
      let share = rowWeight / total
      let values = here + row &* rowStride
      update(loadRow(values, first), rowWeight, share, &moments.0, &moments.1)
      guard second > 0 else { continue }
      update(loadRow(values + 8, second), rowWeight, share, &moments.2, &moments.3)
    }
    store(moments.0, means + column, first)
    store(moments.1, deviations + column, first)
    store(moments.2, means + column + 8, second)
    store(moments.3, deviations + column + 8, second)
    column &+= 16
  }
  weight.pointee = total
}

@inline(__always)
private func update(
  _ values: SIMD8<Double>, _ weight: Double, _ share: Double, _ mean: inout SIMD8<Double>,
  _ deviations: inout SIMD8<Double>
) {
  let deviation = values - mean
  mean = mean + SIMD8(repeating: share) * deviation
  deviations = deviations + SIMD8(repeating: weight) * deviation * (values - mean)
}

@inline(__always)
private func loadRow(_ values: UnsafePointer<Scalar>, _ count: Int) -> SIMD8<Double> {
  count == 8 ? kmeans_load_eight(values) : loadFirst(values, count)
}

@inline(__always)
private func load(_ moments: UnsafePointer<Double>, _ count: Int) -> SIMD8<Double> {
  count == 8
    ? UnsafeRawPointer(moments).loadUnaligned(as: SIMD8<Double>.self)
    : kmeans_load_first_d8(moments, Int64(truncatingIfNeeded: count))
}

@inline(__always)
private func store(
  _ values: SIMD8<Double>, _ moments: UnsafeMutablePointer<Double>, _ count: Int
) {
  for lane in 0..<count { moments[lane] = values[lane] }
}
