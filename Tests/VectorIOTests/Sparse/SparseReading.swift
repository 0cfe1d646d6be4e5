import KMeansFiles
import Testing
import VectorIO

/// All rows of some bytes without their zeros.
///
/// - Parameter block: how many rows are asked for at a time.
func sparseRows<Scalar: MatrixScalar>(
  _ bytes: [UInt8], name: String, as type: Scalar.Type = Double.self,
  options: ReadingOptions = ReadingOptions(), kind: MemorySource.Kind = .file,
  piece: Int = .max, windowSize: Int = 1 << 18, block: Int = .max
) throws -> SparseMatrix<Scalar> {
  var options = options
  options.isSparse = true
  let opened = try OpenedVectorFile(
    source: MemorySource(bytes, piece: piece, kind: kind), name: name, options: options,
    windowSize: windowSize)
  let file = opened.rows(as: type)
  // What a matrix reserves before it has seen a row: no lie of a header makes it large.
  let reserved = 8 * (file.remainingRowsEstimate ?? 0) + 12 * (file.remainingNonzerosEstimate ?? 0)
  if reserved > 200 << 20 { Issue.record("\(reserved) bytes for a file of \(bytes.count)") }
  var rows = try SparseMatrix<Scalar>(columns: file.columns)
  while try file.read(into: &rows, atMost: block) > 0 {}
  return rows
}

func sparseRows<Scalar: MatrixScalar>(
  _ text: String, name: String, as type: Scalar.Type = Double.self,
  options: ReadingOptions = ReadingOptions(), kind: MemorySource.Kind = .file
) throws -> SparseMatrix<Scalar> {
  try sparseRows(Array(text.utf8), name: name, as: type, options: options, kind: kind)
}

/// Rows of a matrix with their zeros.
func arrays<Scalar: MatrixScalar>(_ matrix: SparseMatrix<Scalar>) throws -> [[Scalar]] {
  arrays(try matrix.dense())
}

/// Expects that sparse rows are the dense rows without zeros, and that all that comes beside them
/// is the same: in blocks of any length, the first time and after a rewind.
func expectSameRows(
  _ bytes: [UInt8], name: String, options: ReadingOptions = ReadingOptions(),
  kinds: [MemorySource.Kind] = [.file, .pipe, .packed],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  func open(_ kind: MemorySource.Kind, isSparse: Bool) throws -> VectorFile<Double> {
    var options = options
    options.isSparse = isSparse
    return try OpenedVectorFile(
      source: MemorySource(bytes, piece: 7, kind: kind), name: name, options: options,
      windowSize: 20
    ).rows(as: Double.self)
  }
  for kind in kinds {
    var dense = try open(kind, isSparse: false)
    let expected = try SparseMatrix(Matrix(reading: &dense))
    let beside = dense.takeAuxiliaryValues()
    for block in [1, 3, Int.max] {
      let file = try open(kind, isSparse: true)
      for _ in 0..<(kind == .pipe ? 1 : 2) {
        var rows = try SparseMatrix<Double>(columns: file.columns)
        while try file.read(into: &rows, atMost: block) > 0 {}
        #expect(rows.offsets == expected.offsets, sourceLocation: sourceLocation)
        #expect(rows.indices == expected.indices, sourceLocation: sourceLocation)
        #expect(
          rows.values.map(\.bitPattern) == expected.values.map(\.bitPattern),
          sourceLocation: sourceLocation)
        #expect(file.skippedRows == dense.skippedRows, sourceLocation: sourceLocation)
        #expect(file.filledValues == dense.filledValues, sourceLocation: sourceLocation)
        #expect(file.takeAuxiliaryValues() == beside, sourceLocation: sourceLocation)
        if kind != .pipe { try file.rewind() }
      }
    }
  }
}
