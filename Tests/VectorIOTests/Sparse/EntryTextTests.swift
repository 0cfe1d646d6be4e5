import KMeansFiles
import Testing
import VectorIO

/// Matrix Market and counts of words: entries in any order, and what is wrong with them.
@Suite struct EntryTextTests {
  static let header = "%%MatrixMarket matrix coordinate real general\n"
  static let expected: [[Double]] = [[0, 2.5, 0, 0, -1], [0, 0, 0, 0, 0], [7, 0, 0, 0.25, 3]]
  /// As `scipy.io.mmwrite` writes a `coo_matrix` and a `csc_matrix`, and with an entry in two
  /// parts.
  static let texts = [
    header + "%\n3 5 5\n1 2 2.5\n1 5 -1\n3 1 7\n3 4 2.5E-1\n3 5 3\n",
    header + "%\n3 5 5\n3 1 7\n1 2 2.5\n3 4 2.5E-1\n1 5 -1\n3 5 3\n",
    header + "% c\r\n\n 3\t5  6 \r\n3 1 4\r\n3 5 3\n% d\n1 5 -1 \n1 2 2.5\n3 4 .25\n3 1 3",
  ]

  @Test(arguments: texts.indices, [MemorySource.Kind.file, .packed])
  func `entries in any order`(place: Int, kind: MemorySource.Kind) throws {
    let text = Self.texts[place]
    #expect(try rows(text, name: "a.mtx", kind: kind) == Self.expected)
    #expect(try arrays(sparseRows(text, name: "-", kind: kind)) == Self.expected)
    try expectSameRows(Array(text.utf8), name: "a.mtx", kinds: [kind])
    try expectSameRows(
      Array(text.utf8), name: "a.mtx", options: ReadingOptions(columns: .listed(["5", "1"])),
      kinds: [kind])
    try expectSameRows(gzipMember(Array(text.utf8)), name: "a.mtx.gz", kinds: [.file])
  }

