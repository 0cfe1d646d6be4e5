import KMeansFiles
import Testing
import VectorIO

/// Delimiters, comments and decimal marks: said, and found out.
@Suite struct TextFormatTests {
  static func options(
    _ delimiter: String? = nil, decimal: DecimalMark? = nil, comment: String? = nil,
    columns: ColumnSelection = .numeric
  ) -> ReadingOptions {
    ReadingOptions(
      columns: columns,
      text: TextFormat(
        delimiter: delimiter.flatMap { FieldDelimiter($0) }, decimal: decimal,
        comment: comment.flatMap { CommentMark($0) }))
  }

  @Test(
    arguments: [
      ("1|2\n3|4\n", "|"), ("1:2\n3:4\n", ":"), ("a~b\n1~2\n3~4\n", "~"), ("1\t2\n3\t4\n", "tab"),
      ("1,2\n3,4\n", "comma"), ("1;2\n3;4\n", "semicolon"), ("a/b\n1/2\n3/4", "/"),
      ("1|2\r\n3|\"4\"\r\n", "pipe"), ("1 2\n3 4\n", "space"), ("  1 \t 2  \r\n\t3\t4\n", " "),
      ("\"x y\"  b\n 1 2\n\n3 \"4\" \n", "space"), (" \t\n1 2\n3 4 \t", "space"),
    ])
  func `a delimiter that is named`(text: String, delimiter: String) throws {
    try expectRows([[1, 2], [3, 4]], of: text, name: "a.csv", options: Self.options(delimiter))
  }

  @Test func `a named delimiter wins over the extension`() throws {
    try expectRows([[1, 2]], of: "1|2\n", name: "a.tsv", options: Self.options("pipe"))
  }

  @Test func `a field may be missing beside blanks by a word alone`() throws {
    var options = Self.options("space")
    options.onInvalid = .skip
    try expectRows([[1, 2]], of: "1 2\nNA 3\n", name: "a.csv", options: options, skipping: [1])
    expectError(
      .line(2), "1 field, expected 2 as in line 1", of: "1 2\n 3\n", name: "a.csv",
      options: Self.options("space"))
    expectError(
      .field(line: 2, column: 2), "expected a delimiter after the closing quote",
      of: "1 2\n3   \"4\"5\n", name: "a.csv", options: Self.options("space"))
  }

  @Test(
    arguments: [
      ("# c\n1,2\n3,4\n", "#"), ("1,2\n# c\n3,4\n  # d, \"e\n", "#"),
      ("%\n%%,\nx,y\n% a\n1,2\n3,4", "%"),
      ("\n# c\n \n\u{23}\r\n1,2\r\n#\r\n\r\n3,4\r\n", "#"), ("!a\"\n1,2\n!\"b\n3,4\n", "!"),
      ("# 1,2\n1,2\n3,4\n#", "#"), ("\u{feff}# a\n1,2\n3,4\n", "#"),
    ])
  func `comments are passed over`(text: String, comment: String) throws {
    try expectRows(
      [[1, 2], [3, 4]], of: text, name: "a.csv", options: Self.options(comment: comment))
  }

  @Test func `a mark within a record is none`() throws {
    try expectRows(
      [[1], [2]], of: "x,t\n1,#a\n2,\"b\n# c\"\n", name: "a.csv",
      options: Self.options(comment: "#"))
  }

  @Test func `lines keep their numbers`() {
    expectError(
      .field(line: 5, column: 2),
      "expected a number for 'b', found 'x', where 2 of 3 fields are numbers",
      of: "# c\n\na,b\n1,2\n# d\n".replacing("# d\n", with: "3,x\n5,6\n"),
      name: "a.csv", options: Self.options(comment: "#"))
    expectError(
      .line(6), "1 field, expected 2 as in line 3", of: "# c\n# d\n1,2\n#\n3,4\n5\n", name: "a.csv",
      options: Self.options(comment: "#"))
  }

