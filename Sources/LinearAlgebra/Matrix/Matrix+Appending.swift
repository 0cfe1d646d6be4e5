// Matrices that grow row by row.
extension Matrix {
  /// The number of rows that fit without moving the memory.
  public var reservedRows: Int { storage.capacity / columns }

  /// Makes room for at least `rows` rows.
  ///
  /// - Throws: ``ShapeError/tooLarge(rows:columns:)``, or
  ///   ``ShapeError/outOfMemory(rows:columns:bytes:)``; the matrix is then as it was.
  /// - Complexity: O(rows columns) where the memory moves.
  public mutating func reserve(rows wanted: Int) throws(ShapeError) {
    let count = try Self.count(rows: wanted, columns: columns)
    if count > storage.capacity || !isKnownUniquelyReferenced(&storage) {
      let capacity = max(count, rows * columns)
      guard let larger = storage.copyIfThere(count: rows * columns, capacity: capacity) else {
        throw .outOfMemory(
          rows: wanted, columns: columns, bytes: capacity * MemoryLayout<Scalar>.stride)
      }
      storage = larger
    }
  }

  /// Appends rows that a closure writes into the reserved memory, without a copy.
  ///
  /// - Parameters:
  ///   - atMost: the largest number of rows to offer; the reserved memory bounds it too.
  ///   - fill: appends values, row after row; an unfinished last row is dropped.
  /// - Returns: the number of values that the closure appended.
  @discardableResult
  public mutating func append<E: Error>(
    atMost limit: Int, by fill: (inout OutputSpan<Scalar>) throws(E) -> Void
  ) throws(E) -> Int {
    precondition(limit <= reservedRows - rows, "reserve(rows:) comes first")
    makeUnique()
    let room = UnsafeMutableBufferPointer(
      start: storage.base + rows * columns, count: limit * columns)
    var output = unsafe OutputSpan(buffer: room, initializedCount: 0)
    try fill(&output)
    let count = unsafe output.finalize(for: room)
    rows += count / columns
    return count
  }

  /// Forgets all rows and keeps the memory.
  package mutating func removeAllRows() { rows = 0 }

  /// Appends one row.
  ///
  /// - Precondition: the row has as many values as the matrix has columns.
  /// - Complexity: amortised O(columns).
  public mutating func append(_ row: Span<Scalar>) {
    precondition(row.count == columns, "a row of \(row.count) values, expected \(columns)")
    makeUnique()
    if (rows + 1) * columns > storage.capacity {
      storage = storage.copy(
        count: rows * columns, capacity: max(2 * storage.capacity, (rows + 1) * columns))
    }
    for column in 0..<columns { storage.base[rows * columns + column] = row[column] }
    rows += 1
  }
}
