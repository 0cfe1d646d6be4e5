import Clustering
import VectorIO

/// A stream of which the beginning has been looked at, to be read with the type that suits it.
struct OpenedStream: ~Copyable {
  /// The type of the points: as it is asked for, else that of the first input.
  let precision: Precision
  private let options: StreamInputOptions
  private let first: OpenedVectorFile

  fileprivate init(
    _ first: consuming OpenedVectorFile, _ options: StreamInputOptions, _ forced: Precision?
  ) {
    precision = forced ?? options.rows.precision ?? Precision(first.info.precision)
    self.options = options
    self.first = first
  }

  /// What is known of the first input.
  var info: VectorFileInfo { first.info }

  /// The batches.
  consuming func input<Scalar: ClusteringScalar>(
    as type: Scalar.Type = Scalar.self
  ) throws -> StreamInput<Scalar> {
    let (options, info) = (options, info)
    let file = first.rows(as: Scalar.self)
    if options.isStandardInput {
      return StreamInput(ArrivingBatches(file, options), info, columns: file.columns)
    }
    let batches = try FileBatches(file, options)
    return StreamInput(batches, info, columns: batches.columns)
  }
}

extension StreamInputOptions {
  /// Opens the first input; waits for its first row if that is to come yet.
  ///
  /// - Parameter precision: the type of the points, whatever was asked for.
  func open(forcing precision: Precision? = nil) throws -> OpenedStream {
    OpenedStream(try openFile(inputs[0]), self, precision)
  }

  /// Opens one input.
  func openFile(_ path: String) throws -> OpenedVectorFile {
    var options = rows.reading
    options.sides = sides
    options.skipsZeroRows = skipsZeroRows
    // A file without rows is a batch without points; on the standard input nothing would follow.
    options.allowsNoRows = !isStandardInput
    return try rows.open(path, options)
  }
}
