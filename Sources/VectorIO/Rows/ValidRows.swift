internal import KMeansFiles

/// The treatment of rows that hold other values than finite numbers.
public enum InvalidRows: String, Sendable, Hashable, CaseIterable {
  /// Such rows are an error. A text is refused with the line and the column; binary files are read
  /// as they are, and the computation on the rows refuses them.
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
final class ValidRows: UniformRowDecoder {
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
    try leftOut.throwPending()
    onlyLeftOut = false
    while true {
      let count = try all.read(rows: rows)
      if count == 0 {
        try leftOut.check(of: rowsRead, isEnd: true, behind: 0, in: all.info.path)
        return 0
      }
      let kept = keepValid(rows.baseAddress!, count)
      try leftOut.check(of: rowsRead, isEnd: false, behind: kept, in: all.info.path)
      // Whoever waits at a pipe is to know of them now, not with the next good row.
      onlyLeftOut = kept == 0 && all.info.isLive
      if kept > 0 || onlyLeftOut { return kept }
    }
  }

  /// Moves the valid ones of some rows to the front.
  private func keepValid<Scalar: ReadableScalar>(
    _ rows: UnsafeMutablePointer<Scalar>, _ count: Int
  ) -> Int {
    let columns = all.info.columns
    let auxiliary = all.takeAuxiliaryValues()
    var faults = all.takeFaults()[...]
    var kept = 0
    for index in 0..<count {
      let row = rows + index * columns
      let known = faults.first?.row == rowsRead + index ? faults.removeFirst() : nil
      let reason =
        known?.reason ?? invalid(UnsafeBufferPointer(start: row, count: columns))
        ?? auxiliary.fault(row: index)
      guard let reason else {
        if !auxiliary.isEmpty { auxiliaryValues.append(auxiliary, rows: index..<index + 1) }
        if kept < index { (rows + kept * columns).update(from: row, count: columns) }
        kept += 1
        continue
      }
      auxiliaryValues.append(auxiliary, leftOut: index)
      leaveOut(rowsRead + index, reason, known?.fault)
    }
    rowsRead += count
    return kept
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

extension SkippedRows {
  /// What is wrong with the last row, if there is any.
  package var lastWords: String? {
    guard let last = lastPart else { return nil }
    let row = last.rows.upperBound - 1
    return switch last.reason {
    case .value, .zero, .tooLarge: last.reason.words(of: row)
    case .malformed, .timeJump, .time, .key: lastFault?.text ?? last.reason.words(of: row)
    }
  }
}

extension SkippedRows.Reason {
  /// What is wrong with a row, counted from 0.
  func words(of row: Int) -> String { "row \(row + 1) (rows count from 1), \(words)" }

  /// What is wrong with a row, behind its number.
  package var words: String {
    switch self {
    case .value: "where a value is missing or no finite number"
    case .zero: "which has no direction"
    case .malformed: "which is malformed"
    case .tooLarge: "where a value is too large"
    case .timeJump: "whose time is too far after the latest before it"
    case .time: "where the time is missing or no time"
    case .key: "whose key is empty or too long"
    }
  }
}
