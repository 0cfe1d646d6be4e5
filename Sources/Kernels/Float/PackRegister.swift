// Floats made ready for the fused kernels where neighbouring rows fill registers.
internal import KMeansCLanes

/// Packs as many neighbouring rows as a register has lanes, so that whole lines are written at
/// once.
///
/// - Parameter readable: the number of values from the first one of the rows on.
@inline(__always)
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
      rows + column, Int64(truncatingIfNeeded: rowStride), origins, target + column &* stride,
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

/// Packs as many rows of a list as a register has lanes, from a place of the list on; the last row
/// again for what is behind the list.
@inline(__always)
func packListedRegister(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ list: UnsafePointer<Int32>, _ place: Int,
  _ count: Int, _ columns: Int, _ shift: UnsafePointer<Float>,
  _ target: UnsafeMutablePointer<Float>, _ stride: Int, _ norms: UnsafeMutablePointer<Float>
) {
  var sum = kmeans_floats(repeating: 0)
  var column = 0
  while column < columns {
    let rest = columns &- column < 4 ? columns &- column : 4
    let origin = loadFour(shift + column, rest)
    let origins = kmeans_join_f4(origin, origin, origin, origin)
    sum = kmeans_turn_fs(
      everyFourth(rows + column, rowStride, list, place, count, rest) - origins,
      everyFourth(rows + column, rowStride, list, place &+ 1, count, rest) - origins,
      everyFourth(rows + column, rowStride, list, place &+ 2, count, rest) - origins,
      everyFourth(rows + column, rowStride, list, place &+ 3, count, rest) - origins,
      target + column &* stride, Int64(truncatingIfNeeded: stride),
      Int64(truncatingIfNeeded: rest), sum)
    column &+= 4
  }
  UnsafeMutableRawPointer(norms).storeBytes(of: sum, as: kmeans_floats.self)
}

/// The first `count` of four values, at least one, and zeros.
@inline(__always)
private func loadFour(_ place: UnsafePointer<Float>, _ count: Int) -> SIMD4<Float> {
  count == 4
    ? UnsafeRawPointer(place).loadUnaligned(as: SIMD4<Float>.self)
    : kmeans_load_first_f4(place, Int64(truncatingIfNeeded: count))
}

/// Some values of every fourth row of a list, of as many rows as fit into a register.
@inline(__always)
private func everyFourth(
  _ rows: UnsafePointer<Float>, _ stride: Int, _ list: UnsafePointer<Int32>, _ place: Int,
  _ count: Int, _ values: Int
) -> kmeans_floats {
  @inline(__always)
  func four(_ place: Int) -> SIMD4<Float> {
    let number = list[place < count ? place : count &- 1]
    return loadFour(rows + Int(truncatingIfNeeded: number) &* stride, values)
  }
  let first = four(place)
  if kmeans_register_count() == 4 { return kmeans_join_f4(first, first, first, first) }
  let second = four(place &+ 4)
  if kmeans_register_count() == 8 { return kmeans_join_f4(first, second, first, second) }
  return kmeans_join_f4(first, second, four(place &+ 8), four(place &+ 12))
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
