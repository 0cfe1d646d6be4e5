/// Rows that come one after another: a file, a pipe, a cursor, a computation.
public protocol RowSource<Scalar> {
  /// The type of a value.
  associatedtype Scalar: BLASScalar
  /// How many values a row has; the same for all rows, at least 1.
  var columns: Int { get }
  /// How many rows are still to come, as far as is known; sizes memory, promises nothing.
  var remainingRowsEstimate: Int? { get }

  /// Appends whole rows while there is room; appending none says that this is the end.
  ///
  /// - Parameter rows: has room for at least one row.
  /// - Throws: what is wrong with the source, with the place (row, line or byte).
  mutating func read(into rows: inout OutputSpan<Scalar>) throws
}

/// A source that can be read more than once. A pipe is a ``RowSource`` without this.
public protocol RewindableRowSource<Scalar>: RowSource {
  /// Goes back to the first row.
  mutating func rewind() throws
}

/// A source that can go to any row at once.
public protocol SeekableRowSource<Scalar>: RewindableRowSource {
  /// Whether this one can; a file may be packed.
  var canSeek: Bool { get }

  /// Goes to a row, counted from 0; the next read begins there.
  ///
  /// - Precondition: ``canSeek``, and there is such a row or it is the end.
  mutating func seek(toRow row: Int) throws
}

extension RowSource {
  /// Unknown unless the source says otherwise.
  public var remainingRowsEstimate: Int? { nil }
}

extension Matrix {
  /// All rows that a source still has.
  ///
  /// Memory grows by what the source expects still to come, so a source with a good estimate
  /// costs no more than its rows.
  ///
  /// - Throws: what the source throws, or ``ShapeError`` where the rows do not fit into memory.
  public init<Source: RowSource<Scalar>>(reading source: inout Source) throws {
    let block = max(1, (1 << 20) / (source.columns * MemoryLayout<Scalar>.stride))
    // Room for one row more than an exact estimate: the end is then found without moving the rows.
    let first = source.remainingRowsEstimate.map { $0 + $0 / 20 + 1 } ?? block
    try self.init(reserving: first, columns: source.columns)
    while true {
      if reservedRows == rows {
        // A twentieth more than expected: an estimate that is a little low is not worth a copy.
        let expected = source.remainingRowsEstimate.map { $0 + $0 / 20 } ?? rows
        try reserve(rows: rows + max(block, expected))
      }
      let room = min(block, reservedRows - rows)
      let count = try append(atMost: room) { try source.read(into: &$0) }
      if count == 0 { return }
    }
  }
}
