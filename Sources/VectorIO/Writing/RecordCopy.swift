internal import KMeansFiles

/// A text that is copied record by record.
final class RecordCopy {
  private let path: String
  let input: InputBuffer
  let sink: any ByteSink
  let style: TextStyle
  let newDelimiter: UInt8
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
}
