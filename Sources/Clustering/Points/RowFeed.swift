/// A source of rows without its type: only that of its scalars is known.
struct RowFeed<Scalar: ClusteringScalar> {
  let columns: Int
  /// The number of rows, as far as it is known before they are read.
  let expectedRows: Int
  /// Goes back to the first row.
  let rewind: () throws -> Void
  /// Appends rows while there is room; none at the end.
  let read: (inout OutputSpan<Scalar>) throws -> Void
  /// Goes to a row, where the source can do so without reading those before it.
  let seek: ((Int) throws -> Void)?

  /// - Parameter source: stays where it is; the feed reads it there.
  init<Source: RewindableRowSource<Scalar>>(_ source: Owned<Source>) {
    columns = source.value.columns
    expectedRows = source.value.remainingRowsEstimate ?? 0
    rewind = { try source.value.rewind() }
    read = { try source.value.read(into: &$0) }
    // Asked for at run time: a source that cannot seek is none the worse.
    seek = (source.value as? any SeekableRowSource).flatMap { seekable in
      guard seekable.canSeek else { return nil }
      return { row in
        guard var seekable = source.value as? any SeekableRowSource else { return }
        try seekable.seek(toRow: row)
        source.value = seekable as! Source
      }
    }
  }

  /// A place of its own for a value that closures share.
  final class Owned<Value> {
    var value: Value

    init(_ value: Value) { self.value = value }
  }
}
