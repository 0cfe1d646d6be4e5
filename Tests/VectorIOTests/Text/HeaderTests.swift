import KMeansFiles
import Testing
import VectorIO

/// Whether a first record is taken for names or for a row: never for either in silence where it may
/// be both.
@Suite struct HeaderTests {
  @Test(
    arguments: [
      // No number: names, where they stand over numbers.
      ("None\n3\n4\n", ["None"]), ("a,-\n1,2\n3,4\n", ["a", "-"]), (",b\n0,2\n1,3\n", ["", "b"]),
      ("NA,b\n0,2\n1,3\n", ["NA", "b"]), ("name,x\np,1\nq,\nr,2\n", ["name", "x"]),
      // No text: a row, for words that stand for a missing number are no names.
      ("0,1,2\n3,4,5\n", nil), ("NA,?\n1,2\n", nil), ("nan,null\n1,2\n", nil),
      (",\n1,2\n", nil), ("inf,NA\n1,2\n", nil),
      // Text over text: a row.
      ("5.1,setosa\n4.9,setosa\n", nil), ("x,1,2\ny,3,4\n", nil),
      // A number with a decimal comma is none of the names.
      ("1;\"2,5\"\n3;4\n5;6\n7;8\n", nil),
    ] as [(String, [String]?)])
  func `is found out`(text: String, names: [String]?) throws {
    let options = ReadingOptions(onInvalid: .skip)
    for (header, expected) in [
      (HeaderRow.auto, names), (.no, nil),
      (.yes, try info(text, options: .init(header: .yes, onInvalid: .skip)).columnNames),
    ] {
      var options = options
      options.header = header
      #expect(try info(text, options: options).columnNames == expected)
    }
  }

  @Test(
    arguments: [
      "None,1\n3,4\n5,6\n", "\"1,234.56\",2\n1,2\n3,4\n", "1.2.3,2\n1,2\n3,4\n", "-,2\n1,2\n3,4\n",
      "$1.50,2\n1,2\n3,4\n", "1,2\"\n1,2\n3,4\n", " \"1\",2\n1,2\n3,4\n", "\u{2212}1,2\n1,2\n3,4\n",
      // One stray text below does not make it a column of text.
      "None,1\n3,4\n5,6\n6,6\nx,7\n",
    ])
  func `names or row is asked`(text: String) throws {
    for onInvalid in InvalidRows.allCases {
      let error = failure { _ = try info(text, options: .init(onInvalid: onInvalid)) }
      guard case .malformed(_, .line(1), let problem)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(problem.contains("it may hold names or be a row"))
      #expect(problem.contains("ReadingOptions.header"))
    }
    let lines = text.split(separator: "\n").count
    let no = ReadingOptions(header: .no, onInvalid: .skip)
    var file = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.csv", options: no
    ).rows(as: Double.self)
    let read = try Matrix(reading: &file).rows
    #expect(read + file.skippedRows.count == lines && Array(file.skippedRows).first == 0)
    let yes = ReadingOptions(header: .yes, onInvalid: .skip)
    #expect(try rows(text, options: yes).count == read)
    // A name that is asked for says it, too.
    if text.hasPrefix("None") {
      let named = ReadingOptions(columns: .init("None"), onInvalid: .skip)
      #expect(try info(text, options: named).columnNames == ["None", "1"])
    }
  }

  @Test func `a first record of text and numbers is said to be a row`() throws {
    let words =
      "line 1, of text and numbers, is taken for a row (ReadingOptions.header takes it for names)"
    #expect(
      try info("5.1,setosa\n4.9,setosa\n").remarks == ["1 of 2 columns is numeric: 1", words])
    #expect(try info("1,x,3\n").remarks.last == words)
    #expect(try info("a,b\n1,2\n").remarks == [])
    // Columns that are asked for by number need no such remark.
    #expect(
      try info("5,setosa\n4,setosa\n", options: .init(columns: .init("1"))).remarks
        == ["1 of 2 columns is selected: 1"])
  }

  /// What pandas writes for columns without names.
  @Test(
    arguments: [
      ("0,1,2\n5,6,7\n", "0,1,2"), ("0,1\n0.5,0.25\n", "0,1"), ("2010,2011\n1.5,2\n", "2010,2011"),
      (",0,1\n0,1.5,2\n", ",0,1"), ("0,1,2,3\n5,6,7,8\n", "0,1,2,..."), ("1,2\n3,4\n", nil),
      ("0\n1.5\n", nil), ("0,2,4\n1,3,5\n", nil), ("0,1,2\n", nil),
      ("9223372036854775806,9223372036854775807,0\n1,2,3\n", nil),
    ] as [(String, String?)])
  func `a row that looks like names is named`(text: String, shown: String?) throws {
    let found = try info(text, options: ReadingOptions(onInvalid: .skip))
    #expect(found.columnNames == nil)
    #expect(
      found.remarks
        == (shown.map {
          [
            "line 1 looks like names (\($0)) and is taken for a row "
              + "(ReadingOptions.header takes it for names)"
          ]
        } ?? []))
    if text.split(separator: "\n").count > 1 {
      let yes = ReadingOptions(header: .yes, onInvalid: .skip)
      #expect(try info(text, options: yes).columnNames != nil)
      #expect(try info(text, options: yes).remarks == [])
    }
  }

  @Test(
    arguments: [
      (["a", "b"], true), (["", "b"], true), (["NA", "b"], true), (["1e999", "b"], true),
      (["a", "5"], false), (["1990", "1991"], false), (["a", "1,5"], false), ([""], false),
      (["nan"], false), (["-0x1"], true), (["x y"], true),
    ])
  func `names are told to be found above numbers exactly where they are`(
    _ names: [String], _ isFound: Bool
  ) throws {
    #expect(HeaderRow.isFound(names) == isFound)
    let folder = Folder()
    let values = Array(repeating: 2.5, count: 2 * names.count)
    let path = folder.file("h.csv")
    try writeCSV(Matrix(values.span, columns: names.count), names: names, to: path)
    let found = try? VectorFile<Double>(path).info.columnNames
    #expect((found == names) == isFound)
  }

  @Test func `names of the cases`() {
    #expect(HeaderRow.allCases.map(\.rawValue) == ["auto", "yes", "no"])
    #expect(ReadingOptions().header == .auto && ReadingOptions().awaitsSample)
  }
}
