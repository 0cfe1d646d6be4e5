import KMeansFiles
import Testing
import VectorIO

/// Columns that are never columns of the rows: `ReadingOptions.excluded`.
@Suite struct ExclusionTests {
  static let table = "id,age,word,income,5\n1,2,p,3,4\n5,6,q,7,8\n"

  private func options(
    _ excluded: String, columns: String = "numeric", header: HeaderRow = .auto
  ) -> ReadingOptions {
    ReadingOptions(
      header: header, columns: ColumnSelection(columns),
      excluded: ColumnSelection.items(excluded))
  }

  @Test(arguments: [
    ("id", [[2.0, 3, 4], [6, 7, 8]]), ("word", [[1, 2, 3, 4], [5, 6, 7, 8]]),
    ("1,4-", [[2], [6]]), ("age-income", [[1, 4], [5, 8]]), ("*i*", [[2, 4], [6, 8]]),
    // A name wins over a number; a column may be named again and again.
    ("5", [[1, 2, 3], [5, 6, 7]]), ("age,2,*g*", [[1, 3, 4], [5, 7, 8]]),
    ("\"5\", w*", [[1, 2, 3], [5, 6, 7]]),
  ])
  func `numeric columns are left out`(excluded: String, expected: [[Double]]) throws {
    #expect(
      try rows(Self.table, options: options(excluded, header: .yes)) == expected)
  }

  @Test(arguments: [
    ("income,age", "id", [[3.0, 2], [7, 6]]), ("income,age", "age", [[3], [7]]),
    ("3-5,1", "word-income", [[4, 1], [8, 5]]), ("*", "1,5", [[2, 3], [6, 7]]),
  ])
  func `so are listed ones`(columns: String, excluded: String, expected: [[Double]]) throws {
    #expect(
      try rows(Self.table, options: options(excluded, columns: columns, header: .yes)) == expected)
  }

  @Test(arguments: [
    (
      "z", "numeric",
      "there is no column 'z' among 'id', 'age', 'word', 'income', '5'"
    ),
    ("6-", "numeric", "there is no column 6-, the columns are 1-5"),
    ("x*", "numeric", "no column matches 'x*' among 'id', 'age', 'word', 'income', '5'"),
    (
      "*", "numeric",
      "ReadingOptions.excluded leaves no column: it takes away 'id', 'age', 'income', '5'"
    ),
    ("age,id", "id,age", "ReadingOptions.excluded leaves no column: it takes away 'id', 'age'"),
  ])
  func `what cannot be left out`(excluded: String, columns: String, problem: String) {
    #expect(
      failure {
        _ = try info(Self.table, options: options(excluded, columns: columns, header: .yes))
      }
        == .unusable(path: "memory", problem: problem))
  }

  @Test func `columns of one name are left out by number`() throws {
    let text = "a,b,a\n1,2,3\n"
    #expect(
      failure { _ = try info(text, options: options("a")) }
        == .unusable(path: "memory", problem: "2 columns are named 'a', 1, 3: choose by number"))
    #expect(try rows(text, options: options("3")) == [[1, 2]])
    #expect(try rows(text, options: options("a*")) == [[2]])
  }

  /// A column that is left out is not looked at: neither as numbers nor as names.
  @Test func `what is left out cannot be wrong`() throws {
    let mixed = "t,x\n1,1\nsoon,2\n3,3\n"
    #expect(throws: FileError.self) { try info(mixed) }
    for item in ["t", "1", "t*"] {
      #expect(try rows(mixed, options: options(item)) == [[1], [2], [3]])
    }
    // A text over numbers, beside numbers, would be asked about.
    #expect(throws: FileError.self) { try info("None,1\n3,4\n5,6\n") }
    #expect(try rows("None,1\n3,4\n5,6\n", options: options("1")) == [[1], [4], [6]])
    // A name says that there are names.
    #expect(try rows("None,1\n3,4\n5,6\n", options: options("None")) == [[4], [6]])
    #expect(try rows("None,1\n3,4\n5,6\n", options: options("No*")) == [[4], [6]])
  }

  @Test func `the summary tells what is left`() throws {
    #expect(
      try info(Self.table, options: options("id", header: .yes)).remarks
        == ["3 of 5 columns are selected: 'age', 'income', '5'"])
  }

  @Test func `binary files have numbers`() throws {
    let file = npyFile([1.0, 2, 3, 4, 5, 6], columns: 3)
    for (excluded, expected) in [
      ("2", [[1.0, 3], [4, 6]]), ("2-", [[1], [4]]), ("1-2", [[3], [6]]),
    ] {
      #expect(try rows(file, name: "a.npy", options: options(excluded)) == expected)
    }
    for (excluded, problem) in [
      ("1-3", "ReadingOptions.excluded leaves no column: it takes away 1-3"),
      ("4", "there is no column 4, the columns are 1-3"),
      ("x", "there is no column 'x': the columns have no names, only numbers 1-3"),
      ("x*", "there is no column 'x*': the columns have no names, only numbers 1-3"),
    ] {
      #expect(
        failure { _ = try rows(file, name: "a.npy", options: options(excluded)) as [[Double]] }
          == .unusable(path: "memory", problem: problem))
    }
    #expect(
      try rows("1 1:2 2:3 3:4\n", name: "a.libsvm", options: options("2")) == [[2.0, 4]])
  }

  @Test func `columns beside the rows stay`() throws {
    var options = self.options("w,x")
    options.auxiliary = AuxiliaryColumns(weight: "w")
    let text = "x,w,y\n1,2,3\n"
    var file = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.csv", options: options
    ).rows(as: Double.self)
    #expect(arrays(try Matrix(reading: &file)) == [[3]])
    #expect(file.takeAuxiliaryValues().weights == [2])
  }
}
