internal import KMeansFiles

/// The refusal of values of a sparse matrix that are no finite numbers, unless their rows are left
/// out or filled in.
struct FiniteValues {
  private let path: String
  private let isAsked: Bool
  private let hint: String
  private let precisionHint: String

  init(_ info: VectorFileInfo, _ options: ReadingOptions) {
    path = info.path
    isAsked = options.onInvalid == .error
    hint = options.notFiniteHint
    // Where floats are stored, an infinity is what the file says.
    precisionHint = info.precision == .double ? options.precisionHint : ""
  }

  /// - Parameter place: the row and the column of a value, from 0, by its number.
  @inline(__always)
  func check<Scalar: ReadableScalar>(
    _ values: UnsafePointer<Scalar>, count: Int, at place: (Int) -> (row: Int, column: Int)
  ) throws(FileError) {
    guard isAsked else { return }
    for index in 0..<count where !values[index].isFinite {
      let (row, column) = place(index)
      // A number that is there may be too large for the type.
      let isNarrow = Scalar.self == Float.self && values[index].isInfinite
      throw .malformed(
        path: path, place: .wholeFile,
        problem:
          "row \(row + 1), column \(column + 1) (both count from 1): expected a finite number, "
          + "found \(values[index])\(hint)\(isNarrow ? precisionHint : "")")
    }
  }
}
