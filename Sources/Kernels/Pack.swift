// Rows made ready for the GEMM: contiguous, shifted towards the mean of the data, with their norms.

/// Packs `count` rows minus a shift, and the squared norm of each packed row.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - shift: IN, `columns` values.
///   - packed: OUT, count x columns, contiguous; must not overlap `rows`.
///   - squaredNorms: OUT, count sums of squares of the packed values.
/// - Error bound: every packed value is rounded once; a norm has relative error
///   (columns/16 + 6) u at most, with u the unit roundoff of the type.
/// - Reference: a plain loop in `KernelTests`.
package func packFloat(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ shift: UnsafePointer<Float>, _ packed: UnsafeMutablePointer<Float>,
  _ squaredNorms: UnsafeMutablePointer<Float>
) {
  for row in 0..<count {
    let source = rows + row &* rowStride
    let target = packed + row &* columns
    var lanes = SIMD16<Float>(repeating: 0)
    var column = 0
    while column &+ 16 <= columns {
      let value =
        UnsafeRawPointer(source + column).loadUnaligned(as: SIMD16<Float>.self)
        - UnsafeRawPointer(shift + column).loadUnaligned(as: SIMD16<Float>.self)
      UnsafeMutableRawPointer(target + column).storeBytes(of: value, as: SIMD16<Float>.self)
      lanes = lanes + value * value
      column &+= 16
    }
    let eight = lanes.lowHalf + lanes.highHalf
    let four = eight.lowHalf + eight.highHalf
    var sum = (four[0] + four[1]) + (four[2] + four[3])
    while column < columns {
      let value = source[column] - shift[column]
      target[column] = value
      sum = sum + value * value
      column &+= 1
    }
    squaredNorms[row] = sum
  }
}

/// Packs `count` rows of doubles; the contract of `packFloat`, with 8 lanes.
package func packDouble(
  _ rows: UnsafePointer<Double>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ shift: UnsafePointer<Double>, _ packed: UnsafeMutablePointer<Double>,
  _ squaredNorms: UnsafeMutablePointer<Double>
) {
  for row in 0..<count {
    let source = rows + row &* rowStride
    let target = packed + row &* columns
    var lanes = SIMD8<Double>(repeating: 0)
    var column = 0
    while column &+ 8 <= columns {
      let value =
        UnsafeRawPointer(source + column).loadUnaligned(as: SIMD8<Double>.self)
        - UnsafeRawPointer(shift + column).loadUnaligned(as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(target + column).storeBytes(of: value, as: SIMD8<Double>.self)
      lanes = lanes + value * value
      column &+= 8
    }
    let four = lanes.lowHalf + lanes.highHalf
    var sum = (four[0] + four[1]) + (four[2] + four[3])
    while column < columns {
      let value = source[column] - shift[column]
      target[column] = value
      sum = sum + value * value
      column &+= 1
    }
    squaredNorms[row] = sum
  }
}
