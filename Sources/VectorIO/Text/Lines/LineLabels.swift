internal import KMeansFiles

/// Takes the labels of the lines of libsvm as they are written, `+1` or `3,17`, for who writes them
/// again: as keys of the rows. A line without a label has that of lines that are written without
/// one, 0.
struct LineLabels: RecordSides {
  var values = AuxiliaryValues()

  mutating func take(
    _ record: RecordScanner.Record, of input: InputBuffer
  ) -> SkippedRows.Fault? {
    var line = input.cursor(record)
    line.skipBlanks()
    let word = line.text(until: LibSVMLine.endsWord)
    let hasLabel = !word.isEmpty && !word.contains(UInt8(ascii: ":"))
    values.append(key: hasLabel ? String(decoding: word, as: UTF8.self) : LibSVMRows.noLabel)
    return nil
  }

  mutating func takeNothing() { values.append(key: LibSVMRows.noLabel) }
}
