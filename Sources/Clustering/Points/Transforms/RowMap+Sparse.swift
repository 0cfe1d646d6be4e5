// Maps of sparse rows: those that leave zeros as they are.
extension RowTransform {
  /// Whether zeros stay zeros, so that sparse rows stay sparse: no mean is subtracted, and no
  /// columns are mixed.
  package var keepsZeros: Bool {
    if let standardization, standardization.means.contains(where: { $0 != 0 }) { return false }
    if case .whitening = linear { return false }
    return true
  }
}

extension RowMap {
  /// Maps a sparse row to the bits of its values in the mapped dense row.
  ///
  /// - Parameter target: where the mapped values go [count]; may be where the row's values are.
  /// - Precondition: the transform ``RowTransform/keepsZeros``.
  /// - Complexity: O(values).
  func map(_ row: CompressedRow<Scalar>, into target: UnsafeMutablePointer<Scalar>) {
    for place in 0..<row.count {
      var value = Double(row.values[place])
      if let deviations = transform.standardization?.deviations {
        value /= deviations[row.column(place)]
      }
      if let factor = factor(of: row.column(place)) { value *= factor }
      target[place] = Scalar(value)
    }
    guard transform.normalizes else { return }
    let mapped = CompressedRow(
      indices: row.indices, values: UnsafePointer(target), count: row.count)
    guard let length = length(of: mapped) else { return }
    for place in 0..<row.count { target[place] = Scalar(Double(target[place]) / length) }
  }

  /// The length of a row by the operations of ``normalize(_:)``; `nil` where it is 0.
  private func length(of row: CompressedRow<Scalar>) -> Double? {
    let squaredLength = row.squaredLength(columns: columns)
    if squaredLength > 0x1p-900 { return squaredLength.squareRoot() }
    // The squares underflow: measured in units of the largest value.
    var largest = 0.0
    for place in 0..<row.count { largest = max(largest, Double(row.values[place]).magnitude) }
    if largest == 0 { return nil }
    var sum = 0.0
    for place in 0..<row.count {
      let value = Double(row.values[place]) / largest
      sum += value * value
    }
    return sum.squareRoot() * largest
  }
}
