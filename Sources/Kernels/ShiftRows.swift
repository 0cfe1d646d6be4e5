// Rows in the frame of a sketch: as doubles, rounded for its filter, and with their norms.
private import KMeansCLanes

/// Takes `count` rows minus a shift, in Double, the same rounded to Float, and their squared norms.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - shift: IN, `columns` values.
///   - shifted: OUT, count x columns, contiguous: x - s, rounded once.
///   - rounded: OUT, count x columns, contiguous: `shifted` rounded to Float; infinite where it is
///     beyond.
///   - squaredNorms: OUT, count sums of squares of `shifted`, in the order of `directDistance`.
/// - Reference: a plain loop in `SketchKernelTests`.
package func shiftRows(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ shift: UnsafePointer<Double>, _ shifted: UnsafeMutablePointer<Double>,
  _ rounded: UnsafeMutablePointer<Float>, _ squaredNorms: UnsafeMutablePointer<Double>
) {
  for row in 0..<count {
    let source = rows + row &* rowStride
    let (wide, narrow) = (shifted + row &* columns, rounded + row &* columns)
    var lanes = SIMD8<Double>(repeating: 0)
    var column = 0
    while column &+ 8 <= columns {
      let value =
        kmeans_load_eight(source + column)
        - UnsafeRawPointer(shift + column).loadUnaligned(as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(wide + column).storeBytes(of: value, as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(narrow + column)
        .storeBytes(of: kmeans_narrow_d8(value), as: SIMD8<Float>.self)
      lanes = lanes + value * value
      column &+= 8
    }
    let tail = column
    while column < columns {
      wide[column] = Double(source[column]) - shift[column]
      narrow[column] = Float(wide[column])
      column &+= 1
    }
    squaredNorms[row] = norm(of: lanes, wide, tail, columns)
  }
}

/// Adds the squares of the last values, and the lanes to one sum, in the order of
/// `directDistance`.
@inline(__always)
private func norm(
  of lanes: SIMD8<Double>, _ values: UnsafePointer<Double>, _ tail: Int, _ columns: Int
) -> Double {
  if columns < 8 {
    var sum = 0.0
    for column in 0..<columns { sum = sum + values[column] * values[column] }
    return sum
  }
  var lanes = lanes
  if tail < columns {
    let rest = kmeans_load_first_d8(values + tail, Int64(columns &- tail))
    lanes = lanes + rest * rest
  }
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}