  @Test func `blank lines of one column stay rows beside comments`() throws {
    var options = Self.options(comment: "#")
    options.onInvalid = .skip
    // Those above the last comment before the first row are none.
    let text = "\n# a\n\n1\n\n# b\n\n2\n# c\n\n"
    try expectRows([[1], [2]], of: text, name: "a.csv", options: options, skipping: [0, 2, 3])
    options.onInvalid = .error
    for (text, line) in [("1\n\n# b\n2\n3\n4\n", 2), ("1\n# b\n#\n\n2\n3\n", 4)] {
      expectError(
        .field(line: line, column: 1), "expected a number, found an empty field", of: text,
        name: "a.csv", options: options)
    }
  }

  @Test(
    arguments: [
      ("1,5;2\n-3;4,25e1\n", nil), ("a;b\n1,5;2,\n-3;42,5\n", nil), ("1,5\t2\n-3\t42,5\n", nil),
      ("1,5|2\n-3|42,5\n", nil), ("1,5 2\n-3 42,5\n", nil), ("1,5:2\n-3:42,5\n", ":"),
      ("\"1,5\";2\n-3;\"42,5\"\n", nil),
    ] as [(String, String?)])
  func `decimal commas`(text: String, delimiter: String?) throws {
    try expectRows(
      [[1.5, 2], [-3, 42.5]], of: text, name: "a.csv",
      options: Self.options(delimiter, decimal: .comma))
  }

  @Test func `decimal commas in one column`() throws {
    try expectRows(
      [[1.5], [0.1]], of: "x\n1,5\n0,1\n", name: "a.csv", options: Self.options(decimal: .comma))
    let long = String(repeating: "1", count: 30) + "," + String(repeating: "7", count: 1200)
    #expect(
      try rows("\(long);1\n", options: Self.options(decimal: .comma))
        == [[Double(long.replacing(",", with: "."))!, 1]])
  }

  @Test func `points group no digits`() {
    let expected = "expected a number with a decimal comma and no points between digits"
    for field in ["1.234", "1.234,5", "1.5"] {
      expectError(
        .field(line: 1, column: 2), "\(expected), found '\(field)'", of: "1;\(field)\n2;\(field)\n",
        name: "a.csv", options: Self.options(decimal: .comma))
    }
    expectError(
      .field(line: 3, column: 1),
      "\(expected) for 'a', found '1.5', where 2 of 3 fields are numbers", of: "a\n1,5\n1.5\n2\n",
      name: "a.csv", options: Self.options(decimal: .comma))
  }

  @Test func `side columns have the same marks`() throws {
    var options = Self.options(decimal: .comma)
    options.auxiliary = AuxiliaryColumns(time: "t", weight: "w", key: "k")
    let opened = try OpenedVectorFile(
      source: MemorySource(Array("t;w;k;x\n1,5;0,5;a,b;2,5\n".utf8)), name: "a.csv",
      options: options)
    var file = opened.rows(as: Double.self)
    #expect(arrays(try Matrix(reading: &file)) == [[2.5]])
    let values = file.takeAuxiliaryValues()
    #expect(values.times == [1.5] && values.weights == [0.5] && values.keys == ["a,b"])
  }

  @Test func `what does not go together`() {
    #expect(
      failure { _ = try info("1;2\n", options: Self.options(";", comment: ";")) }
        == .unusable(
          path: "memory",
          problem: "';' stands between fields: expected another TextFormat.comment"))
    #expect(
      failure { _ = try info("1,2\n", options: Self.options(",", decimal: .comma)) }
        == .unusable(
          path: "memory",
          problem: "a comma as decimal mark and between fields: expected another "
            + "TextFormat.delimiter or TextFormat.decimal"))
    #expect(
      failure { _ = try info("[1,2]\n", name: "a.spark", options: Self.options(comment: "#")) }
        == .unusable(
          path: "memory", problem: "ReadingOptions.text is for csv and tsv, found spark"))
  }

  @Test func `marks as they are typed`() {
    for text in ["a", "5", "\"", "'", "+", "-", ".", "ab", "", "é", "\n", "\0", "tabs"] {
      #expect(FieldDelimiter(text) == nil && CommentMark(text) == nil, "\(text)")
    }
    for (text, name) in [
      (",", ","), ("comma", ","), (";", "semicolon"), ("\t", "tab"), ("|", "pipe"),
      (" ", "space"), (":", ":"), ("#", "#"), ("\\", "\\"),
    ] {
      let delimiter = FieldDelimiter(text)
      #expect(delimiter?.text == name && FieldDelimiter(name) == delimiter)
    }
    #expect(CommentMark("%")?.text == "%" && CommentMark(" ") == nil && CommentMark("\t") == nil)
  }

  @Test func `one column of a text`() throws {
    let text = "k|x\n% c\na b|1\nc|2\n"
    let column = try TextColumn(
      "k", source: MemorySource(Array(text.utf8)), name: "a.csv",
      options: Self.options("|", comment: "%"))
    #expect(column.values == ["a b", "c"])
    // The only column of a text may hold anything.
    for text in ["a|b\nc|d\n", "1 2\n3 4\n"] {
      let column = try TextColumn(nil, source: MemorySource(Array(text.utf8)), name: "a.csv")
      #expect(column.values == text.split(separator: "\n").map(String.init))
    }
  }
}

