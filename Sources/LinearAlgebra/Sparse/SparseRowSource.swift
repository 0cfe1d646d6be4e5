/// Rows without their zeros that come one after another: the sparse counterpart of ``RowSource``.
public protocol SparseRowSource<Scalar> {
  /// The type of a value.
  associatedtype Scalar: MatrixScalar
  /// The number of columns; the same for all rows, from 1 to `Int32.max`.
  var columns: Int { get }
  /// An estimate of the rows that are still to come, to size memory; `nil` where there is none.
  var remainingRowsEstimate: Int? { get }
  /// An estimate of the values that are still to come, to size memory; `nil` where there is none.
  var remainingNonzerosEstimate: Int? { get }

  /// Appends whole rows, some of those that are there.
  ///
  /// - Parameters:
  ///   - rows: has ``columns`` columns and no row that is not finished.
  ///   - limit: the largest number of rows that are wanted, at least 1.
  /// - Returns: the number of rows that were appended; 0 tells that this is the end.
  /// - Throws: the fault of the source, with the place (row, line or byte).
  mutating func read(into rows: inout SparseMatrix<Scalar>, atMost limit: Int) throws -> Int
}

/// A source of sparse rows that can be read more than once. A pipe is a ``SparseRowSource`` without
/// this.
public protocol RewindableSparseRowSource<Scalar>: SparseRowSource {
  /// Goes back to the first row.
  mutating func rewind() throws
}

extension SparseRowSource {
  /// `nil` unless the source has an estimate of its own.
  public var remainingRowsEstimate: Int? { nil }
  /// `nil` unless the source has an estimate of its own.
  public var remainingNonzerosEstimate: Int? { nil }
}

extension SparseMatrix {
  /// Reads all rows that a source still has.
  ///
  /// Memory is made ready for what the source expects, so one with a good estimate costs no more
  /// than its rows; else it grows with the values that come.
  ///
  /// - Throws: the error of the source, or ``SparseShapeError/columns(_:)``.
  public init<Source: SparseRowSource<Scalar>>(reading source: inout Source) throws {
    try self.init(columns: source.columns)
    reserveIfThere(
      rows: source.remainingRowsEstimate ?? 0, nonzeros: source.remainingNonzerosEstimate ?? 0)
    while try source.read(into: &self, atMost: .max) > 0 {}
  }

  /// Makes room where the system has it: an estimate may be wrong, and an array that finds no
  /// memory ends the program.
  private mutating func reserveIfThere(rows: Int, nonzeros: Int) {
    let value = MemoryLayout<Int32>.stride + MemoryLayout<Scalar>.stride
    let bytes = Double(rows) * Double(MemoryLayout<Int>.stride) + Double(nonzeros) * Double(value)
    guard bytes < 0x1p46, let memory = LargeMemory.takeIfThere(Int(bytes), of: UInt8.self) else {
      return
    }
    LargeMemory.give(back: memory)
    reserve(rows: rows, nonzeros: nonzeros)
  }
}
