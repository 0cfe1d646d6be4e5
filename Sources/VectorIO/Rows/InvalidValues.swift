internal import KMeansFiles

/// What becomes of a value of a text that is no finite number, while its row is parsed.
enum InvalidValues {
  /// It is an error.
  case refused
  /// It is NaN, and its row will be left out.
  case leftOut
  /// Where it is missing it is NaN, to be filled in; else it is an error.
  case filled
  /// Where it is missing it is NaN, to be filled in; else it is infinity, and its row will be left
  /// out.
  case filledOrLeftOut

  init(_ options: ReadingOptions) {
    self =
      switch options.onInvalid {
      case .error: .refused
      case .skip: .leftOut
      case .mean: options.leavesOut ? .filledOrLeftOut : .filled
      }
  }

  /// What stands in for the value; `nil` where it is an error.
  func standIn<Scalar: ReadableScalar>(isMissing: @autoclosure () -> Bool) -> Scalar? {
    switch self {
    case .refused: nil
    case .leftOut: Scalar.nan
    case .filled: isMissing() ? Scalar.nan : nil
    case .filledOrLeftOut: isMissing() ? Scalar.nan : Scalar.infinity
    }
  }
}
