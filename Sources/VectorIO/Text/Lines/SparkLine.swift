internal import KMeansFiles

/// A line of Spark's text: a vector or a labelled point. The label is left out unless it is asked
/// for.
struct SparkLine: LineParser {
  /// The number of values of a vector.
  let columns: Int
  /// Whether the label comes behind the vector.
  let hasLabel: Bool
  /// The line that `columns` is from.
  let firstLine: Int
  let firstLength: Int
  let options: ReadingOptions
  private var powers: UnsafePointer<UInt64> { PowersOfFive.base }

  func parse<Target: RowTarget>(
    _ line: LineCursor, into row: inout Target
  ) throws(LineProblem) -> Bool {
    let vector = try SparkVector(in: line)
    do throws(LineProblem) {
      switch vector {
      case .dense(let values): try fill(&row, dense: values)
      case .blankSeparated(let values): try fill(&row, blankSeparated: values)
      case .sparse(let size, let indices, let values) where size == columns:
        try fill(&row, indices, values)
      case .sparse: throw LineProblem(column: nil, text: "")
      }
    } catch {
      // Another number of values than expected is the larger mistake.
      let count = vector.dimension
      if count == columns { throw error }
      throw LineProblem(
        column: nil,
        text: "\(count) \(count == 1 ? "value" : "values"), expected \(columns) "
          + "as in line \(firstLine)")
    }
    if hasLabel { row.put(try label(of: line), at: columns) }
    return true
  }

  private func label<Scalar: ReadableScalar>(of line: LineCursor) throws(LineProblem) -> Scalar {
    guard var label = SparkVector.label(of: line) else {
      throw LineProblem(column: nil, text: "a vector without a label, expected (label,vector)")
    }
    return try label.value(Scalar.self, powers, invalid, until: SparkVector.endsNumber)
  }

  private func fill<Target: RowTarget>(
    _ row: inout Target, dense values: LineCursor
  ) throws(LineProblem) {
    var line = values
    for column in 0..<columns {
      if column > 0 { try SparkLine.skipComma(&line) }
      line.skipBlanks()
      let value = try line.value(
        Target.Scalar.self, powers, invalid, until: SparkVector.endsNumber)
      row.put(value, at: column)
    }
    line.skipBlanks()
    guard line.next == UInt8(ascii: "]") else { throw line.unexpected("']'") }
  }

  private func fill<Target: RowTarget>(
    _ row: inout Target, blankSeparated values: LineCursor
  ) throws(LineProblem) {
    var line = values
    for column in 0..<columns {
      line.skipBlanks()
      if line.next == UInt8(ascii: ",") { throw line.unexpected("a blank") }
      let value = try line.value(Target.Scalar.self, powers, invalid) {
        isBlank($0) || $0 == UInt8(ascii: ",")
      }
      row.put(value, at: column)
    }
    line.skipBlanks()
    guard line.next == nil else { throw line.unexpected("the end of the line") }
  }

  /// Reads the values of a sparse vector to their places.
  private func fill<Target: RowTarget>(
    _ row: inout Target, _ indices: LineCursor, _ values: LineCursor
  ) throws(LineProblem) {
    let count = SparkVector.countItems(indices)
    let valueCount = SparkVector.countItems(values)
    guard count == valueCount else {
      throw values.problem(
        "\(valueCount) \(valueCount == 1 ? "value" : "values"), "
          + "expected as many as indices: \(count)")
    }
    row.begin(columns: columns)
    var (indices, values) = (indices, values)
    var last = -1
    for number in 0..<count {
      if number > 0 {
        try SparkLine.skipComma(&indices)
        try SparkLine.skipComma(&values)
      }
      last = try index(&indices, after: last)
      values.skipBlanks()
      let value = try values.value(
        Target.Scalar.self, powers, invalid, until: SparkVector.endsNumber)
      row.put(value, at: last)
    }
    for line in [indices, values] {
      var line = line
      line.skipBlanks()
      guard line.next == UInt8(ascii: "]") else { throw line.unexpected("']'") }
    }
  }

  private func index(_ line: inout LineCursor, after last: Int) throws(LineProblem) -> Int {
    line.skipBlanks()
    let place = line
    guard let index = line.sparkInteger() else {
      throw place.unexpected("an index", until: SparkVector.endsNumber)
    }
    guard index < columns else {
      throw place.problem("index \(index), expected at most \(columns - 1)")
    }
    guard index > last else {
      throw place.problem("index \(index) after index \(last), expected ascending indices")
    }
    return index
  }

  private static func skipComma(_ line: inout LineCursor) throws(LineProblem) {
    line.skipBlanks()
    guard line.take(UInt8(ascii: ",")) else { throw line.unexpected("','") }
  }
}

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
    // The first line says how long all others are: it is left out by no option.
    throw input.malformed(line, error)
  }
  let dimension = vector.dimension
  var size = DenseSize(
    cause: "a vector of size \(dimension)", place: .line(line.line), dimension: dimension, rows: nil
  )
  var (nonzeros, denseProblem) = (Int?.none, FileError?.none)
  // A dense vector takes no more memory than its text, so those need not be counted.
  if case .sparse = vector {
    if !input.source.isLive { (size.rows, nonzeros) = try countLines(input, options) }
    denseProblem = try size.checkStored(path: path, options)
  }
  // Behind the vector, so that its columns keep their numbers.
  let hasLabel = options.asksLabel
  var info = VectorFileInfo(
    path: path, format: .spark, precision: .double, valueType: "text", rows: size.rows,
    fileColumns: hasLabel ? dimension + 1 : dimension)
  if case .sparse = vector { info.isSparse = true }
  (info.nonzeros, info.denseProblem) = (nonzeros, denseProblem)
  let parser = SparkLine(
    columns: dimension, hasLabel: hasLabel, firstLine: line.line,
    firstLength: line.next - line.start, options: options)
  return try ColumnPicker.applying(
    options, to: RecordRows(input, parser, info: info), hasLabel: hasLabel)
}

/// Counts the lines, and, where rows stay sparse, their values; goes back to the first.
private func countLines(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> (rows: Int, values: Int?) {
  var scanner = options.lines(of: input)
  var (count, values) = (0, 0)
  while let line = try scanner.next() {
    count += 1
    guard options.isSparse, !line.isFaulty else { continue }
    switch try? SparkVector(in: input.cursor(line)) {
    case .sparse(_, let indices, _)?: values += SparkVector.countItems(indices)
    case let vector?: values += vector.dimension
    case nil: break
    }
  }
  try input.rewind()
  try DelimitedText.skipMark(input, tabs: true)
  return (count, options.isSparse ? values : nil)
}
