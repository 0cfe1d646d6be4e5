internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The treatment of rows that hold other values than finite numbers.
public enum InvalidRows: String, Sendable, Hashable, CaseIterable {
  /// Such rows are an error. A text is refused with the line and the column, a sparse matrix with
  /// the row and the column; other binary files are read as they are, and the computation on the
  /// rows refuses them.
  case error
  /// Such rows are left out, and ``VectorFile/skippedRows`` lists them: rows in which a chosen
  /// column is missing (an empty field, `NA`, `null`, `?`), text, or a number that is NaN or
  /// infinite in the type that is read; and in text the records that are none of the format: with
  /// another number of fields than the first record, a quote that is never closed, bytes that are
  /// no text. What is wrong with the first record, or with all others, stays an error.
  case skip
  /// A missing value (an empty field, `NA`, `null`, `?`, NaN) becomes the mean of its column over
  /// the values that are there, or that of ``ReadingOptions/means``; ``VectorFile/filledValues``
  /// counts them. Text and infinity are refused as by ``error``; what a libsvm text leaves out is
  /// zero, not missing. Without ``ReadingOptions/means`` the file is read once more before its
  /// first row is, and each of several files has means of its own.
  case mean
}

/// The rows of a decoder without those that hold NaN or infinity, or without those that hold
/// infinity alone, where NaN is filled in.
final class ValidRows: UniformRowDecoder, UniformSparseDecoder {
  /// The rows that were left out so far, counted from 0 among all that were read.
  private(set) var skippedRows = SkippedRows()
  private let all: any RowDecoder
  /// Whether a missing value is no reason to leave a row out: it will be filled in.
  private let keepsMissing: Bool
  private let skipsZeroRows: Bool
  private let largestValue: Double
  private(set) var onlyLeftOut = false
  private var rowsRead = 0
  /// The rows that were left out in all.
  private var leftOut: LeftOutCount
  private var auxiliaryValues = AuxiliaryValues()

  /// The decoder itself, unless the options ask to leave rows out.
  static func applying(
    _ options: ReadingOptions, to decoder: any RowDecoder
  ) throws(FileError) -> any RowDecoder {
    switch options.onInvalid {
    case .error: return decoder
    case .skip: return ValidRows(decoder, options)
    case .mean:
      let rows = options.leavesOut ? ValidRows(decoder, options) : decoder
      return options.leavesMissing ? rows : try MeanRows(rows, options)
    }
  }

  private init(_ all: any RowDecoder, _ options: ReadingOptions) {
    self.all = all
    keepsMissing = options.onInvalid == .mean
    skipsZeroRows = options.skipsZeroRows
    largestValue = options.largestValue
    leftOut = LeftOutCount(limit: options.isOneOfSeveral ? nil : options.mostInvalid)
  }

  var info: VectorFileInfo {
    get { all.info }
    set { all.info = newValue }
  }

  var remainingRowsEstimate: Int? { all.remainingRowsEstimate }
  var remainingNonzerosEstimate: Int? { all.remainingNonzerosEstimate }
  /// False, for the place of a row depends on the rows before it.
  var canSeek: Bool { false }

  func rewind() throws(FileError) {
    try all.rewind()
    rowsRead = 0
    leftOut.removeAll()
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
    let columns = all.info.columns
    return try readValid { () throws(FileError) in
      let count = try all.read(rows: rows)
      let base = rows.baseAddress!
      var kept = 0
      sift(count) { index in
        invalid(UnsafeBufferPointer(start: base + index * columns, count: columns))
      } keep: { index in
        if kept < index {
          (base + kept * columns).update(from: base + index * columns, count: columns)
        }
        kept += 1
      }
      return (count, kept)
    }
  }

  func readSparse<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    let first = rows.rows
    return try readValid { () throws(FileError) in
      let count = try all.read(sparse: &rows, atMost: limit)
      var isKept = [Bool](repeating: false, count: count)
      let offsets = rows.offsets
      rows.values.withUnsafeBufferPointer { values in
        sift(count) { index in
          let range = offsets[first + index]..<offsets[first + index + 1]
          return invalid(UnsafeBufferPointer(rebasing: values[range]))
        } keep: { index in
          isKept[index] = true
        }
      }
      if isKept.contains(false) { rows.keepRows(from: first) { isKept[$0 - first] } }
      return (count, rows.rows - first)
    }
  }

  /// Reads rows until there is a valid one.
  ///
  /// - Parameter read: reads some, and keeps the valid ones.
  /// - Returns: the number of valid rows.
  private func readValid(
    _ read: () throws(FileError) -> (count: Int, kept: Int)
  ) throws(FileError) -> Int {
    try leftOut.throwPending()
    onlyLeftOut = false
    while true {
      let (count, kept) = try read()
      if count == 0 {
        try leftOut.check(of: rowsRead, isEnd: true, behind: 0, in: all.info.path)
        return 0
      }
      try leftOut.check(of: rowsRead, isEnd: false, behind: kept, in: all.info.path)
      // Whoever waits at a pipe is to know of them now, not with the next good row.
      onlyLeftOut = kept == 0 && all.info.isLive
      if kept > 0 || onlyLeftOut { return kept }
    }
  }

  /// Tells the valid ones of some rows from those that are left out.
  ///
  /// - Parameters:
  ///   - invalid: the reason why the values of a row are none, if there is one.
  ///   - keep: takes the valid rows.
  private func sift(
    _ count: Int, invalid: (Int) -> SkippedRows.Reason?, keep: (Int) -> Void
  ) {
    let auxiliary = all.takeAuxiliaryValues()
    var faults = all.takeFaults()[...]
    for index in 0..<count {
      let known = faults.first?.row == rowsRead + index ? faults.removeFirst() : nil
      guard let reason = known?.reason ?? invalid(index) ?? auxiliary.fault(row: index) else {
        if !auxiliary.isEmpty { auxiliaryValues.append(auxiliary, rows: index..<index + 1) }
        keep(index)
        continue
      }
      auxiliaryValues.append(auxiliary, leftOut: index)
      leaveOut(rowsRead + index, reason, known?.fault)
    }
    rowsRead += count
  }

  private func leaveOut(
    _ row: Int, _ reason: SkippedRows.Reason, _ fault: SkippedRows.Fault?
  ) {
    skippedRows.append(row..<row + 1, for: reason, fault: fault)
    leftOut.add(1, last: fault?.text ?? reason.words(of: row))
  }

  /// The reason why values are no row, if there is one.
  private func invalid<Scalar: ReadableScalar>(
    _ row: UnsafeBufferPointer<Scalar>
  ) -> SkippedRows.Reason? {
    let largest = Scalar(largestValue)
    var (isFinite, isZero, isLarge) = (true, true, false)
    for value in row {
      isFinite = isFinite && (value.isFinite || keepsMissing && value.isNaN)
      isZero = isZero && value == 0
      isLarge = isLarge || value.magnitude > largest
    }
    if !isFinite { return .value }
    if isLarge { return .tooLarge }
    return isZero && skipsZeroRows ? .zero : nil
  }
}
