// The distances that decide, of sixteen rows at once: four at a time, so that none waits for its own sum.
private import KMeansCLanes

/// The squared distances of sixteen rows, which may lie anywhere, to the centroids that their labels name.
///
/// - Parameters:
///   - rows: IN, sixteen places of `columns` values.
///   - centroids: IN, contiguous rows of `columns` values.
///   - labels: IN, sixteen indices of centroids.
///   - distances: OUT, the bits that `directDistanceFloat` gives.
/// - Complexity: O(columns).
/// - Reference: `directDistanceFloat`.
package func sixteenDistancesFloat(
  _ rows: UnsafePointer<UnsafePointer<Float>>, _ columns: Int, _ centroids: UnsafePointer<Float>,
  _ labels: UnsafePointer<Int32>, _ distances: UnsafeMutablePointer<Double>
) {
  var row = 0
  while row < 16 {
    if columns < 8 {
      distances[row] = directDistanceFloat(
        rows[row], centroids + Int(truncatingIfNeeded: labels[row]) &* columns, columns)
      row &+= 1
      continue
    }
    let a = rows[row], b = rows[row &+ 1], c = rows[row &+ 2], d = rows[row &+ 3]
    let e = centroids + Int(truncatingIfNeeded: labels[row]) &* columns
    let f = centroids + Int(truncatingIfNeeded: labels[row &+ 1]) &* columns
    let g = centroids + Int(truncatingIfNeeded: labels[row &+ 2]) &* columns
    let h = centroids + Int(truncatingIfNeeded: labels[row &+ 3]) &* columns
    let zero = SIMD8<Double>(repeating: 0)
    var (s, t, u, v) = (zero, zero, zero, zero)
    var column = 0
    while column &+ 8 <= columns {
      s = s + square(widened(a + column) - widened(e + column))
      t = t + square(widened(b + column) - widened(f + column))
      u = u + square(widened(c + column) - widened(g + column))
      v = v + square(widened(d + column) - widened(h + column))
      column &+= 8
    }
    if column < columns {
      let rest = Int64(truncatingIfNeeded: columns &- column)
      s =
        s
        + square(
          kmeans_load_first_f8(a + column, rest) - kmeans_load_first_f8(e + column, rest))
      t =
        t
        + square(
          kmeans_load_first_f8(b + column, rest) - kmeans_load_first_f8(f + column, rest))
      u =
        u
        + square(
          kmeans_load_first_f8(c + column, rest) - kmeans_load_first_f8(g + column, rest))
      v =
        v
        + square(
          kmeans_load_first_f8(d + column, rest) - kmeans_load_first_f8(h + column, rest))
    }
    distances[row] = added(s)
    distances[row &+ 1] = added(t)
    distances[row &+ 2] = added(u)
    distances[row &+ 3] = added(v)
    row &+= 4
  }
}

/// The same for doubles; the bits that `directDistanceDouble` gives.
package func sixteenDistancesDouble(
  _ rows: UnsafePointer<UnsafePointer<Double>>, _ columns: Int, _ centroids: UnsafePointer<Double>,
  _ labels: UnsafePointer<Int32>, _ distances: UnsafeMutablePointer<Double>
) {
  for row in 0..<16 {
    distances[row] = directDistanceDouble(
      rows[row], centroids + Int(truncatingIfNeeded: labels[row]) &* columns, columns)
  }
}

@inline(__always)
private func widened(_ place: UnsafePointer<Float>) -> SIMD8<Double> {
  kmeans_widen_f8(UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float>.self))
}

@inline(__always)
private func square(_ difference: SIMD8<Double>) -> SIMD8<Double> { difference * difference }

@inline(__always)
private func added(_ lanes: SIMD8<Double>) -> Double {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}
