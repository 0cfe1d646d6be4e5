internal import KMeansFiles
internal import KMeansLinearAlgebra

/// What the first lines of a text of entries promise.
struct EntryPromise {
  /// What a matrix holds besides what is written.
  enum Symmetry: String {
    case general, symmetric
    case skewSymmetric = "skew-symmetric"
  }

  var rows = 0
  var columns = 0
  var entries = 0
  /// The line that says so.
  var line = 0
  /// Whether a value stands behind row and column; else it is 1.
  var hasValues = true
  var symmetry = Symmetry.general
  /// What a line begins with that is passed over.
  var comment: UInt8?
}

/// The entries of a text: a line for each, `row column value`, counted from 1.
final class TextEntries: MatrixEntries {
  let promise: EntryPromise
  private let input: InputBuffer
  private let options: ReadingOptions
  private let readHeader: (inout RecordScanner) throws(FileError) -> EntryPromise
  private var scanner: RecordScanner
  private var entriesRead = 0

  /// - Parameters:
  ///   - input: stands at its beginning.
  ///   - readHeader: reads the lines before the entries.
  init(
    _ input: InputBuffer, _ options: ReadingOptions,
    _ readHeader: @escaping (inout RecordScanner) throws(FileError) -> EntryPromise
  ) throws(FileError) {
    (self.input, self.options, self.readHeader) = (input, options, readHeader)
    try DelimitedText.skipMark(input, tabs: true)
    var scanner = RecordScanner(lines: input)
    promise = try readHeader(&scanner)
    self.scanner = scanner
    guard promise.columns > 0, promise.columns <= DenseSize.mostColumns else {
      throw input.malformed(
        .line(promise.line),
        "\(counted(promise.columns, "column")), expected 1 to \(DenseSize.mostColumns)")
    }
    // The shortest line of an entry has four bytes: two digits, a blank, and its end.
    if let size = input.source.size, promise.entries > size / 4 + 1 {
      throw input.malformed(
        .line(promise.line),
        "\(counted(promise.entries, "entry", plural: "entries")), more than a file of "
          + "\(counted(size, "byte")) holds")
    }
  }

  var isLive: Bool { input.source.isLive }
  var isProven: Bool { input.source.size != nil }
  var path: String { input.source.path }
  /// The number of values, those that a symmetry adds included.
  var nonzeros: Int {
    let twice = promise.entries.multipliedReportingOverflow(by: 2)
    return promise.symmetry == .general || twice.overflow ? promise.entries : twice.partialValue
  }

  func rewind() throws(FileError) {
    try input.rewind()
    try DelimitedText.skipMark(input, tabs: true)
    scanner = RecordScanner(lines: input)
    _ = try readHeader(&scanner)
    entriesRead = 0
  }

  func read<Scalar: ReadableScalar>(
    into block: EntryBlock<Scalar>, withValues: Bool
  ) throws(FileError) -> Int {
    let (powers, invalid) = (PowersOfFive.base, InvalidValues(options))
    var count = 0
    while count + 2 <= NumberArray.most, let line = try scanner.next(waiting: count == 0 || !isLive)
    {
      var cursor = input.cursor(line)
      cursor.skipBlanks()
      if let comment = promise.comment, cursor.next == comment { continue }
      guard entriesRead < promise.entries else {
        throw input.malformed(
          .line(line.line),
          "more than the \(counted(promise.entries, "entry", plural: "entries")) that line "
            + "\(promise.line) promises")
      }
      do throws(LineProblem) {
        let row = try index(&cursor, "row", of: promise.rows)
        let column = try index(&cursor, "column", of: promise.columns)
        var value = Scalar(1)
        if promise.hasValues, withValues {
          value = try cursor.value(Scalar.self, powers, invalid) { _ in false }
          cursor.skipBlanks()
        }
        guard cursor.next == nil || promise.hasValues && !withValues else {
          throw cursor.unexpected("the end of the line")
        }
        put(value, row, column, into: block, &count)
      } catch {
        // Only what is wrong with a value leaves out no more than its row.
        if case .value = error.kind { throw input.malformed(line, error.explained(options)) }
        throw input.malformed(line, error)
      }
      entriesRead += 1
    }
    if count == 0, entriesRead < promise.entries {
      throw input.malformed(
        .wholeFile,
        "the file ends after \(counted(entriesRead, "entry", plural: "entries")), expected "
          + "\(promise.entries) as in line \(promise.line)")
    }
    return count
  }

  /// Takes a number from 1, and the blanks behind it.
  @inline(__always)
  private func index(
    _ cursor: inout LineCursor, _ what: String, of count: Int
  ) throws(LineProblem) -> Int {
    let start = cursor
    guard let number = cursor.wholeNumber(), cursor.next.map(isBlank) ?? true else {
      throw start.unexpected("a \(what) number", until: isBlank)
    }
    guard number >= 1, number <= count else {
      throw start.problem("\(what) \(number), expected 1 to \(count)")
    }
    cursor.skipBlanks()
    return number - 1
  }

  @inline(__always)
  private func put<Scalar: ReadableScalar>(
    _ value: Scalar, _ row: Int, _ column: Int, into block: EntryBlock<Scalar>, _ count: inout Int
  ) {
    block.rows[count] = row
    block.columns[count] = Int32(truncatingIfNeeded: column)
    block.values[count] = value
    count += 1
    guard promise.symmetry != .general, row != column else { return }
    block.rows[count] = column
    block.columns[count] = Int32(truncatingIfNeeded: row)
    block.values[count] = promise.symmetry == .symmetric ? value : -value
    count += 1
  }
}

/// Opens a text of entries, once its first lines are read.
func openEntries(
  _ entries: TextEntries, _ format: VectorFormat, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  let promise = entries.promise
  var info = VectorFileInfo(
    path: entries.path, format: format, precision: .double, valueType: "text", rows: promise.rows,
    fileColumns: promise.columns)
  info.isSparse = true
  info.nonzeros = entries.nonzeros
  info.denseProblem = try DenseSize(
    cause: "a matrix of \(promise.rows) x \(promise.columns)", place: .line(promise.line),
    dimension: promise.columns, rows: promise.rows
  ).checkStored(path: entries.path, options)
  return try ColumnPicker.applying(options, to: EntryRows(entries, info: info, options))
}
