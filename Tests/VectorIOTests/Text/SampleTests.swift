import KMeansFiles
import Testing
import VectorIO

/// What decides which columns hold numbers: the first 1,000 records, from any source.
@Suite struct SampleTests {
  /// A column of numbers with one text, in a line.
  private func text(line: Int) -> String {
    "a,b,c\n" + (2...2500).map { $0 == line ? "4,None,6\n" : "1,2,3\n" }.joined()
  }

  @Test func `a text among numbers is named`() throws {
    let error = malformed(
      .field(line: 501, column: 2),
      "expected a number for 'b', found 'None', where 998 of 999 fields are numbers")
    for kind in [MemorySource.Kind.file, .pipe, .packed] {
      for piece in [Int.max, 7, 1000] {
        let found = failure {
          _ = try rows(text(line: 501), kind: kind, piece: piece) as [[Double]]
        }
        #expect(found == error)
      }
    }
    // The first of several.
    #expect(
      failure { _ = try info("x,y\n1,2\n2,q\np,3\n4,5\n5,6\n") }
        == malformed(
          .field(line: 3, column: 2),
          "expected a number for 'y', found 'q', where 4 of 5 fields are numbers"))
  }

  @Test func `behind the sample it is named when it is read`() throws {
    let found = failure { _ = try rows(text(line: 1501)) as [[Double]] }
    #expect(
      found
        == malformed(.field(line: 1501, column: 2), "expected a number for 'b', found 'None'"))
  }

  @Test func `rows with it are left out where asked`() throws {
    for line in [2, 501, 1501] {
      for kind in [MemorySource.Kind.file, .pipe] {
        let source = MemorySource(Array(text(line: line).utf8), piece: 100, kind: kind)
        var file = try OpenedVectorFile(
          source: source, name: "a.csv", options: ReadingOptions(onInvalid: .skip)
        ).rows(as: Double.self)
        #expect(try Matrix(reading: &file).rows == 2498 && file.columns == 3)
        #expect(Array(file.skippedRows) == [line - 2])
      }
    }
  }

  /// Columns of text, and of as much text as numbers, are left out as ever; so are columns that are
  /// none of the rows.
  @Test func `text is left out`() throws {
    #expect(try info("a,b\n1,x\n2,3\n").chosenColumns.map(\.number) == [1])
    let text = "t,x\n1,1\nsoon,2\n3,3\n"
    #expect(throws: FileError.self) { try info(text) }
    #expect(try info(text, options: .init(leavingOut: "t")).chosenColumns.map(\.number) == [2])
    #expect(
      try info(text, options: .init(auxiliary: AuxiliaryColumns(key: "t"))).chosenColumns.map(
        \.number)
        == [2])
    #expect(try info(text, options: .init(columns: .init("x"))).chosenColumns.map(\.number) == [2])
  }

  @Test func `empty columns are named`() throws {
    let rows = (0..<1000).map { "\($0),\n" }.joined()
    let found = try info("a,b\n" + rows + "1,2\n")
    #expect(
      found.remarks == [
        "1 of 2 columns is numeric: 'a'",
        "column 'b' has no number in the first 999 rows: left out",
      ])
    #expect(
      try info("1,,\n2,,\n").remarks.last
        == "columns 2-3 have no number in the first 2 rows: left out")
  }

  /// Where the sample is not awaited, the columns are those of the first row all the same, however
  /// many records have come with it.
  @Test func `a pipe that is not awaited decides by its first row`() throws {
    let options = ReadingOptions(awaitsSample: false)
    for piece in [1, 9, 100_000] {
      for (text, columns) in [
        ("1,2\nx,3\n", 2), ("a,b\n1,2\n3,x\n", 2), ("a,b\n1,\n2,x\n3,4\n", 1),
        ("a,b\n1,\n2,5\nx,4\n", 2), ("1,NA\n2,3\nx,4\n", 2),
      ] {
        let source = MemorySource(Array(text.utf8), piece: piece, kind: .pipe)
        let file = try OpenedVectorFile(source: source, name: "-", options: options)
        #expect(file.info.columns == columns, "\(text) in pieces of \(piece)")
      }
    }
    // Columns that are listed need no second record.
    let listed = ReadingOptions(columns: .init("b"), awaitsSample: false)
    let source = MemorySource(Array("a,b\n1,2\n3,4\n".utf8), piece: 4, kind: .pipe)
    let file = try OpenedVectorFile(source: source, name: "-", options: listed)
    #expect(file.info.columns == 1 && source.bytesRead == 8)
  }

  @Test(
    arguments: [
      (
        "1 2\n3 x\n",
        ": expected commas, semicolons or tabs between fields, and line 1 is '1 2'"
      ),
      (
        "a|b\n1|2|3\n",
        ": expected commas, semicolons or tabs between fields, and line 1 is 'a|b'"
      ),
      ("# c\n# d\n", ": line 1 begins with #: TextFormat.comment passes such lines over"),
      (
        "[1]\n[3]\n",
        ": line 1 begins with '[', as the vectors of Spark do, which ReadingOptions.format spark reads"
      ),
      ("a,b\nnan,NA\n", ": some columns hold nothing but missing numbers"), ("a,b\nc,d\n", ""),
    ])
  func `what is no table of numbers`(text: String, reason: String) {
    #expect(
      failure { _ = try info(text) }
        == malformed(.wholeFile, "no column of numbers in the first 2 records" + reason))
  }

  /// The first and the last value would be lost with their brackets, and a sparse vector's indices
  /// taken for values.
  @Test(arguments: ["[1.0,2.0,3.0,4.0]", "(7.0,[1,2,3])", "(-1,(6,[0,1],[2.5,3]))"])
  func `vectors of Spark are no fields`(line: String) throws {
    let text = "\n\(line)\n\(line)\n"
    #expect(
      failure { _ = try info(text) }
        == malformed(
          .line(2),
          "it begins with '\(line.first!)', as the vectors of Spark do, which "
            + "ReadingOptions.format spark reads; ReadingOptions.format csv reads it as fields"))
    #expect(try info("(a),1,(b)\n(c),2,(d)\n").columns == 1)
  }

  @Test func `comments and commas in the wrong place are named`() {
    #expect(
      failure { _ = try info("# c\n1,2\n") }
        == malformed(
          .line(2),
          "2 fields, expected 1 as in line 1, which begins with #: TextFormat.comment passes such "
            + "lines over"))
    #expect(
      failure { _ = try info("1,2\n3,4\n", name: "a.tsv") }
        == malformed(
          .field(line: 1, column: 1),
          "expected a number with a decimal point, found '1,2'; where commas stand between fields, "
            + "ReadingOptions.format csv reads it"))
  }
}
