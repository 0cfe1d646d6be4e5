// Points made ready for the fused kernels: shifted, and turned so that points lie in lanes.
private import KMeansCLanes

/// Packs rows of doubles; the contract of `packTilesFloat`.
package func packTilesDouble(
  _ rows: UnsafePointer<Double>, _ rowStride: Int, _ list: UnsafePointer<Int32>?, _ count: Int,
  _ columns: Int, _ shift: UnsafePointer<Double>, _ tiles: UnsafeMutablePointer<Double>,
  _ squaredNorms: UnsafeMutablePointer<Double>
) {
  let tileRows = fusedTileRowsDouble()
  let lanes = Int(truncatingIfNeeded: kmeans_doubles_count())
  var first = 0
  while first < count {
    let tile = tiles + first &* columns
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
  _ rows: UnsafePointer<Double>, _ stride: Int, _ list: UnsafePointer<Int32>?, _ place: Int,
  _ count: Int
) -> UnsafePointer<Double> {
  let last = place < count ? place : count &- 1
  guard let list else { return rows + last &* stride }
  return rows + Int(truncatingIfNeeded: list[last]) &* stride
}

/// Four rows become four neighbouring lanes of every column.
@inline(__always)
private func packFour(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>,
  _ d: UnsafePointer<Double>, _ columns: Int, _ shift: UnsafePointer<Double>,
  _ target: UnsafeMutablePointer<Double>, _ stride: Int
) {
  var column = 0
  while column &+ 4 <= columns {
    let origin = UnsafeRawPointer(shift + column).loadUnaligned(as: SIMD4<Double>.self)
    kmeans_transpose_d4(
      UnsafeRawPointer(a + column).loadUnaligned(as: SIMD4<Double>.self) - origin,
      UnsafeRawPointer(b + column).loadUnaligned(as: SIMD4<Double>.self) - origin,
      UnsafeRawPointer(c + column).loadUnaligned(as: SIMD4<Double>.self) - origin,
      UnsafeRawPointer(d + column).loadUnaligned(as: SIMD4<Double>.self) - origin,
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
  _ tile: UnsafePointer<Double>, _ stride: Int, _ columns: Int,
  _ norms: UnsafeMutablePointer<Double>
) {
  var sum = kmeans_doubles(repeating: 0)
  for column in 0..<columns {
    let x = UnsafeRawPointer(tile + column &* stride).loadUnaligned(as: kmeans_doubles.self)
    sum = sum + x * x
  }
  UnsafeMutableRawPointer(norms).storeBytes(of: sum, as: kmeans_doubles.self)
}
