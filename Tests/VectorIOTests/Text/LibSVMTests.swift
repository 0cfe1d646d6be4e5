import KMeansFiles
import Testing
import VectorIO

@Suite struct LibSVMTests {
  /// The rows are what scikit-learn 1.9.1 reads:
  /// `load_svmlight_file(io.BytesIO(text))[0].toarray()`, with `multilabel=True` for the last two.
  @Test(arguments: [
    (
      "# made by hand\n1 1:0.5 3:-2\n-1 2:1e-3 # a comment\n\n+1\n0 qid:7 1:1 2:2 4:4\n",
      [[0.5, 0, -2, 0], [0, 0.001, 0, 0], [0, 0, 0, 0], [1, 2, 0, 4]]
    ),
    ("1 0:1 2:3\n2 1:5\n", [[1, 0, 3], [0, 5, 0]]),
    ("1 1:1\r\n2\t2:2 \r\n 3 3:3", [[1, 0, 0], [0, 2, 0], [0, 0, 3]]),
    ("1   1:1  2:2\t3:3 #x 9:9\n2 3:0.1\n", [[1, 2, 3], [0, 0, 0.1]]),
    ("1 1:1#c\n2 2:7#\n", [[1, 0], [0, 7]]),
    ("1,2 1:1 2:2\n3 3:3\n 2:4\n", [[1, 2, 0], [0, 0, 3], [0, 4, 0]]),
  ])
  func `is read as by scikit-learn`(text: String, expected: [[Double]]) throws {
    try expectRows(expected, of: text, name: "a.libsvm", kinds: [.file, .packed])
    let info = try info(text, name: "a.svm")
    #expect(info.format == .libsvm && info.precision == .double && info.valueType == "text")
    #expect(info.rows == expected.count && info.fileColumns == expected[0].count)
  }

  @Test(arguments: [
    // Without labels, as data for clustering often come.
    ("1:1 2:2\n2:3\n", [[1, 2], [0, 3]]), ("qid:3 1:1 2:2\n", [[1, 2]]),
    ("\u{feff}1 1:1 2:2\n", [[1, 2]]), ("1 2:-0\n", [[0, -0.0]]),
    ("1 1:1 2:2\r\n\n# c\n  \t\n2 2:3\n\r\n", [[1, 2], [0, 3]]),
    ("nan 2:1\n? 1:2\nNA 2:3\n", [[0, 1], [2, 0], [0, 3]]),
    ("1 002:1e2\n", [[0, 100]]), ("1 1:+.5 2:5.\n", [[0.5, 5]]),
  ])
  func `other forms`(text: String, expected: [[Double]]) throws {
    try expectRows(expected, of: text, name: "a.libsvm", kinds: [.file, .packed])
    try expectRows(expected, of: text, name: "a.libsvm", options: ReadingOptions(dimension: 2))
    let wide = expected.map { $0 + [0] }
    try expectRows(wide, of: text, name: "-", options: .init(format: .libsvm, dimension: 3))
  }

  @Test func `columns are picked`() throws {
    let text = "1 1:1 2:2 3:3\n2 3:4\n"
    for (selection, expected) in [("3,1", [[3.0, 1], [4, 0]]), ("2-3", [[2, 3], [0, 4]])] {
      try expectRows(
        expected, of: text, name: "a.libsvm", options: .init(columns: ColumnSelection(selection)),
        kinds: [.file, .packed])
    }
    #expect(
      failure { _ = try info(text, name: "a.svm", options: .init(columns: .init("4"))) }
        == .unusable(path: "memory", problem: "there is no column 4, the columns are 1-3"))
  }

  /// A file that is cut off is read as far as it goes or refused at its end.
  @Test func `every truncation`() throws {
    let bytes = Array("1 1:0.5 3:-2 # c\n-1 qid:3 2:1e-3\n0 1:1 2:2 4:44".utf8)
    for length in 0..<bytes.count {
      do {
        let found: [[Double]] = try rows(Array(bytes[..<length]), name: "a.svm")
        #expect((1...3).contains(found.count))
        if length > 8 { #expect(found[0][0] == 0.5) }
      } catch {
        let refusal = try #require(error as? FileError)
        guard case .malformed(_, let place, _) = refusal else {
          Issue.record("\(refusal)")
          continue
        }
        let line = bytes[..<length].count { $0 == UInt8(ascii: "\n") } + 1
        if case .field(let found, _) = place { #expect(found == line) }
      }
    }
  }
}
