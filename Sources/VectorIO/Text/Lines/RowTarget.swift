internal import KMeansFiles
internal import KMeansLinearAlgebra

/// What takes the values of a line one after another, their columns ascending.
protocol RowTarget<Scalar> {
  associatedtype Scalar: ReadableScalar

  /// Begins a row of zeros.
  mutating func begin(columns: Int)
  /// Takes a value.
  mutating func put(_ value: Scalar, at column: Int)
}

/// Memory for a row with its zeros.
struct DenseTarget<Scalar: ReadableScalar>: RowTarget {
  let row: UnsafeMutablePointer<Scalar>

  @inline(__always)
  func begin(columns: Int) { row.initialize(repeating: 0, count: columns) }

  @inline(__always)
  func put(_ value: Scalar, at column: Int) { row[column] = value }
}

/// Memory for the values of a row that are not zero: there is room for all that a line can hold, so
/// that none has to be looked for.
struct SparseTarget<Scalar: ReadableScalar>: RowTarget {
  let indices: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Scalar>
  private(set) var count = 0

  init(_ indices: UnsafeMutablePointer<Int32>, _ values: UnsafeMutablePointer<Scalar>) {
    (self.indices, self.values) = (indices, values)
  }

  @inline(__always)
  mutating func begin(columns: Int) { count = 0 }

  @inline(__always)
  mutating func put(_ value: Scalar, at column: Int) {
    indices[count] = Int32(truncatingIfNeeded: column)
    values[count] = value
    count += value == 0 ? 0 : 1
  }
}

/// The memory of the row that is parsed, for all rows of a file.
final class SparseLine<Scalar: ReadableScalar> {
  private var room = 0
  private var indices = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
  private var values = UnsafeMutablePointer<Scalar>.allocate(capacity: 1)
  fileprivate(set) var count = 0

  deinit {
    indices.deallocate()
    values.deallocate()
  }

  /// The target of a line of so many bytes: a value takes two of them at least, and a label is one
  /// more.
  func target(bytes: Int) -> SparseTarget<Scalar> {
    count = 0
    if bytes / 2 + 2 > room {
      indices.deallocate()
      values.deallocate()
      room = max(bytes / 2 + 2, 2 * room)
      indices = .allocate(capacity: room)
      values = .allocate(capacity: room)
    }
    return SparseTarget(indices, values)
  }

  /// Appends the row to a matrix.
  func append(to rows: inout SparseMatrix<Scalar>) {
    rows.append(
      Span(_unsafeStart: values, count: count),
      columns: Span(_unsafeStart: indices, count: count))
    rows.finishRow()
  }
}

/// A parser of records that hold values without zeros.
protocol SparseRecordParser: RecordParser {
  /// Parses a record.
  ///
  /// - Returns: false where the record holds no row, only a comment.
  func parse(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: SparseLine<Float>
  ) throws(FileError) -> Bool
  func parse(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: SparseLine<Double>
  ) throws(FileError) -> Bool
}

extension LineParser {
  func parse(
    _ line: RecordScanner.Record, of input: InputBuffer, into row: SparseLine<Float>
  ) throws(FileError) -> Bool {
    try parseLine(line, of: input, into: row)
  }

  func parse(
    _ line: RecordScanner.Record, of input: InputBuffer, into row: SparseLine<Double>
  ) throws(FileError) -> Bool {
    try parseLine(line, of: input, into: row)
  }

  @inline(__always)
  private func parseLine<Scalar: ReadableScalar>(
    _ line: RecordScanner.Record, of input: InputBuffer, into row: SparseLine<Scalar>
  ) throws(FileError) -> Bool {
    var target = row.target(bytes: line.end - line.start)
    do throws(LineProblem) {
      guard try parse(input.cursor(line), into: &target) else { return false }
    } catch {
      throw input.malformed(line, error.explained(options))
    }
    row.count = target.count
    return true
  }
}
