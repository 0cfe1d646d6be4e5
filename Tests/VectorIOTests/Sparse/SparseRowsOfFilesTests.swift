import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Rows without their zeros, of text and of any other format.
@Suite struct SparseRowsOfFilesTests {
  static let libsvm =
    "1 1:0.5 3:-2 # c\r\n-1 2:1e-3\n\n0\n2 2:2 5:44 6:0\n3 qid:4 1:7\n"

  @Test func `libsvm stays sparse`() throws {
    let rows = try sparseRows(Self.libsvm, name: "a.svm", as: Float.self)
    #expect(rows.columns == 6)
    #expect(rows.offsets == [0, 2, 3, 3, 5, 6])
    #expect(rows.indices == [0, 2, 1, 1, 4, 0])
    #expect(rows.values == [0.5, -2, 1e-3, 2, 44, 7])
    try expectSameRows(Array(Self.libsvm.utf8), name: "a.svm", kinds: [.file, .packed])
    for options in [ReadingOptions(dimension: 6), ReadingOptions(dimension: 9, firstIndex: 0)] {
      try expectSameRows(Array(Self.libsvm.utf8), name: "a.svm", options: options)
    }
    try expectSameRows(gzipMember(Array(Self.libsvm.utf8)), name: "a.svm.gz", kinds: [.file])
  }

  @Test func `labels, weights and keys come beside sparse rows`() throws {
    for auxiliary in [
      AuxiliaryColumns(weight: "label"), AuxiliaryColumns(key: "label"),
      AuxiliaryColumns(time: "2", weight: "label", key: "5"),
    ] {
      try expectSameRows(
        Array(Self.libsvm.utf8), name: "a.svm", options: ReadingOptions(auxiliary: auxiliary),
        kinds: [.file])
    }
    for columns in [["2", "1"], ["5-", "label"], ["label"], ["3", "label", "1"]] {
      try expectSameRows(
        Array(Self.libsvm.utf8), name: "a.svm",
        options: ReadingOptions(columns: .listed(columns)), kinds: [.file])
    }
    try expectSameRows(
      Array(Self.libsvm.utf8), name: "a.svm",
      options: ReadingOptions(leavingOut: "label", excluded: ["3-4"]), kinds: [.file])
  }

  static let spark =
    "(6,[0,2],[1.0,-3.0E-5])\n(1.0,(6,[1],[0.0]))\n(6,[],[])\n[0,0,7.5,0,0,-0.0]\n(2,[1,0,3,4,5,6])\n"

  @Test func `Spark's vectors stay sparse`() throws {
    let rows: SparseMatrix<Double> = try sparseRows(Self.spark, name: "a.spark")
    #expect(rows.columns == 6 && rows.offsets == [0, 2, 2, 2, 3, 8])
    #expect(rows.indices == [0, 2, 2, 0, 2, 3, 4, 5])
    #expect(rows.values == [1, -3e-5, 7.5, 1, 3, 4, 5, 6])
    try expectSameRows(Array(Self.spark.utf8), name: "a.spark")
    var options = ReadingOptions(isSparse: true)
    let text = Self.spark
    #expect(try info(text, name: "a.spark", options: options).nonzeros == 2 + 1 + 0 + 6 + 6)
    #expect(try info(text, name: "a.spark", options: options).isSparse)
    options.isSparse = false
    #expect(try info("[1,2]\n", name: "a.spark", options: options).isSparse == false)
  }

  @Test func `bad rows are left out of sparse rows, too`() throws {
    let texts = [
      ("a.svm", "1 1:2 3:nan\n1 2:1\n1 3:1 2:1\n0 1:x\n4\n1 3:1e999\n2 3:4\n"),
      ("a.svm", "1 1:2\n1 2:1\n5 1:1:1\n0 3:?\n2 3:4\n"),
      ("a.spark", "(3,[0],[2])\n(3,[1,2],[1])\n(4,[1],[1])\n[1,nan,0]\n(3,[2,1],[1,1])\n[0,0,5]\n"),
    ]
    for (name, text) in texts {
      for skipsZeroRows in [false, true] {
        try expectSameRows(
          Array(text.utf8), name: name,
          options: ReadingOptions(dimension: 3, onInvalid: .skip, skipsZeroRows: skipsZeroRows))
      }
    }
    let (name, text) = texts[0]
    let rows = try sparseRows(
      text, name: name, options: ReadingOptions(dimension: 3, onInvalid: .skip))
    #expect(try arrays(rows) == [[0, 1, 0], [0, 0, 0], [0, 0, 4]])
  }

  @Test func `missing values become the mean of all rows`() throws {
    let text = "1 1:2 3:nan\n1 2:1\n1 1:? 3:8\n0 2:NA\n1 4:nan\n"
    try expectSameRows(
      Array(text.utf8), name: "a.svm", options: ReadingOptions(onInvalid: .mean), kinds: [.file])
    try expectSameRows(
      Array(text.utf8), name: "a.svm",
      options: ReadingOptions(dimension: 4, onInvalid: .mean, means: [1, 2, 0, 7]))
    let rows = try sparseRows(
      text, name: "a.svm", options: ReadingOptions(onInvalid: .mean))
    #expect(try arrays(rows)[2] == [0.5, 0, 8, 0])
  }

