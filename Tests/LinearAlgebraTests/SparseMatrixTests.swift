import KMeansLinearAlgebra
import Testing

/// Sparse matrices: their canonical form, and what is refused.
@Suite struct SparseMatrixTests {
  /// Row 0: column 4, then 1; row 1 without values; row 2: column 2 three times, with a zero.
  static let tangled = try! SparseMatrix<Double>(
    offsets: [0, 2, 2, 7], indices: [4, 1, 2, 0, 2, 3, 2], values: [40, 10, 1, 7, 2, 0, 4],
    columns: 5)

  @Test func `columns ascend, values of one are added, zeros are dropped`() {
    #expect(Self.tangled.offsets == [0, 2, 2, 4])
    #expect(Self.tangled.indices == [1, 4, 0, 2])
    #expect(Self.tangled.values == [10, 40, 7, 7])
    #expect(Self.tangled.rows == 3 && Self.tangled.nonzeros == 4 && Self.tangled.columns == 5)
  }

  /// In another order the sum would be another one.
  @Test func `values of one column are added in the order in which they came`() throws {
    let values = [1e16, 1, -1e16, 1]
    let matrix = try SparseMatrix(
      offsets: [0, 5], indices: [1, 1, 0, 1, 1], values: [1e16, 1, 3, -1e16, 1], columns: 2)
    #expect(matrix.values == [3, values.reduce(0, +)])
    #expect(values.reduce(0, +) == 1)
    // Added as doubles, and rounded once.
    let floats = try SparseMatrix<Float>(
      offsets: [0, 3], indices: [0, 0, 0], values: [0x1p24, 1, 1], columns: 1)
    #expect(floats.values == [0x1p24 + 2])
  }

  @Test func `values that cancel are dropped, NaN is kept`() throws {
    let matrix = try SparseMatrix<Float>(
      offsets: [0, 4, 6], indices: [0, 1, 0, 2, 1, 1], values: [1, .nan, -1, -0.0, .nan, 2],
      columns: 3)
    #expect(matrix.offsets == [0, 1, 2] && matrix.indices == [1, 1])
    #expect(matrix.values.allSatisfy { $0.isNaN })
  }

  @Test func `a dense matrix and back`() throws {
    let dense = try Matrix<Float>([[0, 2, 0], [0, 0, 0], [-1, 0, .infinity]])
    let sparse = try SparseMatrix(dense)
    #expect(sparse.offsets == [0, 1, 1, 3] && sparse.indices == [1, 0, 2])
    #expect(try sparse.dense() == dense)
    #expect(
      try Self.tangled.dense().rowArrays == [
        [0, 10, 0, 0, 40], [0, 0, 0, 0, 0], [7, 0, 7, 0, 0],
      ])
  }

  @Test func `rows are appended, and dropped before they are finished`() throws {
    var matrix = try SparseMatrix<Float>(columns: 4)
    matrix.reserve(rows: 3, nonzeros: 5)
    matrix.append(5, column: 3)
    matrix.append(1, column: 0)
    matrix.finishRow()
    matrix.append(9, column: 2)
    matrix.dropUnfinishedRow()
    matrix.finishRow()
    let (values, columns): ([Float], [Int32]) = ([2, 0, 4, 8], [1, 2, 1, 3])
    matrix.append(values.span, columns: columns.span)
    matrix.finishRow()
    #expect(matrix.offsets == [0, 2, 2, 4])
    #expect(matrix.indices == [0, 3, 1, 3] && matrix.values == [1, 5, 6, 8])
    matrix.removeAllRows()
    #expect(matrix == (try SparseMatrix<Float>(columns: 4)))
  }

  @Test func `some of the rows`() {
    let picked = Self.tangled.rows([2, 1, 0, 2])
    #expect(picked.offsets == [0, 2, 2, 4, 6])
    #expect(picked.indices == [0, 2, 1, 4, 0, 2] && picked.values == [7, 7, 10, 40, 7, 7])
    var kept = Self.tangled.rows([0, 2, 1, 0, 2])
    kept.keepRows(from: 1) { $0 == 2 || $0 == 4 }
    #expect(kept == Self.tangled.rows([0, 1, 2]))
    kept.keepRows(from: 0) { _ in false }
    #expect(kept.rows == 0 && kept.nonzeros == 0 && kept.offsets == [0])
    var appended = Self.tangled.rows([1])
    appended.append(rows: 1..<3, of: Self.tangled)
    #expect(appended == Self.tangled.rows([1, 1, 2]))
    appended.replaceValues(from: 1) { column, value in column == 0 ? 0 : value + 1 }
    #expect(appended.offsets == [0, 0, 0, 1] && appended.values == [8] && appended.indices == [2])
  }

  static let wrong: [(offsets: [Int], indices: [Int32], columns: Int, error: SparseShapeError)] = [
    ([0, 1], [0], 0, .columns(0)), ([0, 1], [0], -1, .columns(-1)),
    ([0, 1], [0], 1 << 31, .columns(1 << 31)), ([], [], 3, .noOffsets),
    ([1, 1], [0], 3, .firstOffset(1)),
    ([0, 2, 1, 3], [0, 1, 2], 3, .descendingOffsets(row: 1, from: 2, to: 1)),
    ([0, -1], [], 3, .descendingOffsets(row: 0, from: 0, to: -1)),
    ([0, 1 << 60], [0, 1], 3, .counts(lastOffset: 1 << 60, indices: 2, values: 2)),
    ([0, 1], [0, 1], 3, .counts(lastOffset: 1, indices: 2, values: 2)),
    ([0, 1, 2], [0, 3], 3, .index(row: 1, index: 3, columns: 3)),
    ([0, 1, 2], [-1, 0], 3, .index(row: 0, index: -1, columns: 3)),
  ]

  @Test(arguments: wrong.indices) func `what is no matrix`(place: Int) {
    let (offsets, indices, columns, error) = Self.wrong[place]
    let values = [Float](repeating: 1, count: indices.count)
    #expect(throws: error) {
      _ = try SparseMatrix(offsets: offsets, indices: indices, values: values, columns: columns)
    }
  }

  @Test func `another number of values than of indices`() {
    let error = SparseShapeError.counts(lastOffset: 1, indices: 1, values: 2)
    #expect(throws: error) {
      _ = try SparseMatrix<Float>(offsets: [0, 1], indices: [0], values: [1, 2], columns: 3)
    }
    #expect(
      error.description == "the last offset is 1, but there are 1 indices and 2 values")
  }
}

