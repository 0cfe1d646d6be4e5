// The exact distances of sixteen rows at once: four at a time, so that none waits for its own
// sum.
private import KMeansCLanes

/// The squared distances of sixteen rows, which may lie anywhere, to the centroids that their
/// labels name.
///
/// - Parameters:
///   - rows: IN, sixteen places of `columns` values.
///   - centroids: IN, contiguous rows of `columns` values.
///   - labels: IN, sixteen indices of centroids.
///   - distances: OUT, the bits that `directDistance` gives.
/// - Complexity: O(columns).
/// - Reference: `directDistance`.
package func sixteenDistances(
  _ rows: UnsafePointer<UnsafePointer<Scalar>>, _ columns: Int, _ centroids: UnsafePointer<Scalar>,
  _ labels: UnsafePointer<Int32>, _ distances: UnsafeMutablePointer<Double>
) {
  #if KMEANS_DOUBLE
    for row in 0..<16 {
      distances[row] = directDistance(
        rows[row], centroids + Int(truncatingIfNeeded: labels[row]) &* columns, columns)
    }
  #else
    var row = 0
    while row < 16 {
      if columns < 8 {
        distances[row] = directDistance(
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
        s = s + square(kmeans_load_eight(a + column) - kmeans_load_eight(e + column))
        t = t + square(kmeans_load_eight(b + column) - kmeans_load_eight(f + column))
        u = u + square(kmeans_load_eight(c + column) - kmeans_load_eight(g + column))
        v = v + square(kmeans_load_eight(d + column) - kmeans_load_eight(h + column))
        column &+= 8
      }
      if column < columns {
        let rest = columns &- column
        s = s + square(loadFirst(a + column, rest) - loadFirst(e + column, rest))
        t = t + square(loadFirst(b + column, rest) - loadFirst(f + column, rest))
        u = u + square(loadFirst(c + column, rest) - loadFirst(g + column, rest))
        v = v + square(loadFirst(d + column, rest) - loadFirst(h + column, rest))
      }
      distances[row] = added(s)
      distances[row &+ 1] = added(t)
      distances[row &+ 2] = added(u)
      distances[row &+ 3] = added(v)
      row &+= 4
    }
  #endif
}

#if !KMEANS_DOUBLE
  @inline(__always)
  private func square(_ difference: SIMD8<Double>) -> SIMD8<Double> { difference * difference }

  @inline(__always)
  private func added(_ lanes: SIMD8<Double>) -> Double {
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
#endif
