/// A dense matrix of rows: row-major, contiguous, 64-byte aligned, copied on write.
///
/// ```swift
/// let points = try Matrix<Float>([[0, 0], [1, 0], [9, 9]])
/// points.rows        // 3
/// points[2][0]       // 9
/// ```
public struct Matrix<Scalar: MatrixScalar>: Sendable {
  var storage: MatrixStorage<Scalar>
  /// The number of rows.
  public internal(set) var rows: Int
  /// The number of values of a row, at least 1.
  public let columns: Int

  /// A matrix whose memory is filled by a closure.
  ///
  /// - Parameter fill: appends exactly `rows * columns` values, row after row; fewer make a matrix
  ///   of fewer rows.
  /// - Throws: ``ShapeError`` where there is no column, where `rows * columns` overflows, or where
  ///   the closure leaves a row unfinished.
  public init(
    rows: Int, columns: Int, filling fill: (inout OutputSpan<Scalar>) -> Void
  ) throws(ShapeError) {
    try self.init(reserving: rows, columns: columns)
    let count = append(atMost: rows, by: fill)
    guard count.isMultiple(of: columns) else {
      throw .raggedValues(count: count, columns: columns)
    }
  }

  /// A matrix in which every value is the same.
  ///
  /// - Throws: ``ShapeError`` where there is no column or `rows * columns` overflows.
  public init(rows: Int, columns: Int, repeating value: Scalar = 0) throws(ShapeError) {
    try self.init(reserving: rows, columns: columns)
    storage.base.initialize(repeating: value, count: rows * columns)
    self.rows = rows
  }

  /// A copy of the values in a span, row after row.
  ///
  /// - Throws: ``ShapeError`` where there is no column or the values do not fill whole rows.
  public init(_ values: Span<Scalar>, columns: Int) throws(ShapeError) {
    self.init(try MatrixView(values, columns: columns))
  }

  /// A copy of an array of rows of equal length.
  ///
  /// - Throws: ``ShapeError`` where there is no row, no column, or a row of another length.
  public init(_ values: [[Scalar]]) throws(ShapeError) {
    guard let columns = values.first?.count else { throw .noRows }
    for (row, line) in values.enumerated() where line.count != columns {
      throw .raggedRow(row: row, length: line.count, columns: columns)
    }
    try self.init(reserving: values.count, columns: columns)
    for line in values { append(line.span) }
  }

  /// A copy of the rows of a view.
  public init(_ view: borrowing MatrixView<Scalar>) {
    storage = MatrixStorage(capacity: view.rows * view.columns)
    rows = view.rows
    columns = view.columns
    for row in 0..<rows {
      (storage.base + row * columns).initialize(
        from: view.base + row * view.rowStride, count: columns)
    }
  }

  /// An empty matrix with room for `rows` rows.
  ///
  /// Memory that is not written costs address space, not memory.
  ///
  /// - Throws: ``ShapeError`` where there is no column, `rows * columns` overflows, or the system
  ///   has no such memory.
  public init(reserving rows: Int, columns: Int) throws(ShapeError) {
    guard columns > 0 else { throw .noColumns }
    let count = try Self.count(rows: rows, columns: columns)
    guard let storage = MatrixStorage<Scalar>(ifThere: count) else {
      throw .outOfMemory(rows: rows, columns: columns, bytes: count * MemoryLayout<Scalar>.stride)
    }
    self.storage = storage
    self.rows = 0
    self.columns = columns
  }

  /// The number of values, where it fits into the address space.
  static func count(rows: Int, columns: Int) throws(ShapeError) -> Int {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, !overflow, count <= Int.max / (4 * MemoryLayout<Scalar>.stride) else {
      throw .tooLarge(rows: rows, columns: columns)
    }
    return count
  }
}

/// The memory of a ``Matrix``: 64-byte aligned, so that a row of 16 floats is one cache line and
/// one vector load.
///
/// `@unchecked Sendable`: written only while uniquely referenced, which `Matrix` ensures.
final class MatrixStorage<Scalar: MatrixScalar>: @unchecked Sendable {
  let capacity: Int
  let base: UnsafeMutablePointer<Scalar>

  /// Memory for `capacity` scalars, not initialised.
  init(capacity: Int) {
    self.capacity = capacity
    base = LargeMemory.take(capacity, of: Scalar.self)
  }

  /// The same; `nil` where the system has no such memory left.
  init?(ifThere capacity: Int) {
    guard let base = LargeMemory.takeIfThere(capacity, of: Scalar.self) else { return nil }
    self.capacity = capacity
    self.base = base
  }

  deinit { LargeMemory.give(back: base) }

  /// The same as ``copy(count:capacity:)``; `nil` where the system has no such memory left.
  func copyIfThere(count: Int, capacity: Int) -> MatrixStorage? {
    guard let copy = MatrixStorage(ifThere: capacity) else { return nil }
    copy.base.initialize(from: base, count: count)
    return copy
  }

  /// A copy of the first `count` scalars in memory for `capacity`.
  func copy(count: Int, capacity: Int) -> MatrixStorage {
    let copy = MatrixStorage(capacity: capacity)
    copy.base.initialize(from: base, count: count)
    return copy
  }
}

/// The coding of a matrix as the number of columns and the values row after row, for JSON and the
/// like; large matrices are better kept in files of their own.
extension Matrix: Codable {
  private enum CodingKeys: String, CodingKey {
    case columns, values
  }

  /// - Throws: `DecodingError` where the values do not fill whole rows.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let columns = try container.decode(Int.self, forKey: .columns)
    let values = try container.decode([Scalar].self, forKey: .values)
    do {
      try self.init(values.span, columns: columns)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container, debugDescription: error.description)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .columns)
    try container.encode((0..<rows * columns).map { storage.base[$0] }, forKey: .values)
  }
}
