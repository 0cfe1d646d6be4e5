// Rows made ready for the GEMM: contiguous, shifted towards the mean of the data, with their norms.
private import KMeansCLanes

/// Packs `count` rows minus a shift, and the squared norm of each packed row.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - shift: IN, `columns` values.
///   - packed: OUT, count x columns, contiguous; must not overlap `rows`.
///   - squaredNorms: OUT, count sums of squares of the packed values.
/// - Error bound: every packed value is rounded once; a norm has relative error
///   (columns/lanes + 6) u at most, with u the unit roundoff of the type and 16 or 8 lanes.
/// - Reference: a plain loop in `KernelTests`.
package func pack(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ shift: UnsafePointer<Scalar>, _ packed: UnsafeMutablePointer<Scalar>,
  _ squaredNorms: UnsafeMutablePointer<Scalar>
) {
  let width = Int(truncatingIfNeeded: kmeans_lanes_count())
  for row in 0..<count {
    let source = rows + row &* rowStride
    let target = packed + row &* columns
    var lanes = kmeans_lanes(repeating: 0)
    var column = 0
    while column &+ width <= columns {
      let value =
        UnsafeRawPointer(source + column).loadUnaligned(as: kmeans_lanes.self)
        - UnsafeRawPointer(shift + column).loadUnaligned(as: kmeans_lanes.self)
      UnsafeMutableRawPointer(target + column).storeBytes(of: value, as: kmeans_lanes.self)
      lanes = lanes + value * value
      column &+= width
    }
    let four = addedToFour(lanes)
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
