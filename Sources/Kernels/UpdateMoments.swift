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
  var total = weight.pointee
  for row in 0..<count {
    let rowWeight = weights == nil ? 1 : weights.unsafelyUnwrapped[row]
    guard rowWeight > 0 else { continue }
    total = total + rowWeight
    let share = rowWeight / total
    let values = rows + row &* rowStride
    var column = 0
    while column &+ 8 <= columns {
      update(
        kmeans_load_eight(values + column), rowWeight, share, means + column, deviations + column)
      column &+= 8
    }
    while column < columns {
      update(Double(values[column]), rowWeight, share, means + column, deviations + column)
      column &+= 1
    }
  }
  weight.pointee = total
}

@inline(__always)
private func update(
  _ values: SIMD8<Double>, _ weight: Double, _ share: Double,
  _ means: UnsafeMutablePointer<Double>, _ deviations: UnsafeMutablePointer<Double>
) {
  let mean = UnsafeRawPointer(means).loadUnaligned(as: SIMD8<Double>.self)
  let sum = UnsafeRawPointer(deviations).loadUnaligned(as: SIMD8<Double>.self)
  let deviation = values - mean
  let moved = mean + SIMD8(repeating: share) * deviation
  let more = SIMD8(repeating: weight) * deviation * (values - moved)
  UnsafeMutableRawPointer(means).storeBytes(of: moved, as: SIMD8<Double>.self)
  UnsafeMutableRawPointer(deviations).storeBytes(of: sum + more, as: SIMD8<Double>.self)
}

@inline(__always)
private func update(
  _ value: Double, _ weight: Double, _ share: Double,
  _ mean: UnsafeMutablePointer<Double>, _ deviations: UnsafeMutablePointer<Double>
) {
  let deviation = value - mean.pointee
  mean.pointee = mean.pointee + share * deviation
  deviations.pointee = deviations.pointee + weight * deviation * (value - mean.pointee)
}
