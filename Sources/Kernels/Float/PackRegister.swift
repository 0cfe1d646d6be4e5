// Floats made ready for the fused kernels where neighbouring rows fill registers.
internal import KMeansCLanes

/// Packs as many neighbouring rows as a register has lanes, so that whole lines are written at
/// once.
///
/// Not inlined: next to what packs listed rows it would be short of registers.
///
/// - Parameter readable: the number of values from the first one of the rows on.
@inline(never)
func packRegister(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ readable: Int, _ columns: Int,
  _ shift: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ stride: Int,
  _ norms: UnsafeMutablePointer<Float>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  let square = Int(truncatingIfNeeded: kmeans_square_columns())
  var sum = kmeans_floats(repeating: 0)
  var column = 0
  while columns &- column >= square {
    let origins = UnsafeRawPointer(shift + column).loadUnaligned(as: kmeans_floats.self)
    sum = kmeans_turn_square_fs(
      kmeans_rows(first: rows, stride: Int64(truncatingIfNeeded: rowStride), list: nil),
      Int64(truncatingIfNeeded: column), origins, target + column &* stride,
      Int64(truncatingIfNeeded: stride), sum)
    column &+= square
  }
  while column &+ 4 <= columns {
    let origin = UnsafeRawPointer(shift + column).loadUnaligned(as: SIMD4<Float>.self)
    sum = turnFour(rows + column, rowStride, origin, target + column &* stride, stride, 4, sum)
    column &+= 4
  }
  // The last columns are read with the values behind them in memory, where there are such.
  if column < columns, (lanes &- 1) &* rowStride &+ column &+ 4 <= readable {
    let rest = columns &- column
    let origin = kmeans_load_first_f4(shift + column, Int64(truncatingIfNeeded: rest))
    sum = turnFour(rows + column, rowStride, origin, target + column &* stride, stride, rest, sum)
    column = columns
  }
  UnsafeMutableRawPointer(norms).storeBytes(of: sum, as: kmeans_floats.self)
  while column < columns {
    let (lane, origin) = (target + column &* stride, shift[column])
    for row in 0..<lanes {
      let value = rows[row &* rowStride &+ column] - origin
      lane[row] = value
      norms[row] = norms[row] + value * value
    }
    column &+= 1
  }
}

/// Four columns of a register of rows, of which the first `count` are kept.
@inline(__always)
private func turnFour(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ origin: SIMD4<Float>,
  _ target: UnsafeMutablePointer<Float>, _ stride: Int, _ count: Int, _ norms: kmeans_floats
) -> kmeans_floats {
  let origins = kmeans_join_f4(origin, origin, origin, origin)
  let (second, third) = (rows + rowStride, rows + 2 &* rowStride)
  return kmeans_turn_fs(
    everyFourth(rows, rowStride) - origins, everyFourth(second, rowStride) - origins,
    everyFourth(third, rowStride) - origins, everyFourth(third + rowStride, rowStride) - origins,
    target, Int64(truncatingIfNeeded: stride), Int64(truncatingIfNeeded: count), norms)
}

/// Four values of rows 0, 4, 8 and 12, of as many as fit into a register.
@inline(__always)
private func everyFourth(_ row: UnsafePointer<Float>, _ stride: Int) -> kmeans_floats {
  let first = UnsafeRawPointer(row).loadUnaligned(as: SIMD4<Float>.self)
  if kmeans_register_count() == 4 { return kmeans_join_f4(first, first, first, first) }
  let second = UnsafeRawPointer(row + 4 &* stride).loadUnaligned(as: SIMD4<Float>.self)
  if kmeans_register_count() == 8 { return kmeans_join_f4(first, second, first, second) }
  let third = UnsafeRawPointer(row + 8 &* stride).loadUnaligned(as: SIMD4<Float>.self)
  let fourth = UnsafeRawPointer(row + 12 &* stride).loadUnaligned(as: SIMD4<Float>.self)
  return kmeans_join_f4(first, second, third, fourth)
}
