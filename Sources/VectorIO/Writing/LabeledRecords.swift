internal import KMeansFiles

/// Copies the records of a delimited text with a label behind each, as one more column.
///
/// The records are copied as they are, columns of text, quotes and line ends included: without the
/// last column the copy is the original, byte for byte, as long as both are csv or both are tsv.
/// Otherwise the delimiter becomes that of the new file, and fields that it occurs in get quotes. A
/// header, if the text has one, gets a name for the labels. Blank lines are copied as such, but for
/// those of a text of one column that are rows: they get labels, too. A malformed record that was
/// left out becomes one of empty fields: behind another number of fields, or within a quote that is
/// never closed, its label would stand elsewhere than the others.
///
/// - Parameters:
///   - input: the file; no pipe, for this is the second time that it is read.
///   - info: the properties that the first reading found: format, packing and header.
///   - labels: one for each record, those included that had no usable row.
///   - name: the name of the column of labels in the header.
///   - path: the new file, csv or tsv by its extension; `.gz` packs it.
/// - Returns: the size of the new file, in bytes.
/// - Throws: ``FileError``, also where there are more or fewer records than labels, because the
///   file has changed; no file is written then.
/// - Complexity: O(bytes), in memory for one record.
public func writeRecords(
  of input: String, _ info: VectorFileInfo, labels: [Int32], named name: String = "cluster",
  to path: String
) throws -> Int {
  guard info.format == .csv || info.format == .tsv else {
    throw FileError.unusable(path: input, problem: "\(info.format.rawValue) has no text to copy")
  }
  guard let format = VectorFormat(path: path), format == .csv || format == .tsv else {
    throw FileError.unusable(
      path: path, problem: "records are copied to a name that ends in .csv or .tsv")
  }
  let file = try AtomicFile(path)
  let sink: any ByteSink =
    VectorFormat.isPacked(path)
    ? try GzipSink(file, header: [], mayChange: false) : try PlainSink(file, header: [])
  let copy = try RecordCopy(input, info, to: sink, as: format)
  do throws(FileError) {
    try copy.copy(labels: labels, header: info.columnNames == nil ? nil : name)
  } catch {
    guard case .malformed(_, _, let problem) = error else { throw error }
    throw FileError.malformed(
      path: input, place: .wholeFile,
      problem: "the file changed while it was used: read a second time, \(problem)")
  }
  try sink.finish(header: [])
  return file.length
}

/// A text that is copied record by record.
private final class RecordCopy {
  private let path: String
  private let input: InputBuffer
  private let sink: any ByteSink
  private let style: TextStyle
  private let newDelimiter: UInt8
  private let faultRule: RecordScanner.FaultRule
  private let fieldCount: Int
  /// Whether a blank line before a row is a row.
  private let countsBlankLines: Bool
  /// The blank lines before the first row, where they are rows.
  private let firstBlankLines: [UInt8]

  init(
    _ path: String, _ info: VectorFileInfo, to sink: any ByteSink, as format: VectorFormat
  ) throws(FileError) {
    self.path = path
    self.sink = sink
    countsBlankLines = info.fileColumns == 1
    fieldCount = info.fileColumns
    faultRule =
      info.leavesOutMalformed ? .handOut(fields: info.fileColumns) : .refuse(hint: "")
    let packed = InputBuffer(try InputFile(path))
    input = info.isCompressed ? InputBuffer(try GunzipSource(packed)) : packed
    if try input.begins(with: DelimitedText.byteOrderMark) {
      try sink.write(DelimitedText.byteOrderMark)
      input.consume(DelimitedText.byteOrderMark.count)
    }
    let style = info.textStyle ?? .plain
    self.style = style
    // Blank lines below the last comment may be rows.
    let areRows = countsBlankLines && info.columnNames == nil
    var blank: [UInt8] = []
    try DelimitedText.skipMark(
      input, tabs: style.areTabsBlank, comment: style.comment
    ) { lines throws(FileError) in
      if areRows, lines.allSatisfy({ $0 <= 0x20 }) { return blank.append(contentsOf: lines) }
      try sink.write(blank)
      blank = []
      try sink.write(lines)
    }
    firstBlankLines = blank
    let other = style.hasDecimalComma ? UInt8(ascii: ";") : UInt8(ascii: ",")
    newDelimiter =
      info.format == format
      ? style.delimiter : (format == .tsv ? UInt8(ascii: "\t") : other)
  }

  func copy(labels: [Int32], header: String?) throws(FileError) {
    if let header {
      let delimiter = String(UnicodeScalar(newDelimiter))
      let name = FileName.bytes(of: quotedField(header, delimiter: delimiter))
      guard try copyRecord({ _ in name }) > 0 else { throw count(0, labels) }
    }
    let firstLabel = { (row: Int) in row < labels.count ? Self.bytes(labels[row]) : [] }
    var done = try copy(blankLines: firstBlankLines, firstLabel)
    while done < labels.count {
      let rest = labels[done...]
      let label = { (row: Int) in
        row < rest.count ? Self.bytes(rest[rest.startIndex + row]) : []
      }
      let rows = try copyRecord(countingBlankLines: countsBlankLines, label)
      guard rows > 0 else { throw count(done, labels) }
      done += rows
    }
    // More rows than labels, before or behind the last label.
    let isMore = try done > labels.count ? true : copyRecord { _ in [] } > 0
    guard !isMore else {
      throw .malformed(
        path: path, place: .wholeFile,
        problem: "there are more rows, expected \(labels.count) as before")
    }
  }