  @Test func `errors are those of dense rows, behind the rows before them`() throws {
    let texts = [
      ("a.svm", "1 1:2\n1 3:1 2:1\n"), ("a.svm", "1 1:2\n1 2:abc\n"), ("a.svm", "1 1:2\nx 2:1\n"),
      ("a.spark", "(3,[0],[2])\n(4,[1],[1])\n"), ("a.spark", "(3,[0],[2])\n(3,[1,0],[1,2])\n"),
      ("a.spark", "(3,[0],[2])\n(3,[1],[1,2])\n"),
    ]
    for (name, text) in texts {
      let expected = failure { _ = try rows(text, name: name) as [[Double]] }
      let found = failure { _ = try sparseRows(text, name: name) as SparseMatrix<Double> }
      #expect(expected != nil && found == expected)
    }
    let file = try OpenedVectorFile(
      source: MemorySource(Array("(3,[0],[2])\n(4,[1],[1])\n".utf8)), name: "a.spark"
    ).rows(as: Double.self)
    var matrix = try SparseMatrix<Double>(columns: 3)
    #expect(try file.read(into: &matrix, atMost: 9) == 1)
    #expect(matrix.values == [2])
    #expect(throws: FileError.self) { _ = try file.read(into: &matrix, atMost: 9) }
  }

  /// 3,000,000,000 columns do not fit a matrix, 2,000,000,000 do, but not with their zeros.
  @Test func `columns without end`() throws {
    let text = "1 1:2\n1 2000000000:3\n"
    let rows = try sparseRows(text, name: "a.svm", as: Float.self)
    #expect(rows.columns == 2_000_000_000 && rows.indices == [0, 1_999_999_999])
    #expect(
      failure { _ = try sparseRows("1 3000000000:1\n", name: "a.svm") as SparseMatrix<Double> }
        == malformed(
          .line(1),
          "index 3000000000 makes rows of 3000000000 values, expected at most 2147483646 of sparse "
            + "rows"))
    guard ProcessInfo.processInfo.physicalMemory < 200 << 30 else { return }
    // What was opened for sparse rows is refused where it is read dense.
    var file = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.svm", options: ReadingOptions(isSparse: true)
    ).rows(as: Float.self)
    let error = failure { _ = try Matrix(reading: &file) }
    #expect(error?.description.contains("index 2000000000 makes rows of 2000000000 values") ?? true)
  }

  @Test func `what is known before rows are read`() throws {
    let options = ReadingOptions(isSparse: true)
    let found = try info(Self.libsvm, name: "a.svm", options: options)
    #expect(found.isSparse && found.nonzeros == 7 && found.rows == 5 && found.columns == 6)
    #expect(found.density == 7.0 / 30 && !found.suitsSparse)
    let thin = try info("1 1:1\n2 50:1\n", name: "a.svm")
    #expect(thin.density == 0.02 && thin.suitsSparse)
    let dense = try info("1,2\n")
    #expect(!dense.isSparse && dense.nonzeros == nil && dense.density == nil && !dense.suitsSparse)
  }

  @Test(arguments: FuzzTests.seeds.indices) func `every format has sparse rows`(place: Int) throws {
    let (name, bytes) = FuzzTests.seeds[place]
    var options = ReadingOptions(dimension: name == "a.f32" ? 2 : 4, onInvalid: .skip)
    if bytes.first == UInt8(ascii: "#") {
      options.text = TextFormat(delimiter: .blanks, comment: CommentMark("#"))
    }
    if bytes.starts(with: Array("x;y".utf8)) { options.text.decimal = .comma }
    try expectSameRows(bytes, name: name, options: options, kinds: [.file])
  }

  @Test func `several files are one matrix`() throws {
    let folder = Folder()
    let paths = [
      try folder.write(Array("1 1:2 4:3\n1 2:1\n".utf8), to: "a.svm"),
      try folder.write(Array("(4,[3],[5])\n(4,[0],[nan])\n".utf8), to: "b.spark"),
      try folder.write(Array("0,0,7,0\n".utf8), to: "c.csv"),
      try folder.write(NumPyArchivesTests.bytes(SciPyFilesTests.csr), to: "d.npz"),
    ]
    func read(_ paths: [String]) throws -> VectorFile<Double> {
      try OpenedVectorFile(
        joining: paths, as: "all",
        reading: { _, _ in ReadingOptions(onInvalid: .skip, isSparse: true) },
        check: { _, _ in }
      ).rows(as: Double.self)
    }
    var file = try read(Array(paths[..<3]))
    let rows = try SparseMatrix(reading: &file)
    #expect(try arrays(rows) == [[2, 0, 0, 3], [0, 1, 0, 0], [0, 0, 0, 5], [0, 0, 7, 0]])
    #expect(Array(file.skippedRows) == [3])
    #expect(!file.info.isSparse && file.info.nonzeros == nil)
    var two = try read([paths[0], paths[1]])
    #expect(two.info.isSparse && two.info.nonzeros == 5)
    #expect(try SparseMatrix(reading: &two) == rows.rows([0, 1, 2]))
    #expect(
      failure { _ = try read([paths[0], paths[3]]) }
        == .malformed(
          path: paths[3], place: .wholeFile,
          problem: "rows of 5 columns, expected 4 as in \(paths[0])"))
  }
}
