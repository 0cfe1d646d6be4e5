extension MatrixView {
  /// A copy of the values as arrays of doubles, which hold floats exactly: what the naive reference
  /// computes with.
  package var doubles: [[Double]] {
    (0..<rows).map { row in
      let values = self[row]
      return (0..<columns).map { Double(values[$0]) }
    }
  }
}