  @Test func `a pipe gives rows that ascend as they come`() throws {
    #expect(try arrays(sparseRows(Self.texts[0], name: "-", kind: .pipe)) == Self.expected)
    #expect(
      failure { _ = try sparseRows(Self.texts[1], name: "-", kind: .pipe) as SparseMatrix<Double> }
        == .unusable(
          path: "memory",
          problem: "row 1 after row 3 (rows count from 1): rows that come by a pipe must ascend, "
            + "expected a file"))
  }

  @Test func `patterns, whole numbers and symmetric matrices`() throws {
    func read(_ kind: String, _ entries: String) throws -> [[Double]] {
      try arrays(
        sparseRows("%%MatrixMarket matrix coordinate \(kind)\n\(entries)", name: "a.mtx"))
    }
    #expect(try read("pattern general", "2 2 2\n1 2\n2 1\n") == [[0, 1], [1, 0]])
    #expect(try read("integer general", "1 3 1\n1 3 -4\n") == [[0, 0, -4]])
    #expect(try read("REAL Symmetric", "2 2 2\n1 1 5\n2 1 3\n") == [[5, 3], [3, 0]])
    #expect(try read("real skew-symmetric", "2 2 1\n2 1 3\n") == [[0, -3], [3, 0]])
    #expect(try read("pattern symmetric", "3 3 1\n3 2\n") == [[0, 0, 0], [0, 0, 1], [0, 1, 0]])
    #expect(try read("real general", "0 3 0\n") == [])
    #expect(try read("real general", "2 1 0\n") == [[0], [0]])
  }

  static let docword = "3\n5\n4\n1 2 2\n1 5 1\n3 1 7\n3 4 25\n"

  @Test func `counts of words`() throws {
    let expected: [[Double]] = [[0, 2, 0, 0, 1], [0, 0, 0, 0, 0], [7, 0, 0, 25, 0]]
    for name in ["docword.nips.txt", "/x.y/DOCWORD.a.b.TXT", "a.docword"] {
      #expect(VectorFormat(path: name) == .docword)
      #expect(try rows(Self.docword, name: name) == expected)
    }
    for name in ["docword.txt2", "docwords.a.txt", "docword.nips.txt/a"] {
      #expect(VectorFormat(path: name) == nil)
    }
    #expect(
      try rows(gzipMember(Array(Self.docword.utf8)), name: "docword.nips.txt.gz") == expected)
    let found = try info(Self.docword, name: "docword.nips.txt")
    #expect(found.rows == 3 && found.columns == 5 && found.nonzeros == 4 && found.isSparse)
    try expectSameRows(
      Array(Self.docword.utf8), name: "docword.nips.txt", kinds: [.file, .pipe, .packed])
  }

  static let faults: [(String, FileError.Place, String)] = [
    ("3 5 1\n0 2 1\n", .field(line: 3, column: 1), "row 0, expected 1 to 3"),
    ("3 5 1\n4 2 1\n", .field(line: 3, column: 1), "row 4, expected 1 to 3"),
    ("3 5 1\n1 6 1\n", .field(line: 3, column: 3), "column 6, expected 1 to 5"),
    ("3 5 1\n-1 2 1\n", .field(line: 3, column: 1), "expected a row number, found '-1'"),
    ("3 5 1\n1 2.0 1\n", .field(line: 3, column: 3), "expected a column number, found '2.0'"),
    (
      "3 5 1\n1\n", .field(line: 3, column: 2),
      "expected a column number, found the end of the line"
    ),
    ("3 5 1\n1 2 1 1\n", .field(line: 3, column: 7), "expected the end of the line, found '1'"),
    ("3 5 2\n1 2 1\n", .wholeFile, "the file ends after 1 entry, expected 2 as in line 2"),
    ("3 5 1\n1 2 1\n1 3 1\n", .line(4), "more than the 1 entry that line 2 promises"),
    (
      "3 5\n", .field(line: 2, column: 4),
      "expected the number of entries, found the end of the line"
    ),
    ("3 5 1 1\n", .field(line: 2, column: 7), "expected the end of the line, found '1'"),
    ("", .wholeFile, "the file ends before the line of the numbers of rows, columns and entries"),
    ("3 0 0\n", .line(2), "0 columns, expected 1 to 2147483646"),
    ("3 2147483648 0\n", .line(2), "2147483648 columns, expected 1 to 2147483646"),
    (
      "3 5 1152921504606846976\n1 2 1\n", .line(2),
      "1152921504606846976 entries, more than a file of 76 bytes holds"
    ),
    (
      "3 5 2147483648\n1 2 1\n", .line(2), "2147483648 entries, more than a file of 67 bytes holds"
    ),
  ]

  @Test(arguments: faults.indices) func `what is wrong with a matrix`(place: Int) {
    let (text, where_, problem) = Self.faults[place]
    let error = failure {
      _ = try sparseRows(Self.header + text, name: "a.mtx") as SparseMatrix<Double>
    }
    #expect(error == malformed(where_, problem))
  }

  @Test func `values that are no finite numbers`() throws {
    let text = Self.header + "3 2 3\n1 1 5\n2 2 nan\n3 1 x\n"
    let error = failure { _ = try sparseRows(text, name: "a.mtx") as SparseMatrix<Double> }
    guard case .malformed(_, .field(line: 4, column: 5), let problem)? = error else {
      Issue.record("\(error?.description ?? "no error")")
      return
    }
    #expect(problem.contains("nan"))
    try expectSameRows(
      Array(text.utf8), name: "a.mtx", options: ReadingOptions(onInvalid: .skip), kinds: [.file])
    let rows = try sparseRows(text, name: "a.mtx", options: ReadingOptions(onInvalid: .skip))
    #expect(try arrays(rows) == [[5, 0]])
  }

  @Test func `what is no matrix of entries`() {
    func problem(_ line: String) -> FileError? {
      failure { _ = try info(line + "\n2 2 0\n", name: "a.mtx") }
    }
    let expected = "expected '%%MatrixMarket matrix coordinate real general', found "
    #expect(problem("1 2 3") == malformed(.line(1), expected + "'1 2 3'"))
    #expect(
      problem("%%MatrixMarket matrix array real general")
        == malformed(
          .line(1),
          "a matrix of the kind 'array', expected coordinate; scipy.io.mmread reads it, and "
            + "numpy.save writes npy"))
    #expect(
      problem("%%MatrixMarket matrix coordinate complex general")
        == malformed(.line(1), "values of the kind 'complex', expected real, integer or pattern"))
    #expect(
      problem("%%MatrixMarket matrix coordinate real hermitian")
        == malformed(
          .line(1), "a matrix that is 'hermitian', expected general, symmetric or skew-symmetric"))
    #expect(
      failure {
        _ = try info("%%MatrixMarket matrix coordinate real symmetric\n2 3 0\n", name: "a.mtx")
      }
        == malformed(.line(2), "a symmetric matrix of 2 x 3, expected as many columns as rows"))
    #expect(
      failure { _ = try info("", name: "a.mtx") }
        == malformed(
          .wholeFile, "the file is empty, expected '%%MatrixMarket matrix coordinate ...'"))
    #expect(
      failure { _ = try info("3\n5\n", name: "docword.a.txt") }
        == malformed(.wholeFile, "the file ends before the number of entries"))
    #expect(
      failure { _ = try info("3\nx\n", name: "docword.a.txt") }
        == malformed(.field(line: 2, column: 1), "expected the number of words, found 'x'"))
  }

  /// A pipe proves nothing: memory grows with what comes.
  @Test func `a pipe that promises more than it has`() {
    for entries in [1 << 31, 1 << 60] {
      let text = Self.header + "3 5 \(entries)\n1 2 1\n"
      for kind in [MemorySource.Kind.pipe, .packed] {
        #expect(
          failure { _ = try sparseRows(text, name: "-", kind: kind) as SparseMatrix<Double> }
            == malformed(
              .wholeFile, "the file ends after 1 entry, expected \(entries) as in line 2"))
      }
    }
    let rows = failure {
      _ =
        try sparseRows(
          Self.header + "\(1 << 60) 5 1\n1 2 1\n", name: "-", kind: .pipe) as SparseMatrix<Double>
    }
    #expect(rows?.description.contains("rows of a sparse matrix begin") == true)
  }
}
