internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The chosen columns of rows that a format can only read whole, and the side columns.
final class ColumnPicker: UniformRowDecoder, UniformSparseDecoder {
  var info: VectorFileInfo
  private let whole: any RowDecoder
  private let indices: [Int]
  private let auxiliary: SidePlaces
  private var auxiliaryValues = AuxiliaryValues()
  /// The column of the rows that each of the whole rows becomes, or -1 [whole columns]; made for
  /// sparse rows alone.
  private lazy var targets: [Int32] = {
    var targets = [Int32](repeating: -1, count: whole.info.fileColumns)
    for (column, index) in indices.enumerated() { targets[index] = Int32(column) }
    return targets
  }()

  /// The rows of a decoder, with the columns that the options ask for.
  ///
  /// - Parameter hasLabel: whether the last value of a row is the label of its line, which is none
  ///   of the columns.
  static func applying(
    _ options: ReadingOptions, to decoder: any RowDecoder, hasLabel: Bool = false
  ) throws(FileError) -> any RowDecoder {
    var info = decoder.info
    if hasLabel { (info.fileColumns, info.hasLabel) = (info.fileColumns - 1, true) }
    let file = info.file
    let options = try options.decided(in: file)
    // All columns of such rows hold numbers.
    if options.takesAllColumns { return decoder }
    let indices = try options.chosenColumns(in: file, numeric: Array(0..<file.count))
    let auxiliary = try options.auxiliary.places(in: file)
    info.choose(indices, auxiliary, options)
    return ColumnPicker(decoder, indices, auxiliary, info)
  }

  private init(
    _ whole: any RowDecoder, _ indices: [Int], _ auxiliary: SidePlaces, _ info: VectorFileInfo
  ) {
    self.whole = whole
    self.indices = indices
    self.auxiliary = auxiliary
    self.info = info
  }

  var remainingRowsEstimate: Int? { whole.remainingRowsEstimate }
  var remainingNonzerosEstimate: Int? { whole.remainingNonzerosEstimate }
  func takeAuxiliaryValues() -> AuxiliaryValues {
    auxiliary.isEmpty ? whole.takeAuxiliaryValues() : auxiliaryValues.take()
  }
  func takeFaults() -> [RowFault] { whole.takeFaults() }

  func rewind() throws(FileError) {
    try whole.rewind()
    auxiliaryValues = AuxiliaryValues()
  }

  func seek(toRow row: Int) throws(FileError) {
    try whole.seek(toRow: row)
    auxiliaryValues = AuxiliaryValues()
  }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    if auxiliary.isEmpty {
      return try pick(into: rows, { (value: Scalar) in value }) { _ in }
    }
    // Times and weights are doubles, for rows of floats, too.
    return try pick(into: rows, { (value: Double) in Scalar(value) }) {
      auxiliaryValues.append($0, auxiliary)
    }
  }

  /// Reads whole rows of one type, and hands each on.
  private func pick<Scalar: ReadableScalar, Whole: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>, _ convert: (Whole) -> Scalar,
    _ take: (UnsafePointer<Whole>) -> Void
  ) throws(FileError) -> Int {
    let width = whole.info.fileColumns
    let limit = min(rows.count / indices.count, max(1, (1 << 16) / width))
    let block = UnsafeMutableBufferPointer<Whole>.allocate(capacity: limit * width)
    defer { block.deallocate() }
    let count = try whole.read(rows: block)
    for row in 0..<count {
      let values = UnsafePointer(block.baseAddress! + row * width)
      for (column, index) in indices.enumerated() {
        rows.initializeElement(at: row * indices.count + column, to: convert(values[index]))
      }
      take(values)
    }
    return count
  }
}

// Rows without their zeros.
extension ColumnPicker {
  func readSparse<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    if auxiliary.isEmpty {
      return try pickSparse(into: &rows, atMost: limit) { (value: Scalar) in value }
    }
    return try pickSparse(into: &rows, atMost: limit) { (value: Double) in Scalar(value) }
  }

  /// Reads whole rows of one type, and takes their chosen columns.
  private func pickSparse<Scalar: ReadableScalar, Whole: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int, _ convert: (Whole) -> Scalar
  ) throws(FileError) -> Int {
    var block = noRows(of: whole.info.fileColumns, as: Whole.self)
    let count = try whole.read(sparse: &block, atMost: min(limit, 1 << 12))
    let (offsets, indices, values) = (block.offsets, block.indices, block.values)
    for row in 0..<count {
      let range = offsets[row]..<offsets[row + 1]
      for place in range {
        let column = targets[Int(indices[place])]
        if column >= 0 { rows.append(convert(values[place]), column: column) }
      }
      rows.finishRow()
      if auxiliary.isEmpty { continue }
      auxiliaryValues.append(auxiliary) { column in
        range.first { indices[$0] == column }.map { Double(values[$0]) } ?? 0
      }
    }
    return count
  }
}

/// Whether the first record of a delimited text holds the names of its columns.
///
/// If the caller does not say so, the record itself does:
///
/// * one with no text in it is a row, for numbers and words that stand for a missing number
///   (an empty field, `NA`, `nan`, `null`, `?`) are no names;
/// * one with text over a column of numbers, and no number anywhere, holds names;
/// * one with text over a column of numbers and numbers beside it may be either, and is an error;
/// * one whose text stands over columns of text alone is a row, which
///   ``VectorFileInfo/remarks`` says.
///
/// A column that is asked for by a name which the record holds says that it holds names.
public enum HeaderRow: String, Sendable, Hashable, Codable, CaseIterable {
  /// The record itself decides, as above.
  case auto
  /// The record holds names, even if they look like numbers.
  case yes
  /// The record is a row.
  case no
}
