// Views as arrays of doubles, for the reference and the tests.
extension MatrixView {
  /// A copy of the values as arrays of doubles, which hold floats exactly: the input of the naive
  /// reference.
  package var doubles: [[Double]] {
    (0..<rows).map { row in
      let values = self[row]
      return (0..<columns).map { Double(values[$0]) }
    }
  }
}
