// The squared distance that decides every label, for Double. See DirectDistanceFloat.swift for the
// contract.
private import KMeansCLanes

/// The squared Euclidean distance of two vectors of `columns` doubles.
///
/// The fixed order of `directDistanceFloat`. Reference: `Reference.squaredDistance`.
package func directDistanceDouble(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
) -> Double {
  if columns < 8 { return shortDistance(a, b, columns) }
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    let x = UnsafeRawPointer(a + column).loadUnaligned(as: SIMD8<Double>.self)
    let y = UnsafeRawPointer(b + column).loadUnaligned(as: SIMD8<Double>.self)
    let difference = x - y
    lanes = lanes + difference * difference
    column &+= 8
  }
  if column < columns {
    let rest =
      kmeans_load_first_d8(a + column, Int64(columns &- column))
      - kmeans_load_first_d8(b + column, Int64(columns &- column))
    lanes = lanes + rest * rest
  }
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

@inline(__always)
private func shortDistance(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
) -> Double {
  var sum = 0.0
  for column in 0..<columns {
    let difference = a[column] - b[column]
    sum = sum + difference * difference
  }
  return sum
}

/// The same with the differences at once; adding +0 for the lanes that are not there changes no bit.
@inline(__always)
private func shortDistanceInLanes(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
) -> Double {
  let count = Int64(truncatingIfNeeded: columns)
  let difference = kmeans_load_first_d8(a, count) - kmeans_load_first_d8(b, count)
  let squares = difference * difference
  let four = ((squares[0] + squares[1]) + squares[2]) + squares[3]
  if columns <= 4 { return four }
  return ((four + squares[4]) + squares[5]) + squares[6]
}

/// The same of four rows of at most four columns: their squares are turned and added column by column.
@inline(__always)
private func fourShortDistances(
  _ rows: UnsafePointer<Double>, _ rowStride: Int, _ columns: Int,
  _ centroids: UnsafePointer<Double>, _ labels: UnsafePointer<Int32>,
  _ distances: UnsafeMutablePointer<Double>
) {
  @inline(__always)
  func squares(_ row: Int) -> SIMD4<Double> {
    let count = Int64(truncatingIfNeeded: columns)
    let centroid = centroids + Int(truncatingIfNeeded: labels[row]) &* columns
    let difference =
      kmeans_load_first_d8(rows + row &* rowStride, count).lowHalf
      - kmeans_load_first_d8(centroid, count).lowHalf
    return difference * difference
  }
  let sums = kmeans_add_columns_d4(squares(0), squares(1), squares(2), squares(3))
  UnsafeMutableRawPointer(distances).storeBytes(of: sums, as: SIMD4<Double>.self)
}

/// The distances of `count` rows to the centroids that their labels name. Shapes and units as in
/// `directDistancesFloat`.
package func directDistancesDouble(
  _ rows: UnsafePointer<Double>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ centroids: UnsafePointer<Double>, _ labels: UnsafePointer<Int32>,
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
    distances[row] = directDistanceDouble(
      rows + row &* rowStride, centroids + Int(labels[row]) &* columns, columns)
  }
}
