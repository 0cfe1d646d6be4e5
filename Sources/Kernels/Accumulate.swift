// Rows added to the sums of their clusters, in row order and in Double.
private import KMeansCLanes

/// Adds every row, times its weight, to the sum of the cluster that its label names.
///
/// Value by value, sum = sum + weight * value with two roundings (never a fused multiply-add), so
/// that every instruction set gives the same bits; without weights, sum = sum + value.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - labels: IN, count indices of clusters.
///   - weights: IN, count weights, or nothing where every weight is 1.
///   - sums: IN/OUT, contiguous rows of `columns` sums, one row a cluster.
/// - Reference: a plain loop in `KernelTests`.
package func accumulateFloat(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ labels: UnsafePointer<Int32>, _ weights: UnsafePointer<Double>?,
  _ sums: UnsafeMutablePointer<Double>
) {
  for row in 0..<count {
    let source = rows + row &* rowStride
    let sum = sums + Int(labels[row]) &* columns
    // A weight of 1 changes no bit of a product: one loop serves both.
    let weight = if let weights { weights[row] } else { 1.0 }
    let factor = SIMD8<Double>(repeating: weight)
    var column = 0
    while column &+ 8 <= columns {
      let value = UnsafeRawPointer(source + column).loadUnaligned(as: SIMD8<Float>.self)
      let old = UnsafeRawPointer(sum + column).loadUnaligned(as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(sum + column)
        .storeBytes(of: old + factor * kmeans_widen_f8(value), as: SIMD8<Double>.self)
      column &+= 8
    }
    while column < columns {
      sum[column] = sum[column] + weight * Double(source[column])
      column &+= 1
    }
  }
}

/// Adds rows of doubles to the sums of their clusters; the contract of `accumulateFloat`.
package func accumulateDouble(
  _ rows: UnsafePointer<Double>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ labels: UnsafePointer<Int32>, _ weights: UnsafePointer<Double>?,
  _ sums: UnsafeMutablePointer<Double>
) {
  for row in 0..<count {
    let source = rows + row &* rowStride
    let sum = sums + Int(labels[row]) &* columns
    let weight = if let weights { weights[row] } else { 1.0 }
    let factor = SIMD8<Double>(repeating: weight)
    var column = 0
    while column &+ 8 <= columns {
      let value = UnsafeRawPointer(source + column).loadUnaligned(as: SIMD8<Double>.self)
      let old = UnsafeRawPointer(sum + column).loadUnaligned(as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(sum + column)
        .storeBytes(of: old + factor * value, as: SIMD8<Double>.self)
      column &+= 8
    }
    while column < columns {
      sum[column] = sum[column] + weight * source[column]
      column &+= 1
    }
  }
}
