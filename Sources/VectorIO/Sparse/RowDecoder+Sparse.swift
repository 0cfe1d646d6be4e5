// Rows without their zeros: of formats that hold none, and of all others.

internal import KMeansFiles
internal import KMeansLinearAlgebra

/// A decoder that reads rows without their zeros in the same way for both types of scalar.
protocol UniformSparseDecoder: RowDecoder {
  /// Appends whole rows, as ``RowDecoder/read(sparse:atMost:)`` does.
  func readSparse<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int
}

extension UniformSparseDecoder {
  func read(into rows: inout SparseMatrix<Float>, atMost limit: Int) throws(FileError) -> Int {
    try readSparse(into: &rows, atMost: limit)
  }

  func read(into rows: inout SparseMatrix<Double>, atMost limit: Int) throws(FileError) -> Int {
    try readSparse(into: &rows, atMost: limit)
  }
}

/// A decoder of a format that holds no zeros, from which dense rows are made.
protocol SparseRowDecoder: UniformSparseDecoder, UniformRowDecoder {}

extension SparseRowDecoder {
  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    let columns = info.columns
    var block = noRows(of: columns, as: Scalar.self)
    let count = try readSparse(into: &block, atMost: rows.count / columns)
    let base = rows.baseAddress!
    base.initialize(repeating: 0, count: count * columns)
    let (offsets, indices, values) = (block.offsets, block.indices, block.values)
    for row in 0..<count {
      let line = base + row * columns
      for place in offsets[row]..<offsets[row + 1] { line[Int(indices[place])] = values[place] }
    }
    return count
  }
}

/// Appends rows one by one; those before a fault are returned first, the fault by the next call.
///
/// - Parameters:
///   - limit: the number of rows that there are.
///   - pending: the fault, once there is one.
///   - append: appends the values of the next row.
/// - Returns: the number of rows.
func appendRows<Scalar: ReadableScalar>(
  to rows: inout SparseMatrix<Scalar>, atMost limit: Int, before pending: inout FileError?,
  _ append: (inout SparseMatrix<Scalar>) throws(FileError) -> Void
) throws(FileError) -> Int {
  if let pending { throw pending }
  for count in 0..<limit {
    do throws(FileError) { try append(&rows) } catch {
      rows.dropUnfinishedRow()
      pending = error
      if count == 0 { throw error }
      return count
    }
    rows.finishRow()
  }
  return limit
}

/// No rows of so many columns.
///
/// - Precondition: from 1 to `Int32.max`, which was checked when the file was opened.
func noRows<Scalar: MatrixScalar>(
  of columns: Int, as type: Scalar.Type = Scalar.self
) -> SparseMatrix<Scalar> {
  try! SparseMatrix<Scalar>(columns: columns)
}

extension RowDecoder {
  var remainingNonzerosEstimate: Int? { nil }

  func read(into rows: inout SparseMatrix<Float>, atMost limit: Int) throws(FileError) -> Int {
    try pack(into: &rows, atMost: limit)
  }

  func read(into rows: inout SparseMatrix<Double>, atMost limit: Int) throws(FileError) -> Int {
    try pack(into: &rows, atMost: limit)
  }

  /// Reads dense rows and appends them without their zeros.
  func pack<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    let columns = info.columns
    let room = min(limit, max(1, (1 << 16) / columns))
    let block = UnsafeMutableBufferPointer<Scalar>.allocate(capacity: room * columns)
    defer { block.deallocate() }
    let count = try read(rows: block)
    for row in 0..<count {
      let line = block.baseAddress! + row * columns
      for column in 0..<columns where line[column] != 0 {
        rows.append(line[column], column: Int32(truncatingIfNeeded: column))
      }
      rows.finishRow()
    }
    return count
  }

  /// The same as ``read(into:atMost:)`` for a scalar that is `Float` or `Double`, which is asked
  /// once a block.
  func read<Scalar: MatrixScalar>(
    sparse rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    try withUnsafeMutablePointer(to: &rows) { (rows) throws(FileError) in
      let memory = UnsafeMutableRawPointer(rows)
      if Scalar.self == Float.self {
        let floats = memory.assumingMemoryBound(to: SparseMatrix<Float>.self)
        return try read(into: &floats.pointee, atMost: limit)
      }
      precondition(Scalar.self == Double.self, "rows are read as Float or Double")
      let doubles = memory.assumingMemoryBound(to: SparseMatrix<Double>.self)
      return try read(into: &doubles.pointee, atMost: limit)
    }
  }
}
