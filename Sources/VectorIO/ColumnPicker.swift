internal import KMeansFiles
internal import KMeansLinearAlgebra

/// Some columns of rows that a format can only read whole.
final class ColumnPicker: UniformRowDecoder {
  var info: VectorFileInfo
  private let whole: any RowDecoder
  private let indices: [Int]

  /// The rows of a decoder, with the columns that the options ask for.
  static func applying(
    _ options: ReadingOptions, to decoder: any RowDecoder
  ) throws(FileError) -> any RowDecoder {
    if options.columns == .numeric, options.leavingOut == nil { return decoder }
    let info = decoder.info
    let indices = try options.chosenColumns(
      path: info.path, names: nil, count: info.fileColumns,
      numeric: Array(0..<info.fileColumns))
    return ColumnPicker(decoder, indices)
  }

  private init(_ whole: any RowDecoder, _ indices: [Int]) {
    self.whole = whole
    self.indices = indices
    info = whole.info
    info.choose(indices)
  }

  var remainingRowsEstimate: Int? { whole.remainingRowsEstimate }
  func rewind() throws(FileError) { try whole.rewind() }
  func seek(toRow row: Int) throws(FileError) { try whole.seek(toRow: row) }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    let width = info.fileColumns
    let limit = min(rows.count / indices.count, max(1, (1 << 16) / width))
    let block = UnsafeMutableBufferPointer<Scalar>.allocate(capacity: limit * width)
    defer { block.deallocate() }
    let count = try whole.read(rows: block)
    for row in 0..<count {
      for (column, index) in indices.enumerated() {
        rows.initializeElement(at: row * indices.count + column, to: block[row * width + index])
      }
    }
    return count
  }
}
