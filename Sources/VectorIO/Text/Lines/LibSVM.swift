internal import KMeansFiles

/// Opens text of libsvm and svmlight: a value that is not there is zero.
///
/// Indices count from ``ReadingOptions/firstIndex``; if it is not given, from 1, or from 0 where 0
/// is among them anywhere in the file: scikit-learn's `zero_based="auto"`. They ascend within a
/// line. Labels (a number, or several with commas between them) and queries are left out, and
/// neither needs to be there; the label of each line is read where a column `label` is asked for.
/// <https://www.csie.ntu.edu.tw/~cjlin/libsvm/>
func openLibSVM(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  let path = input.source.path
  var options = options
  options.dimension = options.dimension ?? options.knownDimension
  if let dimension = options.dimension, dimension < 1 {
    throw .unusable(path: path, problem: "a dimension of \(dimension), expected at least 1")
  }
  if let first = options.firstIndex, first != 0, first != 1 {
    throw .unusable(path: path, problem: "indices that count from \(first), expected 0 or 1")
  }
  try DelimitedText.refuseOtherFormats(input, .libsvm)
  try DelimitedText.skipMark(input, tabs: true)
  let survey =
    input.source.isLive
    ? try LibSVMSurvey(ofPipe: input, options)
    : try LibSVMSurvey(input, options)
  let size = survey.size
  let denseProblem = try size.checkStored(path: path, options)
  let hasLabel = options.asksLabel
  var info = VectorFileInfo(
    path: path, format: .libsvm, precision: .double, valueType: "text", rows: size.rows,
    fileColumns: hasLabel ? size.dimension + 1 : size.dimension, firstIndex: survey.firstIndex)
  info.isSparse = true
  (info.nonzeros, info.denseProblem) = (survey.nonzeros, denseProblem)
  let line = LibSVMLine(
    columns: size.dimension, firstIndex: survey.firstIndex, firstLength: survey.firstLength,
    hasLabel: hasLabel, options: options)
  let rows = try RecordRows(
    input, line, info: info, sides: options.keepsLineLabels ? LineLabels() : nil)
  return try ColumnPicker.applying(options, to: rows, hasLabel: hasLabel)
}

/// The facts that reading rows of a libsvm file takes: the length of a row, and the first index.
/// A file is read once for that.
struct LibSVMSurvey {
  private(set) var size: DenseSize
  private(set) var firstIndex = 1
  private(set) var firstLength = 0
  /// The number of values; `nil` of a pipe.
  private(set) var nonzeros: Int?

  /// The survey of a pipe, which cannot be read twice: the dimension is given, and indices count
  /// from 1 unless that is given, too.
  init(ofPipe input: InputBuffer, _ options: ReadingOptions) throws(FileError) {
    let path = input.source.path
    firstIndex = options.firstIndex ?? 1
    guard let dimension = options.dimension else {
      throw .unusable(
        path: path,
        problem: "a pipe of libsvm is read once and does not say how long a row is: "
          + options.dimensionHint)
    }
    size = DenseSize(
      cause: "a dimension of \(dimension)", place: .wholeFile, dimension: dimension, rows: nil)
    var scanner = RecordScanner(lines: input)
    scanner.keepsRecords = true
    guard try scanner.next() != nil else { throw LibSVMSurvey.noRows(path) }
  }

  /// Reads the file, and goes back to its first line.
  init(_ input: InputBuffer, _ options: ReadingOptions) throws(FileError) {
    let path = input.source.path
    let dimension = options.dimension
    let allowed = Self.allowed(options)
    var scanner = options.lines(of: input)
    var (rows, values) = (0, 0)
    var hasZero = false
    var highest: (index: Int, line: RecordScanner.Record)?
    while let line = try scanner.next() {
      do throws(LineProblem) {
        if !line.isFaulty {
          guard let found = try Self.indices(of: input.cursor(line), in: allowed) else { continue }
          values += found.count
          if found.first == 0 { hasZero = true }
          if let last = found.last, last > highest?.index ?? -1 { highest = (last, line) }
        }
      } catch {
        // A malformed line is a row that will be left out.
        guard options.leavesOut else {
          throw input.malformed(line, error.explained(options))
        }
      }
      if rows == 0 { firstLength = line.next - line.start }
      rows += 1
    }
    guard rows > 0 else { throw LibSVMSurvey.noRows(path) }
    let first = options.firstIndex ?? (hasZero ? 0 : 1)
    (firstIndex, nonzeros) = (first, values)
    let found = highest.map { $0.index - first + 1 }
    guard let columns = dimension ?? found else {
      throw .malformed(
        path: path, place: .wholeFile,
        problem: "no index:value in any line: \(options.dimensionHint)")
    }
    if let highest, let found, found > columns {
      throw .malformed(
        path: path, place: .line(highest.line.line),
        problem:
          "index \(highest.index), expected at most \(columns - 1): indices count from 0 here"
          + options.indexHint)
    }
    if let highest, dimension == nil {
      size = DenseSize(
        cause: "index \(highest.index)", place: .line(highest.line.line), dimension: columns,
        rows: rows, hint: options.indexSizeHint)
    } else {
      size = DenseSize(
        cause: "a dimension of \(columns)", place: .wholeFile, dimension: columns, rows: rows)
    }
    try input.rewind()
    try DelimitedText.skipMark(input, tabs: true)
  }

  /// The first and the last index of a line, which ascend, and how many there are; `nil` for a line
  /// without a row.
  private static func indices(
    of line: LineCursor, in allowed: ClosedRange<Int>
  ) throws(LineProblem) -> (first: Int?, last: Int?, count: Int)? {
    var line = line
    guard try LibSVMLine.skipLabel(&line) else { return nil }
    var indices = LibSVMLine.Indices(in: allowed)
    var found: (first: Int?, last: Int?, count: Int) = (nil, nil, 0)
    while let index = try indices.next(&line) {
      found = (found.first ?? index, index, found.count + 1)
      line.skip(line.text(until: LibSVMLine.endsWord).count)
    }
    return found
  }

  /// The indices that may come; if the first index is not given, both are allowed, and decided on
  /// when all indices have been seen.
  private static func allowed(_ options: ReadingOptions) -> ClosedRange<Int> {
    let first = options.firstIndex ?? 0
    guard let dimension = options.dimension else {
      // With one more the number of columns still is an Int. A row that this machine cannot hold is
      // malformed where such rows are left out.
      let most = options.isSparse ? DenseSize.mostColumns : DenseSize.mostValues
      return first...(options.leavesOut ? most - 1 : Int.max - 1)
    }
    return first...(options.firstIndex.map { dimension - 1 + $0 } ?? dimension)
  }

  private static func noRows(_ path: String) -> FileError {
    .malformed(path: path, place: .wholeFile, problem: "no rows: the file is empty")
  }
}
