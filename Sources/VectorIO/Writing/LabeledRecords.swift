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
