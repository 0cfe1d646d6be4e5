internal import KMeansFiles

/// A parser of a format in which each line is a row.
protocol LineParser: RecordParser {
  /// The names that messages use.
  var options: ReadingOptions { get }
  /// The length of the first line in bytes.
  var firstLength: Int { get }

  /// Parses a line into uninitialised memory for a row.
  ///
  /// - Returns: false where the line holds no row, only a comment.
  func parse<Scalar: ReadableScalar>(
    _ line: LineCursor, into row: UnsafeMutablePointer<Scalar>
  ) throws(LineProblem) -> Bool
}

extension LineParser {
  var areTabsBlank: Bool { true }
  var sample: (rows: Int, bytes: Int) { (1, firstLength) }
  /// Whether a value that is no finite number becomes NaN instead of an error.
  var allowsInvalid: Bool { options.onInvalid == .skip }

  func records(of input: InputBuffer) -> RecordScanner { RecordScanner(lines: input) }

  func parseRow<Scalar: ReadableScalar>(
    _ line: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Bool {
    do throws(LineProblem) {
      return try parse(input.cursor(line), into: row)
    } catch {
      throw input.malformed(line, error.explained(options))
    }
  }
}

extension InputBuffer {
  /// The start of a line that was found last.
  func cursor(_ line: RecordScanner.Record) -> LineCursor { LineCursor(bytes(of: line)) }

  /// A line's problem with the name of the file and the number of the line.
  func malformed(_ line: RecordScanner.Record, _ problem: LineProblem) -> FileError {
    let place = problem.column.map { FileError.Place.field(line: line.line, column: $0) }
    return malformed(place ?? .line(line.line), problem.text)
  }
}
