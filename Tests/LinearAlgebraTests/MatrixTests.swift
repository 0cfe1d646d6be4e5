import KMeansLinearAlgebra
import Testing

@Suite struct MatrixTests {
  @Test func `rows lie one after another on a cache line`() throws {
    let matrix = try Matrix<Float>([[1, 2, 3], [4, 5, 6]])
    #expect((matrix.rows, matrix.columns) == (2, 3))
    #expect((0..<6).map { matrix.span[$0] } == [1, 2, 3, 4, 5, 6])
    #expect((0..<3).map { matrix[1][$0] } == [4, 5, 6])
    matrix.view.withUnsafeBase { #expect(Int(bitPattern: $0) % 64 == 0) }
  }

  @Test func `rows become arrays, and text that is cut where they are many`() throws {
    let rows: [[Float]] = [[1, 2.5], [-3, 4]]
    let matrix = try Matrix(rows)
    #expect(matrix.rowArrays == rows)
    #expect(try Matrix<Float>(reserving: 3, columns: 2).rowArrays == [])
    #expect(matrix.description == "2 x 2 Float")
    #expect(matrix.debugDescription == "2 x 2 Float\n[1.0, 2.5]\n[-3.0, 4.0]")
    let large = try Matrix<Double>((0..<11).map { row in (0..<12).map { Double(100 * row + $0) } })
    let lines = large.debugDescription.split(separator: "\n")
    #expect(lines.count == 12 && lines[0] == "11 x 12 Double" && lines[6] == "...")
    #expect(
      lines[7]
        == "[600.0, 601.0, 602.0, 603.0, 604.0, ..., 607.0, 608.0, 609.0, 610.0, 611.0]")
    #expect(lines[11].hasPrefix("[1000.0,") && lines[11].hasSuffix(" 1011.0]"))
    let ten = try Matrix<Double>(rows: 10, columns: 10, repeating: 0)
    #expect(!ten.debugDescription.contains("..."))
  }

  @Test func `copies are independent`() throws {
    var a = try Matrix<Double>(rows: 2, columns: 2, repeating: 1)
    let b = a
    a[1, 1] = 7
    #expect(b[1, 1] == 1 && a[1, 1] == 7 && a != b)
    var c = a
    var values = c.mutableSpan
    values[0] = 9
    #expect(a[0, 0] == 1 && c[0, 0] == 9)
  }

  @Test func `equal values are equal and hash alike`() throws {
    let a = try Matrix<Float>([[1, 2], [3, 4]])
    let b = try Matrix<Float>([[1, 2], [3, 4]])
    #expect(a == b && a.hashValue == b.hashValue)
    #expect(a != (try Matrix<Float>([[1, 2, 3, 4]])))
  }

  @Test func `appending moves nothing that was reserved`() throws {
    var matrix = try Matrix<Float>(reserving: 3, columns: 2)
    let row: [Float] = [1, 2]
    matrix.append(row.span)
    let before = matrix.view.withUnsafeBase { Int(bitPattern: $0) }
    let count = matrix.append(atMost: 2) { output in
      for value in 3...6 { output.append(Float(value)) }
    }
    #expect(count == 4 && matrix.rows == 3)
    #expect(matrix.view.withUnsafeBase { Int(bitPattern: $0) } == before)
    let copy = matrix
    for _ in 0..<10 { matrix.append(row.span) }
    #expect(matrix.rows == 13 && matrix[12][1] == 2 && copy.rows == 3 && copy[2][1] == 6)
  }