  private static func bytes(_ label: Int32) -> [UInt8] { Array(label.description.utf8) }

  private static let leftOut = bytes(-1)

  private func hasAllFields(_ record: RecordScanner.Record) -> Bool {
    var fields = FieldCursor(input.bytes(of: record), delimiter: style.delimiter)
    var count = 0
    while fields.nextField() != nil { count += 1 }
    return count == fieldCount
  }

  private func count(_ found: Int, _ labels: [Int32]) -> FileError {
    .malformed(
      path: path, place: .wholeFile,
      problem:
        "there \(found == 1 ? "is" : "are") \(counted(found, "row")), expected \(labels.count)")
  }

  /// Copies the next record and the blank lines before it; at the end only those.
  ///
  /// - Parameters:
  ///   - countsBlankLines: whether those lines are rows with labels.
  ///   - label: gives the label of a row, the rows of this call counted from 0.
  /// - Returns: the number of rows; 0 at the end.
  private func copyRecord(
    countingBlankLines countsBlankLines: Bool = false, _ label: (Int) -> [UInt8]
  ) throws(FileError) -> Int {
    // A scanner that keeps the lines it skips, for this record alone.
    var scanner = RecordScanner(input, style)
    scanner.keepsRecords = true
    scanner.faultRule = faultRule
    if !countsBlankLines { scanner.longestBlanks = 1 << 20 }
    var found = try scanner.next()
    while found == nil, scanner.position >= scanner.longestBlanks {
      // More blank lines than are worth keeping.
      try write(0..<scanner.position)
      input.consume(scanner.position)
      scanner = scanner.fromHere
      found = try scanner.next()
    }
    guard let record = found else {
      try write(0..<input.unread.count)
      return 0
    }
    var rows = 0
    if countsBlankLines {
      rows = try copy(blankLines: Array(input.unread[..<record.start]), label)
    } else {
      try write(0..<record.start)
    }
    let text = label(rows)
    if record.isFaulty || text == Self.leftOut && !hasAllFields(record) {
      try sink.write(Array(repeating: newDelimiter, count: fieldCount - 1))
    } else if newDelimiter == style.delimiter {
      try write(record.start..<record.end)
    } else {
      try writeFields(record.start..<record.end)
    }
    try sink.write([newDelimiter] + text)
    try write(record.end..<record.next)
    input.consume(record.next)
    return rows + 1
  }

  /// Copies blank lines with labels, and comments among them without.
  ///
  /// - Returns: the number of lines.
  private func copy(
    blankLines lines: [UInt8], _ label: (Int) -> [UInt8]
  ) throws(FileError) -> Int {
    var (rows, start) = (0, 0)
    while let end = lines[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let isReturn = end > start && lines[end - 1] == UInt8(ascii: "\r")
      let textEnd = isReturn ? end - 1 : end
      defer { start = end + 1 }
      if lines[start..<end].withUnsafeBytes({ style.isComment($0) }) {
        try sink.write(Array(lines[start...end]))
        continue
      }
      try sink.write(
        lines[start..<textEnd] + [newDelimiter] + label(rows) + lines[textEnd...end])
      rows += 1
    }
    return rows
  }

  private func write(_ range: Range<Int>) throws(FileError) {
    try sink.write(UnsafeRawBufferPointer(rebasing: input.unread[range]))
  }

  /// The fields of a record with the other delimiter between them.
  private func writeFields(_ record: Range<Int>) throws(FileError) {
    let quote = UInt8(ascii: "\"")
    let bytes = input.unread
    var start = record.lowerBound
    let second = style.isBlankSeparated ? UInt8(ascii: "\t") : style.delimiter
    func endsField(_ byte: UInt8) -> Bool { byte == style.delimiter || byte == second }
    func skipBlanks() {
      guard style.isBlankSeparated else { return }
      while start < record.upperBound, endsField(bytes[start]) { start += 1 }
    }
    skipBlanks()
    while true {
      var end = start
      let isQuoted = start < record.upperBound && bytes[start] == quote
      var isInside = isQuoted
      if isQuoted { end += 1 }
      // A doubled quote leaves the quoted part and enters it again.
      while end < record.upperBound, isInside || !endsField(bytes[end]) {
        if isQuoted, bytes[end] == quote { isInside.toggle() }
        end += 1
      }
      if !isQuoted, bytes[start..<end].contains(newDelimiter) {
        let doubled = bytes[start..<end].flatMap { $0 == quote ? [quote, quote] : [$0] }
        try sink.write([quote] + doubled + [quote])
      } else {
        try write(start..<end)
      }
      if end == record.upperBound { return }
      start = end + 1
      skipBlanks()
      if style.isBlankSeparated, start == record.upperBound { return }
      try sink.write([newDelimiter])
    }
  }
}

extension ByteSink {
  fileprivate func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.span.bytes.withUnsafeBytes { bytes throws(FileError) in try write(bytes) }
  }
}
