internal import KMeansFiles

/// Matrices as the Matrix Market has them: a line that says of what kind, comments, a line of rows,
/// columns and entries, and a line for each entry.
///
/// The format: <https://math.nist.gov/MatrixMarket/formats.html>.
enum MatrixMarket {
  static let magic = Array("%%MatrixMarket".utf8)

  @Sendable static func open(
    _ input: InputBuffer, _ options: ReadingOptions
  ) throws(FileError) -> any RowDecoder {
    try DelimitedText.refuseOtherFormats(input, .mtx)
    let entries = try TextEntries(input, options) { (scanner) throws(FileError) in
      try header(&scanner)
    }
    return try openEntries(entries, .mtx, options)
  }

  private static func header(_ scanner: inout RecordScanner) throws(FileError) -> EntryPromise {
    let input = scanner.input
    guard let first = try scanner.next() else {
      throw input.malformed(
        .wholeFile, "the file is empty, expected '%%MatrixMarket matrix coordinate ...'")
    }
    var promise = EntryPromise()
    promise.comment = UInt8(ascii: "%")
    try kind(String(decoding: input.bytes(of: first), as: UTF8.self), &promise) {
      input.malformed(.line(first.line), $0)
    }
    while let line = try scanner.next() {
      var cursor = input.cursor(line)
      cursor.skipBlanks()
      if cursor.next == promise.comment { continue }
      do throws(LineProblem) {
        promise.rows = try size(&cursor, "rows")
        promise.columns = try size(&cursor, "columns")
        promise.entries = try size(&cursor, "entries")
        guard cursor.next == nil else { throw cursor.unexpected("the end of the line") }
      } catch {
        throw input.malformed(line, error)
      }
      promise.line = line.line
      try checkSquare(promise, input)
      return promise
    }
    throw input.malformed(
      .wholeFile, "the file ends before the line of the numbers of rows, columns and entries")
  }

  /// Takes what the first line says.
  private static func kind(
    _ line: String, _ promise: inout EntryPromise, _ malformed: (String) -> FileError
  ) throws(FileError) {
    let words = line.lowercased().split { $0 == " " || $0 == "\t" }.map(String.init)
    guard words.count == 5, words[0] == "%%matrixmarket", words[1] == "matrix" else {
      throw malformed(
        "expected '%%MatrixMarket matrix coordinate real general', found \(quoted(line))")
    }
    guard words[2] == "coordinate" else {
      throw malformed(
        "a matrix of the kind \(quoted(words[2])), expected coordinate; scipy.io.mmread reads "
          + "it, and numpy.save writes npy")
    }
    guard ["real", "double", "integer", "pattern"].contains(words[3]) else {
      throw malformed("values of the kind \(quoted(words[3])), expected real, integer or pattern")
    }
    guard let symmetry = EntryPromise.Symmetry(rawValue: words[4]) else {
      throw malformed(
        "a matrix that is \(quoted(words[4])), expected general, symmetric or skew-symmetric")
    }
    (promise.hasValues, promise.symmetry) = (words[3] != "pattern", symmetry)
  }

  private static func checkSquare(
    _ promise: EntryPromise, _ input: InputBuffer
  ) throws(FileError) {
    guard promise.symmetry == .general || promise.rows == promise.columns else {
      throw input.malformed(
        .line(promise.line),
        "a \(promise.symmetry.rawValue) matrix of \(promise.rows) x \(promise.columns), expected as "
          + "many columns as rows")
    }
  }

  /// Takes a number of the line of sizes, and the blanks around it.
  static func size(_ cursor: inout LineCursor, _ what: String) throws(LineProblem) -> Int {
    cursor.skipBlanks()
    let start = cursor
    guard let number = cursor.wholeNumber(), cursor.next.map(isBlank) ?? true else {
      throw start.unexpected("the number of \(what)", until: isBlank)
    }
    cursor.skipBlanks()
    return number
  }
}

/// Counts of words as the UCI repository has them: three lines with the numbers of documents, words
/// and entries, and a line for each entry, `document word count`.
///
/// The format: <https://archive.ics.uci.edu/dataset/164/bag+of+words>.
enum Docword {
  /// Whether a file is named as those are: `docword.nips.txt`, perhaps packed.
  static func isName(_ path: String) -> Bool {
    let name = path.lowercased().split(separator: "/").last ?? ""
    return name.hasPrefix("docword.") && (name.hasSuffix(".txt") || name.hasSuffix(".txt.gz"))
  }

  @Sendable static func open(
    _ input: InputBuffer, _ options: ReadingOptions
  ) throws(FileError) -> any RowDecoder {
    try DelimitedText.refuseOtherFormats(input, .docword)
    let entries = try TextEntries(input, options) { (scanner) throws(FileError) in
      var promise = EntryPromise()
      promise.rows = try size(&scanner, "documents", &promise.line)
      promise.columns = try size(&scanner, "words", &promise.line)
      promise.entries = try size(&scanner, "entries", &promise.line)
      return promise
    }
    return try openEntries(entries, .docword, options)
  }

  /// Takes a number that stands on a line of its own.
  private static func size(
    _ scanner: inout RecordScanner, _ what: String, _ number: inout Int
  ) throws(FileError) -> Int {
    let input = scanner.input
    guard let line = try scanner.next() else {
      throw input.malformed(.wholeFile, "the file ends before the number of \(what)")
    }
    number = line.line
    var cursor = input.cursor(line)
    do throws(LineProblem) {
      let size = try MatrixMarket.size(&cursor, what)
      guard cursor.next == nil else { throw cursor.unexpected("the end of the line") }
      return size
    } catch {
      throw input.malformed(line, error)
    }
  }
}
