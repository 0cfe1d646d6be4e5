internal import KMeansFiles

internal import KMeansCLibrary

/// The memory that rows take when every value of them is held, zeros of sparse formats, too: a few
/// bytes of a header or of text can ask for more than there is.
struct DenseSize {
  /// What asks for so many values: `index 3000000000`.
  let cause: String
  /// Where it does.
  let place: FileError.Place
  /// How many values a row has.
  let dimension: Int
  /// How many rows there are, as far as is known.
  let rows: Int?

  /// The memory of the machine, in bytes.
  static let physicalMemory = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(getpagesize())

  /// Which part of the memory one row may take: a row comes with names of columns, centroids and
  /// copies of all of them.
  static let rowsAtLeast = 16.0

  /// Refuses rows that do not fit into the machine's memory, before any is taken for them.
  ///
  /// - Parameter selection: where only some columns are wanted, one row alone has to fit.
  func check(path: String, _ selection: ColumnSelection) throws(FileError) {
    let rowLength = Double(dimension) * 8
    let rowLimit = DenseSize.physicalMemory / DenseSize.rowsAtLeast
    let count = selection == .numeric ? rows ?? 1 : 1
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
      return
    }
    throw .malformed(
      path: path, place: place,
      problem: "\(cause) makes rows of \(counted(dimension, "value")): \(taken)")
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
