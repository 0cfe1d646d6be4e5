import KMeansFiles
import Testing
import VectorIO

/// `InvalidRows.mean`: the mean of the column in place of a missing value.
@Suite struct MissingValuesTests {
  static let options = ReadingOptions(onInvalid: .mean)

  @Test func `missing values of text become means`() throws {
    let text = "a,b\n1,NA\n,4\nnull,?\n6,\"\"\n-nan,8\n"
    let expected: [[Double]] = [[1, 6], [3.5, 4], [3.5, 6], [6, 6], [3.5, 8]]
    try expectRows(
      expected, of: text, name: "a.csv", options: Self.options, kinds: [.file, .packed])
    let opened = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.csv", options: Self.options)
    var file = opened.rows(as: Float.self)
    #expect(file.means == nil && file.filledValues == [0, 0])
    #expect(arrays(try Matrix(reading: &file)) == expected.map { $0.map { Float($0) } })
    #expect(file.means == [3.5, 6] && file.filledValues == [3, 3])
    try file.rewind()
    #expect(file.means == [3.5, 6] && file.filledValues == [0, 0])
  }

  @Test func `NaN of a binary format becomes a mean, infinity does not`() throws {
    let values: [Double] = [1, .nan, 3, 10, .nan, -.infinity]
    let array = npy(
      descr: "'<f8'", shape: "(3, 2)", data: values.flatMap { bytes($0.bitPattern) })
    #expect(
      try rows(array, name: "a.npy", options: Self.options) == [
        [1, 10], [3, 10], [2, -.infinity],
      ])
    let opened = try OpenedVectorFile(
      source: MemorySource(array), name: "a.npy", options: Self.options)
    let file = opened.rows(as: Double.self)
    // A row in the middle has the means of all.
    #expect(file.canSeek)
    try file.seek(toRow: 2)
    var row = try Matrix<Double>(reserving: 1, columns: 2)
    try row.append(atMost: 1) { try file.read(into: &$0) }
    #expect(arrays(row) == [[2, -.infinity]])
  }

  @Test func `means of another file are taken`() throws {
    var options = Self.options
    options.means = [7, -1]
    try expectRows([[7, 2], [3, -1]], of: "NA,2\n3,\n", name: "a.csv", options: options)
    options.means = [7]
    #expect(
      failure { _ = try info("1,2\n", options: options) }
        == .unusable(path: "memory", problem: "1 mean for 2 columns, expected as many, finite ones")
    )
    options.means = [7, .nan]
    #expect(failure { _ = try info("1,2\n", options: options) } != nil)
  }

  @Test func `the sum is in the order of the rows`() throws {
    // 1 is lost beside 1e16 but where it comes behind both.
    let text = "1e16\nNA\n1\n-1e16\n1\n"
    let found = try rows(text, options: Self.options, piece: 3, windowSize: 5)
    #expect(found[1] == [((1e16 + 1) - 1e16 + 1) / 4])
  }

  @Test func `other faults stay errors`() {
    for (field, expected) in [("x", "a number"), ("inf", "a finite number")] {
      expectError(
        .field(line: 3, column: 1),
        "expected \(expected) for 'a', found '\(field)'"
          + (field == "x" ? ", where 3 of 4 fields are numbers" : ""),
        of: "a\n1\n\(field)\nNA\n2\n3\n", name: "a.csv", options: Self.options)
    }
    expectError(
      .field(line: 2, column: 2), "expected a number, found an empty field", of: "1,2\n1,\n",
      name: "a.csv",
      options: ReadingOptions(auxiliary: AuxiliaryColumns(weight: "2"), onInvalid: .mean))
  }

  @Test func `a column without a value has no mean`() {
    let options = ReadingOptions(columns: .init("a,b,c"), onInvalid: .mean)
    #expect(
      failure { _ = try rows("a,b,c\n1,,\n2,NA,\n", options: options) as [[Double]] }
        == malformed(
          .wholeFile,
          "columns 'b', 'c' have no value to take a mean of: ReadingOptions.excluded b,c leaves "
            + "them out"))
  }

  @Test func `a pipe is read once`() {
    #expect(
      failure { _ = try rows("1,NA\n2,3\n", options: Self.options, kind: .pipe) as [[Double]] }
        == .unusable(
          path: "memory",
          problem:
            "the means of columns take reading twice, which a pipe does not allow: expected a "
            + "file or ReadingOptions.means"))
  }

  @Test func `what libsvm leaves out is zero`() throws {
    try expectRows(
      [[1, 0], [0, 4], [1, 2]], of: "1 1:1\n1 2:4\n1 1:1 2:nan\n", name: "a.libsvm",
      options: Self.options, kinds: [.file, .packed])
  }

  @Test func `side columns stay beside their rows`() throws {
    let found = try rowsWithAuxiliaryColumns(
      Array("k,x\na,1\nb,NA\nc,5\n".utf8), AuxiliaryColumns(key: "k"), as: Double.self,
      onInvalid: .mean)
    #expect(found.rows == [[1], [3], [5]] && found.auxiliary.keys == ["a", "b", "c"])
  }
}
