// Points made ready for the fused kernels: shifted, and turned so that points lie in lanes.
private import KMeansCLanes

/// Packs rows minus a shift into tiles, and the squared norm of each packed row.
///
/// A tile of `fusedTileRowsFloat` points holds for each column the values of its points in turn. What
/// the last tile has too many are copies of the last row.
///
/// - Parameters:
///   - rows: IN, rows of `columns` values, `rowStride` apart.
///   - list: IN, which rows, or nothing for the first `count`.
///   - count: how many, at least 1.
///   - shift: IN, `columns` values.
///   - tiles: OUT, whole tiles; must not overlap `rows`.
///   - squaredNorms: OUT, sums of squares of the packed values, for every point of the tiles.
/// - Error bound: every packed value is rounded once; a norm has the relative error gamma(columns + 1).
/// - Reference: a plain loop in `FusedKernelTests`.
package func packTilesFloat(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ list: UnsafePointer<Int32>?, _ count: Int,
  _ columns: Int, _ shift: UnsafePointer<Float>, _ tiles: UnsafeMutablePointer<Float>,
  _ squaredNorms: UnsafeMutablePointer<Float>
) {
  let tileRows = fusedTileRowsFloat()
  let lanes = Int(truncatingIfNeeded: kmeans_floats_count())
  var first = 0
  while first < count {
    let tile = tiles + first &* columns
    if list == nil, first &+ tileRows <= count {
      var row = 0
      while row < tileRows {
        let place = first &+ row
        packRegister(
          rows + place &* rowStride, rowStride, (count &- 1 &- place) &* rowStride &+ columns,
          columns, shift, tile + row, tileRows, squaredNorms + place)
        row &+= lanes
      }
      first &+= tileRows
      continue
    }
    var row = 0
    while row < tileRows {
      packFour(
        address(rows, rowStride, list, first &+ row, count),
        address(rows, rowStride, list, first &+ row &+ 1, count),
        address(rows, rowStride, list, first &+ row &+ 2, count),
        address(rows, rowStride, list, first &+ row &+ 3, count), columns, shift, tile + row,
        tileRows)
      row &+= 4
    }
    row = 0
    while row < tileRows {
      squareNorms(tile + row, tileRows, columns, squaredNorms + (first &+ row))
      row &+= lanes
    }
    first &+= tileRows
  }
}

@inline(__always)
private func address(
  _ rows: UnsafePointer<Float>, _ stride: Int, _ list: UnsafePointer<Int32>?, _ place: Int,
  _ count: Int
) -> UnsafePointer<Float> {
  let last = place < count ? place : count &- 1
  guard let list else { return rows + last &* stride }
  return rows + Int(truncatingIfNeeded: list[last]) &* stride
}

/// As many neighbouring rows as a register has lanes, so that whole lines are written at once.
///
/// - Parameter readable: how many values there are from the first one of the rows on.
@inline(__always)
private func packRegister(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ readable: Int, _ columns: Int,
  _ shift: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ stride: Int,
  _ norms: UnsafeMutablePointer<Float>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_floats_count())
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
  // The last columns are read with what comes behind them in memory, where something does.
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
  if kmeans_floats_count() == 4 { return kmeans_join_f4(first, first, first, first) }
  let second = UnsafeRawPointer(row + 4 &* stride).loadUnaligned(as: SIMD4<Float>.self)
  if kmeans_floats_count() == 8 { return kmeans_join_f4(first, second, first, second) }
  let third = UnsafeRawPointer(row + 8 &* stride).loadUnaligned(as: SIMD4<Float>.self)
  let fourth = UnsafeRawPointer(row + 12 &* stride).loadUnaligned(as: SIMD4<Float>.self)
  return kmeans_join_f4(first, second, third, fourth)
}

/// Four rows become four neighbouring lanes of every column.
@inline(__always)
private func packFour(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
  _ d: UnsafePointer<Float>, _ columns: Int, _ shift: UnsafePointer<Float>,
  _ target: UnsafeMutablePointer<Float>, _ stride: Int
) {
  var column = 0
  while column &+ 4 <= columns {
    let origin = UnsafeRawPointer(shift + column).loadUnaligned(as: SIMD4<Float>.self)
    kmeans_transpose_f4(
      UnsafeRawPointer(a + column).loadUnaligned(as: SIMD4<Float>.self) - origin,
      UnsafeRawPointer(b + column).loadUnaligned(as: SIMD4<Float>.self) - origin,
      UnsafeRawPointer(c + column).loadUnaligned(as: SIMD4<Float>.self) - origin,
      UnsafeRawPointer(d + column).loadUnaligned(as: SIMD4<Float>.self) - origin,
      target + column &* stride, Int64(truncatingIfNeeded: stride))
    column &+= 4
  }
  while column < columns {
    let lane = target + column &* stride
    let origin = shift[column]
    lane[0] = a[column] - origin
    lane[1] = b[column] - origin
    lane[2] = c[column] - origin
    lane[3] = d[column] - origin
    column &+= 1
  }
}

/// The squared norms of one register of points.
@inline(__always)
private func squareNorms(
  _ tile: UnsafePointer<Float>, _ stride: Int, _ columns: Int,
  _ norms: UnsafeMutablePointer<Float>
) {
  var sum = kmeans_floats(repeating: 0)
  for column in 0..<columns {
    let x = UnsafeRawPointer(tile + column &* stride).loadUnaligned(as: kmeans_floats.self)
    sum = sum + x * x
  }
  UnsafeMutableRawPointer(norms).storeBytes(of: sum, as: kmeans_floats.self)
}