  /// Numbers of rows and columns that nothing can have are errors as well, whatever they overflow.
  @Test func `counts that are none are refused`() throws {
    let values: [Float] = [1, 2, 3, 4]
    for rows in [Int.min, Int.min + 1, -1, .max] {
      for (columns, stride) in [(1, 1), (2, 2), (1, .max), (.max, .max)] {
        #expect(
          throws: ShapeError.outsideMemory(
            rows: rows, columns: columns, rowStride: stride, count: 4)
        ) {
          _ = try MatrixView(values.span, rows: rows, columns: columns, rowStride: stride).rows
        }
      }
      #expect(throws: ShapeError.tooLarge(rows: rows, columns: 2)) {
        try Matrix<Float>(rows: rows, columns: 2)
      }
      #expect(throws: ShapeError.tooLarge(rows: rows, columns: 2)) {
        try Matrix<Float>(reserving: rows, columns: 2)
      }
      var matrix = try Matrix(values.span, columns: 2)
      #expect(throws: ShapeError.tooLarge(rows: rows, columns: 2)) {
        try matrix.reserve(rows: rows)
      }
    }
    for columns in [Int.min, -1, 0] {
      #expect(throws: ShapeError.noColumns) { try Matrix<Float>(rows: 1, columns: columns) }
      #expect(throws: ShapeError.noColumns) { try Matrix<Float>(reserving: 0, columns: columns) }
      #expect(throws: ShapeError.noColumns) {
        _ = try MatrixView(values.span, rows: 1, columns: columns, rowStride: 2).rows
      }
      #expect(throws: ShapeError.noColumns) {
        _ = try MatrixView(values.span, columns: columns).rows
      }
    }
  }

  @Test func `shapes that are wrong are refused`() throws {
    #expect(throws: ShapeError.noColumns) { try Matrix<Float>(rows: 1, columns: 0) }
    #expect(throws: ShapeError.noColumns) { try Matrix<Float>([[]]) }
    #expect(throws: ShapeError.noRows) { try Matrix<Float>([]) }
    #expect(
      ShapeError.noRows.description
        == "there are no rows to say how many columns the matrix has; "
        + "Matrix(reserving: 0, columns: d) has none")
    #expect(throws: ShapeError.raggedRow(row: 1, length: 1, columns: 2)) {
      try Matrix<Float>([[1, 2], [3]])
    }
    #expect(throws: ShapeError.tooLarge(rows: .max / 2, columns: 3)) {
      try Matrix<Float>(rows: .max / 2, columns: 3)
    }
    #expect(throws: ShapeError.tooLarge(rows: 1 << 60, columns: 1)) {
      try Matrix<Float>(rows: 1 << 60, columns: 1)
    }
    let values: [Float] = [1, 2, 3]
    #expect(throws: ShapeError.raggedValues(count: 3, columns: 2)) {
      try Matrix(values.span, columns: 2)
    }
  }

  @Test func `a view borrows strided memory`() throws {
    let values: [Double] = (0..<11).map(Double.init)
    let view = try MatrixView(values.span, rows: 3, columns: 3, rowStride: 4)
    #expect((0..<3).map { view[$0][2] } == [2, 6, 10])
    #expect(Matrix(view) == (try Matrix<Double>([[0, 1, 2], [4, 5, 6], [8, 9, 10]])))
    #expect(view.rows(1..<3)[1][0] == 8)
    func refused(_ rows: Int, _ columns: Int, _ stride: Int) -> Bool {
      do {
        _ = try MatrixView(values.span, rows: rows, columns: columns, rowStride: stride).rows
        return false
      } catch {
        return true
      }
    }
    #expect(refused(3, 3, 5) && refused(3, 3, 2) && refused(-1, 3, 3) && refused(1, 0, 1))
    #expect(refused(.max, 3, .max) && refused(4, 3, 4))
    #expect(!refused(0, 3, 3) && !refused(11, 1, 1))
  }

  @Test func `all rows of a source are read`() throws {
    struct Counting: RowSource {
      typealias Scalar = Float
      let columns = 3
      var remainingRowsEstimate: Int?
      var left: Int
      var next: Float = 0
      mutating func read(into rows: inout OutputSpan<Float>) {
        while left > 0, rows.freeCapacity >= 3 {
          for _ in 0..<3 {
            rows.append(next)
            next += 1
          }
          left -= 1
        }
      }
    }
    for estimate in [nil, 0, 5, 1000, 200_000] {
      for count in [0, 1, 1000, 123_457] {
        var source = Counting(remainingRowsEstimate: estimate, left: count)
        let matrix = try Matrix(reading: &source)
        #expect(matrix.rows == count)
        if count > 0 { #expect(matrix[count - 1][2] == Float(3 * count - 1)) }
      }
    }
  }
}
