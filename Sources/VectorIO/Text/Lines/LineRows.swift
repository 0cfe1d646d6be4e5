internal import KMeansFiles

/// What a format in which a row is a line makes of a line.
protocol LineParser {
  /// Parses a line into uninitialised memory for a row.
  ///
  /// - Returns: false where the line holds no row, only a comment.
  func parse<Scalar: ReadableScalar>(
    _ line: LineCursor, into row: UnsafeMutablePointer<Scalar>
  ) throws(LineProblem) -> Bool
}

/// The rows of a text in which a row is a line.
final class LineRows<Parser: LineParser>: UniformRowDecoder {
  var info: VectorFileInfo
  private let input: InputBuffer
  private let parser: Parser
  private let firstLength: Int
  private let options: ReadingOptions
  private var scanner: RecordScanner
  private var rowsRead = 0
  /// What stopped the last read behind its first rows.
  private var pending: FileError?

  /// - Parameters:
  ///   - input: stands at the first line.
  ///   - info: its `rows` are nil where they are not counted.
  ///   - firstLength: the length of the first line in bytes, for a first guess at their number.
  ///   - options: say what messages name.
  init(
    _ input: InputBuffer, _ parser: Parser, info: VectorFileInfo, firstLength: Int,
    options: ReadingOptions
  ) {
    self.input = input
    self.parser = parser
    self.info = info
    self.firstLength = firstLength
    self.options = options
    scanner = RecordScanner(lines: input)
  }

  var remainingRowsEstimate: Int? {
    if let rows = info.rows { return max(0, rows - rowsRead) }
    return input.estimatedRows(
      behind: scanner.position, rowsRead: rowsRead, sample: (1, firstLength),
      columns: info.columns)
  }

  func rewind() throws(FileError) {
    try input.rewind()
    try DelimitedText.skipMark(input, tabs: true)
    scanner = RecordScanner(lines: input)
    rowsRead = 0
    pending = nil
  }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    if let pending { throw pending }
    let columns = info.fileColumns
    let room = rows.count / columns
    let isLive = input.source.isLive
    var count = 0
    do throws(FileError) {
      while count < room, let line = try scanner.next(waiting: count == 0 || !isLive) {
        if try read(line, into: rows.baseAddress! + count * columns) { count += 1 }
      }
    } catch {
      // The rows before what is wrong are rows.
      if count == 0 { throw error }
      pending = error
    }
    rowsRead += count
    return count
  }

  /// Takes a row out of a line, if there is one in it.
  private func read<Scalar: ReadableScalar>(
    _ line: RecordScanner.Record, into row: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Bool {
    do throws(LineProblem) {
      return try parser.parse(scanner.cursor(line), into: row)
    } catch {
      throw scanner.malformed(line, error.explained(options))
    }
  }
}

extension RecordScanner {
  /// The start of a line that was found last.
  func cursor(_ line: Record) -> LineCursor { LineCursor(bytes(of: line)) }

  /// A line's problem with the name of the file and the number of the line.
  func malformed(_ line: Record, _ problem: LineProblem) -> FileError {
    let place = problem.column.map { FileError.Place.field(line: line.line, column: $0) }
    return .malformed(
      path: input.source.path, place: place ?? .line(line.line), problem: problem.text)
  }
}
