import KMeansFiles
import Testing
import VectorIO

/// Rows of archives that are put together by hand.
@Suite struct SciPyRowsTests {
  @Test func `unsorted and doubled indices become canonical`() throws {
    let arrays = SciPyArrays.changed {
      $0.indices = [4, 1, 3, 0, 3]
      $0.data = [-1, 2.5, 1, 7, 2]
    }
    let matrix = try sparseRows(arrays.file, name: "a.npz", as: Float.self)
    #expect(matrix.offsets == [0, 2, 2, 4] && matrix.indices == [1, 4, 0, 3])
    #expect(matrix.values == [2.5, -1, 7, 3])
  }

  @Test func `rows of NaN are left out where that is asked for`() throws {
    let arrays = SciPyArrays.changed { $0.data[3] = .nan }
    try expectSameRows(
      arrays.file, name: "a.npz", options: ReadingOptions(onInvalid: .skip), kinds: [.file])
    try expectSameRows(
      arrays.file, name: "a.npz", options: ReadingOptions(onInvalid: .mean), kinds: [.file])
    let rows = try sparseRows(
      arrays.file, name: "a.npz", as: Float.self, options: ReadingOptions(onInvalid: .skip))
    #expect(rows.offsets == [0, 2, 2] && rows.values == [2.5, -1])
  }

  @Test(arguments: ["csr", "coo"]) func `a fault stays one until a rewind`(format: String) throws {
    let arrays = SciPyArrays.changed {
      $0.format = format
      if format == "coo" { ($0.indices, $0.indptr) = ([0, 0, 2, 2, 2], [1, 4, 0, 3, 4]) }
      $0.data[3] = .nan
    }
    let file = try OpenedVectorFile(source: MemorySource(arrays.file), name: "a.npz")
      .rows(as: Float.self)
    for _ in 0..<2 {
      var rows = try SparseMatrix<Float>(columns: 5)
      // All entries of a block are looked at before its rows are handed out.
      if format == "csr" { #expect(try file.read(into: &rows, atMost: 9) == 2) }
      for _ in 0..<2 {
        #expect(throws: FileError.self) { _ = try file.read(into: &rows, atMost: 9) }
      }
      #expect(rows.values == (format == "csr" ? [2.5, -1] : []))
      try file.rewind()
    }
  }

  @Test func `no array is chosen, and a pipe is none`() {
    let file = SciPyArrays().file
    #expect(
      failure {
        _ = try rows(file, name: "a.npz", as: Float.self, options: ReadingOptions(array: "data"))
      }
        == .unusable(
          path: "memory",
          problem:
            "a sparse matrix of SciPy, which is read as a whole: expected no array to be chosen"
        ))
    #expect(
      failure { _ = try sparseRows(file, name: "a.npz", as: Float.self, kind: .pipe) }
        == .unusable(
          path: "memory",
          problem: "npz is read from its end: expected a regular file, not a pipe or gzip data"))
  }

  @Test func `no rows, and rows without values`() throws {
    let none = SciPyArrays.changed {
      ($0.shape[0], $0.data, $0.indices, $0.indptr) = (0, [], [], [0])
    }
    #expect(try sparseRows(none.file, name: "a.npz", as: Float.self).rows == 0)
    let empty = SciPyArrays.changed { ($0.data, $0.indices, $0.indptr) = ([], [], [0, 0, 0, 0]) }
    #expect(try sparseRows(empty.file, name: "a.npz", as: Float.self).offsets == [0, 0, 0, 0])
    let lie = SciPyArrays.changed { ($0.shape[0], $0.indptr) = (0, [0]) }
    #expect(
      failure { _ = try sparseRows(lie.file, name: "a.npz", as: Float.self) }
        == .malformed(
          path: "memory: 'indptr'", place: .wholeFile, problem: "no rows, but 5 values"))
  }
}
