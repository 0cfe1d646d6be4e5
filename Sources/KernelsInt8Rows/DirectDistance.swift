// The squared distance that decides every label.
private import KMeansCLanes

/// The squared Euclidean distance of two vectors of `columns` values.
///
/// The order of operations is part of the contract, so that every instruction set gives the same
/// bits: values, differences and squares in Double, never a fused multiply-add; element i goes to
/// lane i mod 8; the lanes are added as ((0+4)+(2+6)) + ((1+5)+(3+7)). Fewer than 8 columns are
/// added one after another, which equals Spark's loop.
///
/// - Error bound: relative (ceil(d/8) + 5) 2^-53 in first order: a difference of two values and its
///   square are rounded once each, and a term passes ceil(d/8) + 3 additions at most.
/// - Reference: `Reference.squaredDistance`.
package func directDistance(
  _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ columns: Int
) -> Double {
  if columns < 8 { return shortDistance(a, b, columns) }
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    let difference = kmeans_load_eight(a + column) - kmeans_load_eight(b + column)
    lanes = lanes + difference * difference
    column &+= 8
  }
  // Adding +0 to the other lanes changes no bit: a sum of squares is never -0.
  if column < columns {
    let rest = loadFirst(a + column, columns &- column) - loadFirst(b + column, columns &- column)
    lanes = lanes + rest * rest
  }
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

@inline(__always)
private func shortDistance(
  _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ columns: Int
) -> Double {
  var sum = 0.0
  for column in 0..<columns {
    let difference = Double(a[column]) - Double(b[column])
    sum = sum + difference * difference
  }
  return sum
}

/// The same with all differences at once; adding +0 for the missing lanes changes no bit.
@inline(__always)
private func shortDistanceInLanes(
  _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ columns: Int
) -> Double {
  let difference = loadFirst(a, columns) - loadFirst(b, columns)
  let squares = difference * difference
  let four = ((squares[0] + squares[1]) + squares[2]) + squares[3]
  if columns <= 4 { return four }
  return ((four + squares[4]) + squares[5]) + squares[6]
}

/// The same of four rows of at most four columns: their squares are turned and added column by
/// column.
@inline(__always)
private func fourShortDistances(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ columns: Int,
  _ centroids: UnsafePointer<Scalar>, _ labels: UnsafePointer<Int32>,
  _ distances: UnsafeMutablePointer<Double>
) {
  @inline(__always)
  func squares(_ row: Int) -> SIMD4<Double> {
    let centroid = centroids + Int(truncatingIfNeeded: labels[row]) &* columns
    let difference =
      loadFirst(rows + row &* rowStride, columns).lowHalf - loadFirst(centroid, columns).lowHalf
    return difference * difference
  }
  let sums = kmeans_add_columns_d4(squares(0), squares(1), squares(2), squares(3))
  UnsafeMutableRawPointer(distances).storeBytes(of: sums, as: SIMD4<Double>.self)
}

/// The distances of `count` rows to the centroids that their labels name.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` values apart.
///   - centroids: IN, contiguous rows of `columns` values.
///   - labels: IN, count indices of centroids.
///   - distances: OUT, count squared distances.
package func directDistances(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ centroids: UnsafePointer<Scalar>, _ labels: UnsafePointer<Int32>,
  _ distances: UnsafeMutablePointer<Double>
) {
  if columns < 8, kmeans_loads_parts() == 1 {
    var first = 0
    if columns <= 4 {
      while first &+ 4 <= count {
        fourShortDistances(
          rows + first &* rowStride, rowStride, columns, centroids, labels + first,
          distances + first)
        first &+= 4
      }
    }
    for row in first..<count {
      distances[row] = shortDistanceInLanes(
        rows + row &* rowStride,
        centroids + Int(truncatingIfNeeded: labels[row]) &* columns, columns)
    }
    return
  }
  if columns < 8 {
    for row in 0..<count {
      distances[row] = shortDistance(
        rows + row &* rowStride, centroids + Int(labels[row]) &* columns, columns)
    }
    return
  }
  for row in 0..<count {
    distances[row] = directDistance(
      rows + row &* rowStride, centroids + Int(labels[row]) &* columns, columns)
  }
}