/// Views of arrays with another owner, of integers of any kind.
@Suite struct SparseRowsTests {
  static func canonical<Offset: SparseIndex, Index: SparseIndex>(
    _ offsets: [Offset], _ indices: [Index]
  ) throws -> (isCanonical: Bool, found: [[Int32]]) {
    let values = (0..<indices.count).map { Float($0 + 1) }
    let rows = try SparseRows(
      offsets: offsets.span, indices: indices.span, values: values.span, columns: 6)
    #expect(rows.rows == offsets.count - 1 && rows.columns == 6 && rows.nonzeros == indices.count)
    let arrays = rows.arrays
    let found = (0..<rows.rows).map { row in
      arrays.range(row).map { place in
        #expect(arrays.values(from: place).pointee == Float(place + 1))
        return arrays.index(place)
      }
    }
    return (arrays.isCanonical, found)
  }

  @Test func `integers of each kind`() throws {
    func check<Offset: SparseIndex, Index: SparseIndex>(
      _ offset: Offset.Type, _ index: Index.Type
    ) throws {
      let (sorted, rows) = try Self.canonical([0, 2, 2, 3] as [Offset], [1, 5, 0] as [Index])
      #expect(sorted && rows == [[1, 5], [], [0]])
      #expect(try !Self.canonical([0, 2] as [Offset], [5, 1] as [Index]).isCanonical)
      #expect(try !Self.canonical([0, 2] as [Offset], [5, 5] as [Index]).isCanonical)
    }
    try check(Int32.self, Int32.self)
    try check(Int32.self, Int64.self)
    try check(Int64.self, Int32.self)
    try check(Int.self, Int32.self)
    try check(Int64.self, Int64.self)
    try check(Int.self, Int.self)
  }

  @Test func `a stored zero is not canonical`() throws {
    let (offsets, indices, values): ([Int], [Int32], [Double]) = ([0, 2], [0, 1], [1, 0])
    let rows = try SparseRows(
      offsets: offsets.span, indices: indices.span, values: values.span, columns: 2)
    #expect(!rows.arrays.isCanonical)
    let matrix = SparseMatrixTests.tangled
    let view = matrix.view
    #expect(view.arrays.isCanonical && view.rows == 3 && view.nonzeros == 4)
  }

  @Test func `an index that no column has`() {
    #expect(throws: SparseShapeError.index(row: 0, index: 1 << 40, columns: 6)) {
      _ = try Self.canonical([0, 1] as [Int64], [1 << 40] as [Int64])
    }
    #expect(throws: SparseShapeError.index(row: 1, index: -7, columns: 6)) {
      _ = try Self.canonical([0, 0, 1] as [Int32], [-7] as [Int32])
    }
  }
}

/// Sources of sparse rows.
@Suite struct SparseRowSourceTests {
  /// Rows of a matrix, a few at a time, with estimates that are right, wrong, or missing.
  struct Rows: SparseRowSource {
    let matrix: SparseMatrix<Double>
    let step: Int
    var remainingRowsEstimate: Int?
    var remainingNonzerosEstimate: Int?
    var next = 0

    var columns: Int { matrix.columns }
    mutating func read(into rows: inout SparseMatrix<Double>, atMost limit: Int) -> Int {
      let count = min(step, limit, matrix.rows - next)
      rows.append(rows: next..<next + count, of: matrix)
      next += count
      return count
    }
  }

  @Test(arguments: [1, 2, 100], [nil, 0, 3, 1 << 60])
  func `all rows, whatever is expected`(step: Int, estimate: Int?) throws {
    let matrix = SparseMatrixTests.tangled.rows([0, 1, 2, 2, 1, 0])
    var source = Rows(
      matrix: matrix, step: step, remainingRowsEstimate: estimate,
      remainingNonzerosEstimate: estimate)
    #expect(try SparseMatrix(reading: &source) == matrix)
  }
}
