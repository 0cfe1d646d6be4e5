import KMeansFiles
import Testing
import VectorIO

/// From where indices count, and how far they may.
@Suite struct LibSVMIndexTests {
  @Test func `an index beyond the dimension is refused`() throws {
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
  @Test func `indices count from where it is said`() throws {
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

  @Test func `a pipe needs a dimension and counts from one`() throws {
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
}
