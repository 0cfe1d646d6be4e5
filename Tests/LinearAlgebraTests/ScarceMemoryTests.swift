import KMeansLinearAlgebra
import Testing

/// More memory than any system has is an error, not the end of the program.
@Suite struct ScarceMemoryTests {
  /// 2^51 bytes are beyond the address space of a process, 2^47 bytes.
  static let rows = 1 << 47

  @Test func `reserving too much`() throws {
    let expected = ShapeError.outOfMemory(rows: Self.rows, columns: 2, bytes: 1 << 51)
    #expect(throws: expected) { try Matrix<Double>(reserving: Self.rows, columns: 2) }
    #expect(throws: expected) { try Matrix<Double>(rows: Self.rows, columns: 2) }
    var matrix = try Matrix<Double>([[1, 2]])
    #expect(throws: expected) { try matrix.reserve(rows: Self.rows) }
    #expect(matrix[0, 0] == 1 && matrix[0, 1] == 2 && matrix.rows == 1)
    #expect(
      expected.description
        == "out of memory: 140737488355328 x 2 values take 2251799813685248 bytes")
  }

  /// A source that expects many more rows than it has.
  private struct Boaster: RowSource {
    let columns = 2
    var remainingRowsEstimate: Int? = 1 << 47
    var rest = 300_000

    mutating func read(into rows: inout OutputSpan<Double>) {
      while rest > 0, rows.freeCapacity >= 2 {
        rows.append(Double(rest))
        rows.append(1)
        rest -= 1
      }
    }
  }

  @Test(arguments: [1 << 47, Int.max, 1 << 62, 0]) func `an estimate that is too high`(_ rows: Int)
    throws
  {
    var source = Boaster()
    source.remainingRowsEstimate = rows
    let matrix = try Matrix(reading: &source)
    #expect(matrix.rows == 300_000 && matrix[0, 0] == 300_000 && matrix[299_999, 0] == 1)
  }
}
