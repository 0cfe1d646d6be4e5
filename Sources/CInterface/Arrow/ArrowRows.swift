internal import Clustering
internal import KMeansCHeader
internal import KMeansLinearAlgebra

/// The rows of an Arrow stream, one after another, as one type of values.
final class ArrowRows<Scalar: ClusteringScalar>: RowSource {
  private let stream: ArrowStream
  /// The array at hand, and how many of its rows have been read.
  private var batch: ArrowBatch?
  private var taken = 0
  /// How many rows came before the array at hand.
  private var before = 0
  let columns: Int

  /// A stream without rows: most often one that was read before.
  static var noRows: BorderError {
    BorderError(
      KM_INVALID_DATA,
      "the stream has no rows, expected at least one (a stream is consumed by the first call that takes it)"
    )
  }

  /// - Throws: where there is no row, and so nobody knows how many values one has.
  init(_ stream: ArrowStream) throws {
    self.stream = stream
    guard let first = try stream.next() else { throw Self.noRows }
    batch = first
    columns = try first.width()
    guard columns > 0 else {
      throw BorderError(KM_INVALID_DATA, "row 0 has no values, expected at least 1")
    }
  }

  /// Goes on to the next array where all rows of one are read.
  private func advance() throws {
    guard let done = batch, taken == done.count else { return }
    before += done.count
    taken = 0
    // Released before the next one is asked for.
    batch = nil
    batch = try stream.next()
  }

  /// Reads rows of one array: those before an error of the next one are not lost by it.
  func read(into rows: inout OutputSpan<Scalar>) throws {
    guard rows.freeCapacity >= columns else { return }
    try advance()
    guard let batch else { return }
    let some = taken..<min(batch.count, taken + rows.freeCapacity / columns)
    let (columns, before) = (columns, before)
    try rows.withUnsafeMutableBufferPointer { buffer, initialized in
      try batch.copy(
        some, width: columns, before: before, to: buffer.baseAddress! + initialized)
      initialized += some.count * columns
    }
    taken = some.upperBound
  }

  /// All rows of the next array, or of what is left of the one at hand; `nil` at the end.
  func nextBatch() throws -> Matrix<Scalar>? {
    try advance()
    guard let batch else { return nil }
    let left = batch.count - taken
    var matrix = try Matrix<Scalar>(reserving: left, columns: columns)
    _ = try matrix.append(atMost: left) { try read(into: &$0) }
    return matrix
  }
}
