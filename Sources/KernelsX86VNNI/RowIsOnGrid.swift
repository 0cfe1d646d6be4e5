// Whether the values of a row are whole multiples of a power of two, so that sums of them are exact.
private import KMeansCLanes

/// Whether every value times `inverse`, a power of two, is a whole number of at most `most` in magnitude.
///
/// - Complexity: O(columns).
/// - Reference: a plain loop in `ExactSumTests`.
package func rowIsOnGridFloat(
  _ row: UnsafePointer<Float>, _ columns: Int, _ inverse: Float, _ most: Float
) -> Bool {
  var column = 0
  while column < columns {
    let rest = columns &- column
    let values =
      rest >= 16
      ? loadFloats(row + column)
      : kmeans_load_first_f16(row + column, Int64(truncatingIfNeeded: rest))
    let scaled = values * inverse
    let isOff =
      kmeans_bits_not_whole_f16(scaled)
      | kmeans_bits_not_less_f16(kmeans_abs_f16(scaled), SIMD16(repeating: most))
    if isOff != 0 { return false }
    column &+= 16
  }
  return true
}

/// The same for doubles.
package func rowIsOnGridDouble(
  _ row: UnsafePointer<Double>, _ columns: Int, _ inverse: Float, _ most: Float
) -> Bool {
  for column in 0..<columns {
    let scaled = row[column] * Double(inverse)
    if !(scaled > -Double(most) && scaled < Double(most)) { return false }
    if Double(Int64(scaled)) != scaled { return false }
  }
  return true
}
