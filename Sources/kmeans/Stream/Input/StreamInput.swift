import Clustering
import VectorIO

/// The batches of all inputs of a stream: the files one after another, or the standard input.
final class StreamInput<Scalar: ClusteringScalar> {
  /// What is known of the first input.
  let info: VectorFileInfo
  /// How many coordinates a point has.
  let columns: Int
  /// Which columns of the input they are; nil where there is no row to say so.
  let inputColumns: InputColumns?
  private let source: any BatchSource<Scalar>

  init(
    _ source: any BatchSource<Scalar>, _ info: VectorFileInfo, columns: Int,
    _ inputColumns: InputColumns?
  ) {
    self.source = source
    self.info = info
    self.columns = columns
    self.inputColumns = inputColumns
  }

  /// The next batch; nil at the end. May wait for rows of the standard input.
  ///
  /// - Throws: what is wrong with the input; what came before is in earlier batches.
  func next() throws -> StreamBatch<Scalar>? { try source.next() }

  /// At the end: how many rows were left out behind the last batch, so that results for all rows can
  /// be complete. Only the standard input may have such.
  var skippedAtEnd: Int { source.skippedAtEnd }
}

/// Where batches come from.
protocol BatchSource<Scalar>: AnyObject {
  associatedtype Scalar: ClusteringScalar

  /// The next batch, or nil at the end.
  func next() throws -> StreamBatch<Scalar>?

  /// How many rows were left out behind the last batch.
  var skippedAtEnd: Int { get }
}
