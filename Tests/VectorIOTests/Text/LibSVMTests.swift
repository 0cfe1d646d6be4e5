import Foundation
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
  func isReadAsByScikitLearn(text: String, expected: [[Double]]) throws {
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
  func otherForms(text: String, expected: [[Double]]) throws {
    try expectRows(expected, of: text, name: "a.libsvm", kinds: [.file, .packed])
    try expectRows(expected, of: text, name: "a.libsvm", options: ReadingOptions(dimension: 2))
    let wide = expected.map { $0 + [0] }
    try expectRows(wide, of: text, name: "-", options: .init(format: .libsvm, dimension: 3))
  }

  @Test(arguments: [
    (
      "1 1:1\n2 1:1 1:2\n", FileError.Place.field(line: 2, column: 7),
      "index 1 after index 1, expected ascending indices"
    ),
    (
      "1 1:1 3:1 2:2\n", .field(line: 1, column: 11),
      "index 2 after index 3, expected ascending indices"
    ),
    (
      "1 1:1\na 1:1\n", .field(line: 2, column: 1),
      "expected a label (a number) or index:value, found 'a'"
    ),
    (
      "1,,2 1:1\n", .field(line: 1, column: 1),
      "expected a label (a number) or index:value, found '1,,2'"
    ),
    ("1 1:1\n2 x:1\n", .field(line: 2, column: 3), "expected index:value, found 'x:1'"),
    ("1 -1:1\n", .field(line: 1, column: 3), "expected index:value, found '-1:1'"),
    ("1 1\n", .field(line: 1, column: 3), "expected index:value, found '1'"),
    ("1 1 :2\n", .field(line: 1, column: 3), "expected index:value, found '1'"),
    ("1 1.0:2\n", .field(line: 1, column: 3), "expected index:value, found '1.0:2'"),
    ("1 :2\n", .field(line: 1, column: 3), "expected index:value, found ':2'"),
    ("1 1:\n", .field(line: 1, column: 5), "expected a number, found an empty field"),
    ("1 1: 2\n", .field(line: 1, column: 6), "expected index:value, found '2'"),
    ("1 1:1\n1 1:x\n", .field(line: 2, column: 5), "expected a number, found 'x'"),
    ("1 1:2:3\n", .field(line: 1, column: 5), "expected a number, found '2:3'"),
    ("1 1:0x10\n", .field(line: 1, column: 5), "expected a number in decimal digits, found '0x10'"),
    ("1 1:1 2:nan\n", .field(line: 1, column: 9), "expected a finite number, found 'nan'"),
    ("1 1:-inf#\n", .field(line: 1, column: 5), "expected a finite number, found '-inf'"),
    (
      "1 1:1e999\n", .field(line: 1, column: 5),
      "expected a number that a 64-bit float can hold, found '1e999'"
    ),
    ("1 1:NA\n", .field(line: 1, column: 5), "expected a number, found 'NA'"),
    ("1 qid:a 1:1\n", .field(line: 1, column: 3), "expected qid:number, found 'qid:a'"),
    ("1 1:1 qid:3\n", .field(line: 1, column: 7), "expected index:value, found 'qid:3'"),
    (
      "1 99999999999999999999:1\n", .field(line: 1, column: 3),
      "an index of 20 digits, expected at most 9223372036854775806"
    ),
    (
      "1 9223372036854775807:1\n", .field(line: 1, column: 3),
      "index 9223372036854775807, expected at most 9223372036854775806"
    ),
    (
      "1 1:1\r2 1:2\r", .line(1),
      "a carriage return without a line feed; expected lines that end in LF or CR LF"
    ),
    (
      "1 1:1 # c\r2 1:2\n3 1:1\n", .line(1),
      "a carriage return without a line feed; expected lines that end in LF or CR LF"
    ),
    ("1 1:1\n2 1:\0\n", .byte(10), "a NUL byte; expected text"),
    ("", .wholeFile, "no rows: the file is empty"),
    ("\n# c\n", .wholeFile, "no rows: the file is empty"),
    ("1\n2\n", .wholeFile, "no index:value in any line: give a dimension"),
    (
      "\u{1f}\u{8b}", .field(line: 1, column: 1),
      "expected a label (a number) or index:value, found '\\u{1f}\\u{8b}'"
    ),
  ])
  func whatIsNot(text: String, place: FileError.Place, problem: String) {
    expectError(place, problem, of: text, name: "a.libsvm")
  }

  @Test func anIndexBeyondTheDimensionIsRefused() throws {
    let options = ReadingOptions(dimension: 3)
    expectError(
      .field(line: 2, column: 3), "index 4, expected at most 3", of: "1 1:1\n2 4:1\n",
      name: "a.libsvm", options: options)
    // An index 0 anywhere makes all of them count from 0.
    expectError(
      .line(1), "index 3, expected at most 2: indices count from 0 here", of: "1 3:1\n2 0:1\n",
      name: "a.libsvm", options: options)
    try expectRows(
      [[0, 0, 1], [1, 0, 0]], of: "1 2:1\n2 0:1\n", name: "a.libsvm", options: options,
      kinds: [.file, .packed])
    for dimension in [0, -1] {
      #expect(
        failure { _ = try info("1 1:1\n", name: "a.svm", options: .init(dimension: dimension)) }
          == .unusable(
            path: "memory", problem: "a dimension of \(dimension), expected at least 1"))
    }
  }

  /// From where indices count is found out, or said: the same file means other rows then.
  @Test func indicesCountFromWhereItIsSaid() throws {
    for (text, first, expected) in [
      ("1 1:5 2:6\n", nil, [[5.0, 6]]), ("1 1:5 2:6\n", 1, [[5, 6]]),
      ("1 1:5 2:6\n", 0, [[0, 5, 6]]), ("1 0:4 2:6\n", 0, [[4, 0, 6]]),
    ] as [(String, Int?, [[Double]])] {
      try expectRows(
        expected, of: text, name: "a.svm", options: ReadingOptions(firstIndex: first),
        kinds: [.file, .packed])
      let found = try info(text, name: "a.svm", options: ReadingOptions(firstIndex: first))
      #expect(found.firstIndex == first ?? 1)
    }
    #expect(try info("1 0:1\n", name: "a.svm").firstIndex == 0)
    try expectRows(
      [[0, 5, 6]], of: "1 1:5 2:6\n", name: "a.svm",
      options: ReadingOptions(dimension: 3, firstIndex: 0), kinds: [.pipe])
    expectError(
      .field(line: 2, column: 3), "index 0, expected indices from 1", of: "1 1:5\n1 0:5\n",
      name: "a.svm", options: ReadingOptions(firstIndex: 1))
    expectError(
      .field(line: 1, column: 3), "index 3, expected at most 2", of: "1 3:5\n", name: "a.svm",
      options: ReadingOptions(dimension: 3, firstIndex: 0))
    #expect(
      failure { _ = try info("1 0:1\n", name: "a.svm", options: ReadingOptions(firstIndex: 2)) }
        == .unusable(path: "memory", problem: "indices that count from 2, expected 0 or 1"))
    // No dimension is too large to be refused.
    #expect(throws: FileError.self) {
      try info("1 1:1\n", name: "a.svm", options: .init(dimension: .max, firstIndex: 1))
    }
  }

  @Test func aPipeNeedsADimensionAndCountsFromOne() throws {
    func read(_ text: String, _ dimension: Int?) throws -> [[Double]] {
      try rows(text, name: "a.libsvm", options: .init(dimension: dimension), kind: .pipe)
    }
    #expect(
      failure { _ = try read("1 1:1\n", nil) }
        == .unusable(
          path: "memory",
          problem: "a pipe of libsvm is read once and does not say how long a row is: "
            + "give a dimension"))
    #expect(
      failure { _ = try read("1 1:1\n2 0:1\n", 2) }
        == malformed(.field(line: 2, column: 3), "index 0, expected indices from 1"))
    #expect(
      failure { _ = try read("1 1:1\n2 3:1\n", 2) }
        == malformed(.field(line: 2, column: 3), "index 3, expected at most 2"))
    #expect(failure { _ = try read("", 2) } == malformed(.wholeFile, "no rows: the file is empty"))
    let source = MemorySource(Array("1 1:1\n1 2:1\n".utf8), piece: 6, kind: .pipe)
    let file = try OpenedVectorFile(source: source, name: "a.svm", options: .init(dimension: 2))
    #expect(source.bytesRead == 6 && file.info.rows == nil)
    #expect(file.rows(as: Float.self).remainingRowsEstimate == nil)
  }

  /// What a few bytes ask for is refused before memory is taken for it.
  @Test func rowsThatDoNotFitIntoMemoryAreRefused() {
    let memory = ProcessInfo.processInfo.physicalMemory
    let limit = "\((Double(memory) / 1e9).rounded())".dropLast(2)
    var lines = Array(repeating: "1 1:2\n", count: 120)
    lines[6] = "1 3000000000:1\n"
    let places: [(String, FileError.Place, String, String)] = [
      (
        lines.joined(), .line(7), "index 3000000000 makes rows of 3000000000",
        "120 rows take 2.9 TB"
      ),
      (
        "0:1\n9000000000000000000:1\n", .line(2),
        "index 9000000000000000000 makes rows of 9000000000000000001", "2 rows take 144 EB"
      ),
    ]
    guard memory > 10 << 30, memory < 900 << 30 else { return }
    for (text, place, cause, taken) in places {
      #expect(
        failure { _ = try info(text, name: "a.svm") }
          == malformed(
            place, "\(cause) values: \(taken) as dense doubles, expected at most \(limit) GB"))
    }
    let dimension = Int(memory / 16)
    for kind in [MemorySource.Kind.file, .pipe] {
      let error = failure {
        _ =
          try rows(
            "1 1:1\n", name: "a.svm", options: .init(dimension: dimension), kind: kind)
          as [[Double]]
      }
      let text = error?.description ?? ""
      #expect(
        text.hasPrefix("memory: a dimension of \(dimension) makes rows of \(dimension) values: "))
      #expect(
        text.contains(": a row takes ") && text.contains(" as dense doubles, expected at most"))
    }
  }

  @Test func columnsArePicked() throws {
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
  @Test func everyTruncation() throws {
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

  /// A line of 16 MiB, of many values and of one.
  @Test func longLines() throws {
    let count = 1 << 20
    let many = "1 " + (1...count).map { "\($0):\($0 & 63)" }.joined(separator: " ") + "\n"
    let found = try rows(many + "2 1:1\n", name: "a.svm")
    #expect(found.count == 2 && found[0].count == count && found[1][0] == 1)
    #expect((1...count).allSatisfy { found[0][$0 - 1] == Double($0 & 63) })
    let digits = String(repeating: "3", count: 16 << 20)
    #expect(try rows("1 1:0.\(digits)\n", name: "a.svm") == [[1 / 3]])
    #expect(try rows("1 1:2 #\(digits)\n2 1:3\n", name: "a.svm") == [[2], [3]])
  }
}
