/// Rows that come one after another: a file, a pipe, a cursor, a computation.
public protocol RowSource<Scalar> {
  /// The type of a value.
  associatedtype Scalar: MatrixScalar
  /// The number of values of a row; the same for all rows, at least 1.
  var columns: Int { get }
  /// An estimate of the rows that are still to come, to size memory; `nil` where there is none.
  var remainingRowsEstimate: Int? { get }

  /// Appends whole rows while there is room; appending none tells that this is the end.
  ///
  /// - Parameter rows: has room for at least one row.
  /// - Throws: the fault of the source, with the place (row, line or byte).
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
  /// `nil` unless the source has an estimate of its own.
  public var remainingRowsEstimate: Int? { nil }
}

extension Matrix {
  /// Reads all rows that a source still has.
  ///
  /// Memory grows by the rows that the source still expects, so a source with a good estimate costs
  /// no more than its rows. If the system has less than is expected, memory grows with the rows
  /// that come.
  ///
  /// - Throws: the error of the source, or ``ShapeError`` where the rows do not fit into memory.
  public init<Source: RowSource<Scalar>>(reading source: inout Source) throws {
    let block = max(1, (1 << 20) / (source.columns * MemoryLayout<Scalar>.stride))
    // Room for one row more than an exact estimate: the end is then found without moving the rows.
    let first = source.remainingRowsEstimate.map { Self.withMargin($0) } ?? block
    if let matrix = try? Matrix(reserving: first, columns: source.columns) {
      self = matrix
    } else {
      // The expected number may be wrong: an estimate by the first rows of a text.
      try self.init(reserving: block, columns: source.columns)
    }
    while true {
      if reservedRows == rows { try grow(by: block, source.remainingRowsEstimate) }
      let room = min(block, reservedRows - rows)
      let count = try append(atMost: room) { try source.read(into: &$0) }
      if count == 0 { return }
    }
  }

  /// Makes room for more rows of a source.
  ///
  /// - Parameters:
  ///   - block: the least number of rows.
  ///   - expected: the number of rows that are expected.
  private mutating func grow(by block: Int, _ expected: Int?) throws(ShapeError) {
    // A twentieth more than expected: an estimate that is a little low is not worth a copy.
    let more = expected.map { Self.withMargin($0) } ?? rows
    let wanted = rows.addingReportingOverflow(max(block, more))
    do throws(ShapeError) {
      guard !wanted.overflow else { throw .tooLarge(rows: .max, columns: columns) }
      try reserve(rows: wanted.partialValue)
    } catch {
      // Growing by the rows that have come takes half as much again.
      guard more > block else { throw error }
      try reserve(rows: rows + max(block, rows / 2))
    }
  }

  private static func withMargin(_ rows: Int) -> Int {
    rows.addingReportingOverflow(rows / 20 + 1).overflow ? rows : rows + rows / 20 + 1
  }
}
