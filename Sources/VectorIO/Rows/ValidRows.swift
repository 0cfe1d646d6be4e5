internal import KMeansFiles

/// The treatment of rows that hold other values than finite numbers.
public enum InvalidRows: String, Sendable, Hashable, CaseIterable {
  /// Such rows are an error. A text is refused with the line and the column; binary files are read
  /// as they are, and the computation on the rows refuses them.
  case error
  /// Such rows are left out, and ``VectorFile/skippedRows`` lists them: rows in which a chosen
  /// column is missing (an empty field, `NA`, `null`, `?`), text, or a number that is NaN or
  /// infinite in the type that is read. A record with a wrong number of fields stays an error, for
  /// then it is unknown which value belongs to which column.
  case skip
  /// A missing value (an empty field, `NA`, `null`, `?`, NaN) becomes the mean of its column over
  /// the values that are there, or that of ``ReadingOptions/means``; ``VectorFile/filledValues``
  /// counts them. Text and infinity are refused as by ``error``; what a libsvm text leaves out is
  /// zero, not missing. Without ``ReadingOptions/means`` the file is read once more before its
  /// first row is, and each of several files has means of its own.
  case mean
}

/// The rows of a decoder without those that hold NaN or infinity.
final class ValidRows: UniformRowDecoder {
  /// The rows that were left out so far, counted from 0 among all that were read.
  private(set) var skippedRows = SkippedRows()
  private let all: any RowDecoder
  private let skipsZeroRows: Bool
  private var rowsRead = 0
  private var auxiliaryValues = AuxiliaryValues()

  /// The decoder itself, unless the options ask to leave rows out.
  static func applying(
    _ options: ReadingOptions, to decoder: any RowDecoder
  ) throws(FileError) -> any RowDecoder {
    switch options.onInvalid {
    case .error: return decoder
    case .skip: return ValidRows(decoder, skipsZeroRows: options.skipsZeroRows)
    case .mean: return options.leavesMissing ? decoder : try MeanRows(decoder, options)
    }
  }

  private init(_ all: any RowDecoder, skipsZeroRows: Bool) {
    self.all = all
    self.skipsZeroRows = skipsZeroRows
  }

  var info: VectorFileInfo {
    get { all.info }
    set { all.info = newValue }
  }

  var remainingRowsEstimate: Int? { all.remainingRowsEstimate }
  /// False, for the place of a row depends on the rows before it.
  var canSeek: Bool { false }

  func rewind() throws(FileError) {
    try all.rewind()
    rowsRead = 0
    skippedRows = SkippedRows()
    auxiliaryValues = AuxiliaryValues()
  }

  func takeAuxiliaryValues() -> AuxiliaryValues { auxiliaryValues.take() }

  func takeSkippedRows() -> SkippedRows {
    defer { skippedRows = SkippedRows() }
    return skippedRows
  }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    while true {
      let count = try all.read(rows: rows)
      if count == 0 { return 0 }
      let kept = keepValid(rows.baseAddress!, count)
      // None would mean the end.
      if kept > 0 { return kept }
    }
  }

  /// Moves the valid ones of some rows to the front.
  private func keepValid<Scalar: ReadableScalar>(
    _ rows: UnsafeMutablePointer<Scalar>, _ count: Int
  ) -> Int {
    let columns = all.info.columns
    let auxiliary = all.takeAuxiliaryValues()
    var kept = 0
    for index in 0..<count {
      let row = rows + index * columns
      let values = check(UnsafeBufferPointer(start: row, count: columns))
      if values == .valid, auxiliary.areFinite(row: index) {
        if !auxiliary.isEmpty { auxiliaryValues.append(auxiliary, rows: index..<index + 1) }
        if kept < index { (rows + kept * columns).update(from: row, count: columns) }
        kept += 1
      } else {
        auxiliaryValues.append(auxiliary, leftOut: index)
        skippedRows.append(rowsRead + index..<rowsRead + index + 1, isZero: values == .zero)
      }
    }
    rowsRead += count
    return kept
  }

  private enum Values { case valid, zero, notFinite }

  private func check<Scalar: ReadableScalar>(_ row: UnsafeBufferPointer<Scalar>) -> Values {
    var (isFinite, isZero) = (true, true)
    for value in row {
      isFinite = isFinite && value.isFinite
      isZero = isZero && value == 0
    }
    return !isFinite ? .notFinite : isZero && skipsZeroRows ? .zero : .valid
  }
}
