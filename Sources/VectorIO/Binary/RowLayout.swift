internal import KMeansFiles

/// The layout of rows of one type of number: one after another, each perhaps behind a prefix.
struct RowLayout {
  /// The longest row, in values, that is accepted where the size of the file does not prove it.
  static let longestUnprovenRow = 1 << 20

  let type: NumberType
  let columns: Int
  /// The bytes that every row begins with, if any.
  let prefix: [UInt8]
  /// The offset of the first row, in bytes.
  let dataOffset: Int
  /// The length of a row with its prefix, in bytes.
  let rowLength: Int
  /// Whether the input ends with the last row.
  var endsInput = true

  /// - Parameter place: the place of the length of a row in the file.
  /// - Throws: ``FileError`` where a row is longer than this file can have.
  init(
    _ input: InputBuffer, type: NumberType, columns: Int, prefix: [UInt8] = [], dataOffset: Int,
    place: FileError.Place = .byte(0)
  ) throws(FileError) {
    let path = input.source.path
    guard columns > 0 else {
      throw .malformed(
        path: path, place: place, problem: "rows of \(counted(columns, "value")), expected 1")
    }
    let product = columns.multipliedReportingOverflow(by: type.size)
    let sum = product.partialValue.addingReportingOverflow(prefix.count)
    if product.overflow || sum.overflow || columns > RowLayout.longestUnprovenRow {
      if let size = input.source.size {
        guard !product.overflow, !sum.overflow, sum.partialValue <= size else {
          throw .malformed(
            path: path, place: place,
            problem:
              "a row of \(counted(columns, "value")) does not fit into a file of \(counted(size, "byte"))"
          )
        }
      } else {
        throw .malformed(
          path: path, place: place,
          problem:
            "a row of \(counted(columns, "value")), expected at most \(RowLayout.longestUnprovenRow) "
            + "in a pipe or packed")
      }
    }
    (self.type, self.columns, self.prefix) = (type, columns, prefix)
    (self.dataOffset, rowLength) = (dataOffset, sum.partialValue)
  }

  /// The bytes of rows without prefixes, and of all that stands before them.
  ///
  /// - Throws: ``FileError`` where no file holds as many.
  static func length(
    rows: Int, columns: Int, _ type: NumberType, behind offset: Int, path: String,
    place: FileError.Place
  ) throws(FileError) -> Int {
    let (values, overflow) = rows.multipliedReportingOverflow(by: columns)
    let length = values.multipliedReportingOverflow(by: type.size)
    guard !overflow, !length.overflow, length.partialValue <= Int.max - offset else {
      throw .malformed(
        path: path, place: place,
        problem: "\(rows) x \(columns) values are more than a file can hold")
    }
    return length.partialValue
  }

  /// Compares the size that a header claims with that of the file, where that is known.
  static func checkSize(
    of source: any ByteSource, dataOffset: Int, dataLength: Int, rows: Int, columns: Int,
    typeName: String
  ) throws(FileError) {
    guard let size = source.size else { return }
    let end = dataOffset + dataLength
    guard size >= end else {
      throw .malformed(
        path: source.path, place: .byte(size),
        problem:
          "the data ends here, after \(counted(size - dataOffset, "byte")); expected \(dataLength) "
          + "(\(rows) x \(columns) values of type \(typeName))")
    }
    guard size == end else {
      throw .malformed(
        path: source.path, place: .byte(end),
        problem:
          "\(counted(size - end, "byte")) after the last of \(counted(rows, "row")); expected the end"
      )
    }
  }
}
