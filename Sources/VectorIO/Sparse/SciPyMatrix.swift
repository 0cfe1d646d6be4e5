internal import KMeansFiles

/// A sparse matrix as `scipy.sparse.save_npz` writes it: an archive of the arrays that make it up,
/// of its format, and of its shape.
///
/// The format:
/// <https://docs.scipy.org/doc/scipy/reference/generated/scipy.sparse.save_npz.html>.
struct SciPyMatrix {
  private let zip: ZipBytes
  private let arrays: [ZipEntry]

  /// The forms that are written; the last two are not read.
  private static let forms = ["csr", "csc", "coo", "bsr", "dia"]

  /// - Returns: `nil` where the arrays are not those of a sparse matrix.
  init?(_ arrays: [ZipEntry], in zip: ZipBytes) {
    (self.zip, self.arrays) = (zip, arrays)
    guard ["format", "shape", "data"].allSatisfy({ entry(named: $0) != nil }) else { return nil }
  }

  private func entry(named name: String) -> ZipEntry? {
    arrays.first { $0.name == "\(name).npy" }
  }

  /// Opens the rows.
  func open(_ options: ReadingOptions) throws(FileError) -> any RowDecoder {
    guard options.array == nil else {
      throw .unusable(
        path: zip.path,
        problem:
          "a sparse matrix of SciPy, which is read as a whole: expected no array to be chosen")
    }
    let format = try readFormat()
    let indices = try array(format == "coo" ? "row" : "indices", of: format)
    let columns = try array(format == "coo" ? "col" : "indptr", of: format)
    let values = try array("data", of: format)
    for array in [indices, columns] { try array.requireIntegers() }
    for array in format == "coo" ? [indices, columns] : [indices]
    where array.count != values.count {
      throw array.malformed(
        "\(counted(array.count, "index", plural: "indices")), expected as many as there are values: "
          + "\(values.count)")
    }
    let shape = try readShape(of: format)
    if format == "csr" { try CompressedRows.check(columns, of: shape.rows, "row") }
    if format == "csc" { try CompressedRows.check(columns, of: shape.columns, "column") }
    var info = VectorFileInfo(
      path: zip.path, format: .npz, precision: values.type.precision, valueType: values.typeName,
      rows: shape.rows, fileColumns: shape.columns)
    (info.isSparse, info.nonzeros) = (true, values.count)
    info.denseProblem = try DenseSize(
      cause: "a matrix of \(shape.rows) x \(shape.columns)", place: .wholeFile,
      dimension: shape.columns, rows: shape.rows
    ).checkStored(path: zip.path, options)
    return try ColumnPicker.applying(
      options, to: rows(of: format, indices, columns, values, info, options))
  }

  private func rows(
    of format: String, _ indices: NumberArray, _ columns: NumberArray, _ values: NumberArray,
    _ info: VectorFileInfo, _ options: ReadingOptions
  ) throws(FileError) -> any RowDecoder {
    if format == "csr" {
      return try CompressedRows(
        offsets: columns, indices: indices, values: values, info: info, options)
    }
    let entries = ArrayEntries(
      rows: indices, columns: format == "coo" ? .each(columns) : .offsets(columns), values: values,
      shape: (info.rows ?? 0, info.fileColumns))
    return try EntryRows(entries, info: info, options)
  }

  private func array(_ name: String, of format: String) throws(FileError) -> NumberArray {
    guard let entry = entry(named: name) else {
      throw .malformed(
        path: zip.path, place: .wholeFile,
        problem: "a sparse matrix of the form \(format) without the array \(quoted(name)), found "
          + quoted(arrays.map { String($0.name.dropLast(4)) }))
    }
    return try NumberArray(entry, in: zip)
  }

  /// The form of the matrix, which stands in an array of one text, of bytes or of characters.
  private func readFormat() throws(FileError) -> String {
    guard let entry = entry(named: "format") else { return "" }
    let input = InputBuffer(try entry.open(in: zip))
    guard entry.size <= 1 << 12 else {
      throw input.malformed(.wholeFile, "\(counted(entry.size, "byte")), expected a word")
    }
    try input.need(10, "an npy header of 10 bytes")
    try input.fill(atLeast: entry.size)
    let bytes = Array(input.unread)
    // The text is the data behind the header; its characters have zeros between them.
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    let text = String(decoding: bytes.dropFirst(start).filter { $0 != 0 }, as: UTF8.self)
    guard bytes.starts(with: NPYHeader.magic), Self.forms.contains(text) else {
      throw input.malformed(.wholeFile, "expected csr, csc or coo, found \(quoted(text))")
    }
    guard ["csr", "csc", "coo"].contains(text) else {
      throw .unusable(
        path: zip.path,
        problem:
          "a sparse matrix of SciPy of the form \(text), which is not read: expected csr, csc "
          + "or coo, as tocsr() makes it")
    }
    return text
  }

  private func readShape(of format: String) throws(FileError) -> (rows: Int, columns: Int) {
    let array = try array("shape", of: format)
    try array.requireIntegers()
    guard array.count == 2 else {
      throw array.malformed("\(counted(array.count, "number")), expected 2 (rows, columns)")
    }
    var shape = [0, 0]
    try array.takeIntegers(2, into: &shape)
    guard shape[0] >= 0, shape[1] > 0, shape[1] <= DenseSize.mostColumns else {
      throw array.malformed(
        "a matrix of \(shape[0]) x \(shape[1]), expected 0 rows or more, 1 to "
          + "\(DenseSize.mostColumns) columns")
    }
    return (shape[0], shape[1])
  }
}
