internal import KMeansFiles

/// Copies the records of a delimited text with a label behind each, as one more column.
///
/// The records are copied as they are, columns of text, quotes and line ends included: without the
/// last column the copy is the original, byte for byte, as long as both are csv or both are tsv.
/// Otherwise the delimiter becomes that of the new file, and fields that it occurs in get quotes.
/// A header, if the text has one, gets a name for the labels. Blank lines are copied as such.
///
/// - Parameters:
///   - input: the file, not a pipe, for this is the second time that it is read.
///   - info: what reading it the first time said: format, packing and header.
///   - labels: one for each record, those included that had no usable row.
///   - name: what the header gets.
///   - path: the new file, csv or tsv by its extension; `.gz` packs it.
/// - Returns: how many bytes the new file has.
/// - Throws: ``FileError``, also where there are more or fewer records than labels, because the file
///   has changed; nothing is written then.
/// - Complexity: O(bytes), in memory for one record.
public func writeRecords(
  of input: String, _ info: VectorFileInfo, labels: [Int32], named name: String = "cluster",
  to path: String
) throws -> Int {
  guard info.format == .csv || info.format == .tsv else {
    throw FileError.unusable(path: input, problem: "\(info.format.rawValue) has no text to copy")
  }
  guard let format = WritableFormat(path: path), format == .csv || format == .tsv else {
    throw FileError.unusable(
      path: path, problem: "records are copied to a name that ends in .csv or .tsv")
  }
  let file = try AtomicFile(path)
  let sink: any ByteSink =
    WritableFormat.isPacked(path)
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
  private let delimiter: UInt8
  private let newDelimiter: UInt8

  init(
    _ path: String, _ info: VectorFileInfo, to sink: any ByteSink, as format: WritableFormat
  ) throws(FileError) {
    self.path = path
    self.sink = sink
    let packed = InputBuffer(try InputFile(path))
    input = info.isCompressed ? InputBuffer(try GunzipSource(packed)) : packed
    if try input.begins(with: DelimitedText.byteOrderMark) {
      try sink.write(DelimitedText.byteOrderMark)
      input.consume(DelimitedText.byteOrderMark.count)
    }
    // The first line that is not blank says what the delimiter is.
    try input.skipBlankLines(tabs: false) { lines throws(FileError) in try sink.write(lines) }
    let tab = UInt8(ascii: "\t")
    delimiter = info.format == .tsv ? tab : try DelimitedText.delimiter(of: input)
    newDelimiter =
      info.format.rawValue == format.rawValue
      ? delimiter : (format == .tsv ? tab : UInt8(ascii: ","))
  }

  func copy(labels: [Int32], header: String?) throws(FileError) {
    if let header {
      guard try copyRecord(label: quotedField(header, delimiter: "")) else {
        throw count(0, labels)
      }
    }
    for (index, label) in labels.enumerated() {
      guard try copyRecord(label: label.description) else { throw count(index, labels) }
    }
    guard try !copyRecord(label: "") else {
      throw .malformed(
        path: path, place: .wholeFile,
        problem: "there are more rows, expected \(labels.count) as before")
    }
  }

  private func count(_ found: Int, _ labels: [Int32]) -> FileError {
    .malformed(
      path: path, place: .wholeFile,
      problem: "there are \(counted(found, "row")), expected \(labels.count)")
  }

  /// Copies the next record and the blank lines before it; at the end only those.
  private func copyRecord(label: String) throws(FileError) -> Bool {
    // A scanner that keeps what it skips, for this record alone.
    var scanner = RecordScanner(input, delimiter: delimiter)
    scanner.keepsRecords = true
    scanner.longestBlanks = 1 << 20
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
      return false
    }
    try write(0..<record.start)
    if newDelimiter == delimiter {
      try write(record.start..<record.end)
    } else {
      try writeFields(record.start..<record.end)
    }
    try sink.write([newDelimiter] + Array(label.utf8))
    try write(record.end..<record.next)
    input.consume(record.next)
    return true
  }

  private func write(_ range: Range<Int>) throws(FileError) {
    try sink.write(UnsafeRawBufferPointer(rebasing: input.unread[range]))
  }

  /// The fields of a record with the other delimiter between them.
  private func writeFields(_ record: Range<Int>) throws(FileError) {
    let quote = UInt8(ascii: "\"")
    let bytes = input.unread
    var start = record.lowerBound
    while true {
      var end = start
      let isQuoted = start < record.upperBound && bytes[start] == quote
      var isInside = isQuoted
      if isQuoted { end += 1 }
      // A doubled quote leaves the quoted part and enters it again.
      while end < record.upperBound, isInside || bytes[end] != delimiter {
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
      try sink.write([newDelimiter])
      start = end + 1
    }
  }
}

extension ByteSink {
  fileprivate func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.span.bytes.withUnsafeBytes { bytes throws(FileError) in try write(bytes) }
  }
}
