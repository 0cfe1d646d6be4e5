// Points made ready for the fused kernels: shifted, and turned so that points lie in lanes.
private import KMeansCLanes

/// Packs rows minus a shift into tiles, and the squared norm of each packed row.
///
/// A tile of `fusedTileRows` points holds for each column the values of its points in turn. The
/// last tile is filled with copies of the last row.
///
/// - Parameters:
///   - rows: IN, rows of `columns` values, `rowStride` apart.
///   - list: IN, the numbers of the rows; `nil` for the first `count`.
///   - count: the number of rows, at least 1.
///   - shift: IN, `columns` values.
///   - tiles: OUT, whole tiles; must not overlap `rows`.
///   - squaredNorms: OUT, sums of squares of the packed values, for every point of the tiles.
/// - Error bound: every packed value is rounded once; a norm has the relative error gamma(columns +
///   1).
/// - Reference: a plain loop in `FusedKernelTests`.
package func packTiles(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ list: UnsafePointer<Int32>?, _ count: Int,
  _ columns: Int, _ shift: UnsafePointer<Scalar>, _ tiles: UnsafeMutablePointer<Scalar>,
  _ squaredNorms: UnsafeMutablePointer<Scalar>
) {
  let tileRows = fusedTileRows()
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  var first = 0
  while first < count {
    let tile = tiles + first &* columns
    var row = 0
    #if KMEANS_DOUBLE
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
    #else
      while row < tileRows {
        let place = first &+ row
        if list == nil, place &+ lanes <= count {
          packRegister(
            rows + place &* rowStride, rowStride, (count &- 1 &- place) &* rowStride &+ columns,
            columns, shift, tile + row, tileRows, squaredNorms + place)
        } else {
          kmeans_pack_listed(
            rows, Int64(truncatingIfNeeded: rowStride), list, Int64(truncatingIfNeeded: place),
            Int64(truncatingIfNeeded: count), Int64(truncatingIfNeeded: columns), shift,
            tile + row, Int64(truncatingIfNeeded: tileRows), squaredNorms + place)
        }
        row &+= lanes
      }
    #endif
    first &+= tileRows
  }
}

#if KMEANS_DOUBLE
  @inline(__always)
  private func address(
    _ rows: UnsafePointer<Scalar>, _ stride: Int, _ list: UnsafePointer<Int32>?, _ place: Int,
    _ count: Int
  ) -> UnsafePointer<Scalar> {
    let last = place < count ? place : count &- 1
    guard let list else { return rows + last &* stride }
    return rows + Int(truncatingIfNeeded: list[last]) &* stride
  }

  /// Four rows become four neighbouring lanes of every column.
  @inline(__always)
  private func packFour(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ c: UnsafePointer<Scalar>,
    _ d: UnsafePointer<Scalar>, _ columns: Int, _ shift: UnsafePointer<Scalar>,
    _ target: UnsafeMutablePointer<Scalar>, _ stride: Int
  ) {
    var column = 0
    while column &+ 4 <= columns {
      let origin = UnsafeRawPointer(shift + column).loadUnaligned(as: kmeans_four.self)
      kmeans_transpose(
        UnsafeRawPointer(a + column).loadUnaligned(as: kmeans_four.self) - origin,
        UnsafeRawPointer(b + column).loadUnaligned(as: kmeans_four.self) - origin,
        UnsafeRawPointer(c + column).loadUnaligned(as: kmeans_four.self) - origin,
        UnsafeRawPointer(d + column).loadUnaligned(as: kmeans_four.self) - origin,
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
    _ tile: UnsafePointer<Scalar>, _ stride: Int, _ columns: Int,
    _ norms: UnsafeMutablePointer<Scalar>
  ) {
    var sum = kmeans_register(repeating: 0)
    for column in 0..<columns {
      let x = UnsafeRawPointer(tile + column &* stride).loadUnaligned(as: kmeans_register.self)
      sum = sum + x * x
    }
    UnsafeMutableRawPointer(norms).storeBytes(of: sum, as: kmeans_register.self)
  }
#endif
