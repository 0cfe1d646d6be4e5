import Clustering
import VectorIO

/// A stream of which the beginning has been looked at, to be read with the type that suits it.
struct OpenedStream: ~Copyable {
  /// The type of the points: as it is asked for, else that of the first input.
  let precision: Precision
  private let options: StreamInputOptions
  private let first: OpenedVectorFile
  private let expected: ExpectedColumns?

  fileprivate init(
    _ first: consuming OpenedVectorFile, _ options: StreamInputOptions, _ forced: Precision?,
    _ expected: ExpectedColumns?
  ) {
    precision = forced ?? options.rows.precision ?? Precision(first.info.precision)
    self.options = options
    self.expected = expected
    self.first = first
  }

  /// What is known of the first input.
  var info: VectorFileInfo { first.info }

  /// The batches.
  ///
  /// - Parameter note: takes lines for the user.
  consuming func input<Scalar: ClusteringScalar>(
    as type: Scalar.Type = Scalar.self, note: @escaping (String) -> Void
  ) throws -> StreamInput<Scalar> {
    let (options, info, expected) = (options, info, expected)
    let file = first.rows(as: Scalar.self)
    if options.isStandardInput {
      try expected?.check(info, info.chosenColumns, note: note)
      return StreamInput(
        ArrivingBatches(file, options), info, columns: file.columns,
        InputColumns(info, info.chosenColumns))
    }
    let batches = try FileBatches(file, options, expected, note: note)
    return StreamInput(batches, info, columns: batches.columns, batches.inputColumns)
  }
}

extension StreamInputOptions {
  /// Opens the first input; waits for its first row if that is to come yet.
  ///
  /// - Parameters:
  ///   - precision: the type of the points, whatever was asked for.
  ///   - expected: the columns they must have, if anything says so.
  func open(
    forcing precision: Precision? = nil, like expected: ExpectedColumns? = nil
  ) throws -> OpenedStream {
    OpenedStream(try openFile(inputs[0], like: expected), self, precision, expected)
  }

  /// Opens one input.
  ///
  /// - Parameter expected: what says from where indices of libsvm count and how long rows are.
  func openFile(_ path: String, like expected: ExpectedColumns?) throws -> OpenedVectorFile {
    var options = expected?.completing(rows.reading) ?? rows.reading
    // Rows of a pipe are learnt as they come.
    options.awaitsSample = false
    options.sides = sides
    options.skipsZeroRows = skipsZeroRows
    // A file without rows is a batch without points; on the standard input nothing would follow.
    options.allowsNoRows = !isStandardInput
    return try rows.open(path, options)
  }
}
