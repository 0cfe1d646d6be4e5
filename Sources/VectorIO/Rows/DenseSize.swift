internal import KMeansFiles

internal import KMeansCLibrary

/// The memory that rows take when every value of them is held, zeros of sparse formats, too: a few
/// bytes of a header or of text can ask for more than there is.
struct DenseSize {
  /// The text that asks for so many values: `index 3000000000`.
  let cause: String
  /// The place of that text.
  let place: FileError.Place
  /// The number of values of a row.
  let dimension: Int
  /// The number of rows; `nil` where it is not known.
  var rows: Int?

  /// The memory of the machine, in bytes.
  static let physicalMemory = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(getpagesize())

  /// The share of the memory that one row may take is one in so many: a row comes with names of
  /// columns, centroids and copies of all of them.
  static let rowsAtLeast = 16.0

  /// The largest number of values of a row.
  static var mostValues: Int { Int(physicalMemory / rowsAtLeast / 8) }

  /// What else can be done, for the end of a message.
  var hint = ""

  /// Refuses rows that do not fit into the machine's memory, before any is taken for them.
  ///
  /// - Parameter options: if only some columns are wanted, one row alone has to fit.
  func check(path: String, _ options: ReadingOptions) throws(FileError) {
    if let problem = problem(path: path, rows: count(options)) { throw problem }
  }

  /// The number of rows that have to fit.
  private func count(_ options: ReadingOptions) -> Int {
    let isWhole = options.columns.decided(names: nil) == .numeric && options.excluded.isEmpty
    return isWhole ? rows ?? 1 : 1
  }

  /// The same of rows that are stored without zeros: where they stay so it is no error.
  ///
  /// - Returns: what is wrong with dense rows.
  /// - Throws: ``FileError`` for that where rows become dense, and else for more columns than
  ///   sparse rows can have, or a list of them, where only some are wanted or means are taken.
  func checkStored(path: String, _ options: ReadingOptions) throws(FileError) -> FileError? {
    guard options.isSparse else {
      try check(path: path, options)
      return nil
    }
    if !options.takesAllColumns || options.onInvalid == .mean,
      let problem = problem(path: path, rows: 1)
    {
      throw problem
    }
    guard dimension <= DenseSize.mostColumns else {
      throw .malformed(
        path: path, place: place,
        problem: "\(cause) makes rows of \(counted(dimension, "value")), expected at most "
          + "\(DenseSize.mostColumns) of sparse rows\(hint)")
    }
    return problem(path: path, rows: count(options))
  }

  /// The largest number of columns of sparse rows: a label may stand behind them.
  static var mostColumns: Int { Int(Int32.max) - 1 }

  private func problem(path: String, rows count: Int) -> FileError? {
    let rowLength = Double(dimension) * 8
    let rowLimit = DenseSize.physicalMemory / DenseSize.rowsAtLeast
    let length = rowLength * Double(count)
    let taken: String
    if length > DenseSize.physicalMemory {
      taken =
        "\(count) \(count == 1 ? "row takes" : "rows take") \(DenseSize.text(length)) as dense "
        + "doubles, expected at most \(DenseSize.text(DenseSize.physicalMemory))"
    } else if rowLength > rowLimit {
      taken =
        "a row takes \(DenseSize.text(rowLength)) as dense doubles, "
        + "expected at most \(DenseSize.text(rowLimit))"
    } else {
      return nil
    }
    return .malformed(
      path: path, place: place,
      problem: "\(cause) makes rows of \(counted(dimension, "value")): \(taken)\(hint)")
  }

  /// A number of bytes in two digits: `2.9 TB`.
  static func text(_ bytes: Double) -> String {
    var value = bytes
    var units = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"][...]
    var unit = "bytes"
    while value >= 999.5, let next = units.popFirst() {
      value /= 1000
      unit = next
    }
    let rounded = value < 9.95 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    return "\(rounded) \(unit)"
  }
}