/// Delimiters that the first lines tell.
@Suite struct DelimiterSearchTests {
  @Test(
    arguments: ["1|2\n3|4\n", "a|b\n1|2\n3|4\n", "a b|\"c|d\"\n1|2\n3|4\n", "1|2\n\n3|4"])
  func `vertical bars`(text: String) throws {
    try expectRows([[1, 2], [3, 4]], of: text, name: "a.csv")
    #expect(try info(text).remarks == [])
  }

  @Test(arguments: ["1 2\n3 4\n", "a b\n1 2\n3 4\n", " 1  2\n3 \t4 \n", "1 2\r\n3 4"])
  func `blanks between numbers`(text: String) throws {
    try expectRows([[1, 2], [3, 4]], of: text, name: "a.csv")
    #expect(
      try info(text).remarks == [
        "numbers with blanks between them: blanks are taken for delimiters"
      ])
  }

  /// Whatever read before is read as before.
  @Test(
    arguments: [
      ("a|b\n1\n2\n", [[1], [2]]), ("first name\n1\n2\n", [[1], [2]]), ("1 \n2 \n", [[1], [2]]),
      ("a b,c|d\n1,2\n", [[1, 2]]), ("1;2\n3;4\n", [[1, 2], [3, 4]]), ("a|b,c\n1|2,3\n", [[3]]),
      ("x y\tz\n1\t2\n", [[1, 2]]), ("\"a b\"\n1\n", [[1]]),
    ] as [(String, [[Double]])])
  func `other delimiters come first`(text: String, expected: [[Double]]) throws {
    try expectRows(expected, of: text, name: "a.csv")
  }

  @Test(
    arguments: [
      ("a|b\n1|2|3\n", "a|b"), ("1 2\n3 x\n", "1 2"), ("a|b\nc;1\n", "a|b"),
    ])
  func `what is ambiguous is told`(text: String, line: String) {
    #expect(
      failure { _ = try info(text) }
        == malformed(
          .wholeFile,
          "no column of numbers in the first 2 records: expected commas, semicolons or tabs between "
            + "fields, and line 1 is '\(line)'"))
  }

  /// Rows of a pipe are taken as they come, so one of numbers tells the delimiter.
  @Test(arguments: ["1|2\n", "1 2\n"])
  func `a pipe is not asked for more than one row`(text: String) throws {
    let source = MemorySource(Array(text.utf8) + Array("3".utf8), piece: 4, kind: .pipe)
    let opened = try OpenedVectorFile(
      source: source, name: "-", options: ReadingOptions(awaitsSample: false))
    #expect(opened.info.columns == 2 && source.bytesRead == 4)
  }
}
