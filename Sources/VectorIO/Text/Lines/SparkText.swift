internal import KMeansFiles

/// Opens vectors and labelled points as Spark MLlib writes them to text, one on each line, dense
/// and sparse ones as they come: `saveAsTextFile` of an `RDD` writes such files, `Vectors.parse`
/// and `LabeledPoint.parse` read them. All have the dimension of the first.
func openSparkText(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  let path = input.source.path
  try DelimitedText.refuseOtherFormats(input, .spark)
  try DelimitedText.skipMark(input, tabs: true)
  var scanner = RecordScanner(lines: input)
  scanner.keepsRecords = true
  guard let line = try scanner.next() else {
    throw .malformed(path: path, place: .wholeFile, problem: "no rows: the file is empty")
  }
  let vector: SparkVector
  do throws(LineProblem) {
    vector = try SparkVector(in: input.cursor(line))
    guard vector.dimension > 0 else {
      throw LineProblem(column: nil, text: "0 values, expected at least 1")
    }
  } catch {
    throw input.malformed(line, error.explained(options))
  }
  let dimension = vector.dimension
  var rows: Int?
  // A dense vector takes no more memory than its text, so those need not be counted.
  if case .sparse = vector {
    if !input.source.isLive { rows = try countLines(input) }
    try DenseSize(
      cause: "a vector of size \(dimension)", place: .line(line.line), dimension: dimension,
      rows: rows
    ).check(path: path, options.columns)
  }
  // Behind the vector, so that its columns keep their numbers.
  let hasLabel = options.sides.names.contains(SparkLine.label)
  let info = VectorFileInfo(
    path: path, format: .spark, precision: .double, valueType: "text", rows: rows,
    fileColumns: hasLabel ? dimension + 1 : dimension,
    columnNames: hasLabel ? (1...dimension).map { "\($0)" } + [SparkLine.label] : nil)
  let parser = SparkLine(
    columns: dimension, hasLabel: hasLabel, firstLine: line.line,
    firstLength: line.next - line.start, options: options)
  return try ColumnPicker.applying(options, to: RecordRows(input, parser, info: info))
}

/// Counts the lines; goes back to the first.
private func countLines(_ input: InputBuffer) throws(FileError) -> Int {
  var scanner = RecordScanner(lines: input)
  var count = 0
  while try scanner.next() != nil { count += 1 }
  try input.rewind()
  try DelimitedText.skipMark(input, tabs: true)
  return count
}
