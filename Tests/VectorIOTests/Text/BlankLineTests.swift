import KMeansFiles
import Testing
import VectorIO

/// Blank lines: in a text of one column a row with nothing in it, unless no other follows.
@Suite struct BlankLineTests {
  static let skipping = ReadingOptions(onInvalid: .skip)

  @Test(
    arguments: [
      ("x\n1\n\n3\n4\n", [1.0, 3, 4], [1]), ("1\n\n\n3", [1, 3], [1, 2]),
      ("\n1\n2\n", [1, 2], [0]), ("\n \nx\n1\n2\n", [1, 2], []), ("1\n2\n\n\n", [1, 2], []),
      ("1\r\n\r\n2\r\n\r\n", [1, 2], [1]), ("1\n  \n\"2\"\n\n", [1, 2], [1]),
      ("x\n\n\n1\n", [1], [0, 1]),
    ] as [(String, [Double], [Int])])
  func `are missing values of one column`(text: String, values: [Double], skipped: [Int]) throws {
    try expectRows(
      values.map { [$0] }, of: text, name: "a.csv", options: Self.skipping, skipping: skipped)
  }

  @Test func `are errors with their line`() {
    expectError(
      .line(3).inColumn1, "expected a number for 'x', found an empty field", of: "x\n1\n\n3\n",
      name: "a.csv")
    expectError(
      .line(2).inColumn1, "expected a number, found an empty field", of: "1\n\n\n\"3\"\n",
      name: "a.csv")
    // What comes behind them has its own line.
    expectError(
      .line(4).inColumn1, "expected a number for 'x', found 'q'", of: "x\n1\n2\nq\n",
      name: "a.csv", options: ReadingOptions(columns: .init("x")))
  }

  @Test func `are no rows of more columns`() throws {
    try expectRows(
      [[1, 2], [3, 4]], of: "1,2\n\n3,4\n\n", name: "a.csv", options: Self.skipping)
  }

  @Test func `are empty texts`() throws {
    func column(_ text: String) throws -> [String] {
      try TextColumn(nil, source: MemorySource(Array(text.utf8)), name: "a.csv").values
    }
    #expect(try column("up\n\ndown\n\n") == ["up", "", "down"])
    // Those before the first are rows, too, and a text alone is no header.
    #expect(try column("\nup\n\ndown\n") == ["", "up", "", "down"])
    #expect(try column("\n \nup\n\n") == ["", "", "up"] && column("up") == ["up"])
    let other = try TextColumn(
      "2", source: MemorySource(Array("1,up\n\n2,down\n".utf8)), name: "a.csv")
    #expect(other.values == ["up", "down"])
  }

  @Test func `get labels in a copy`() throws {
    let folder = Folder()
    for (text, labels, expected) in [
      ("x\n1\n\n3\n\n", [0, -1, 1], "x,cluster\n1,0\n,-1\n3,1\n\n"),
      ("\n1\r\n\r\n \n2", [-1, 0, -1, -1, 1], ",-1\n1,0\r\n,-1\r\n ,-1\n2,1"),
      ("\nx\n1\n", [5], "\nx,cluster\n1,5\n"),
      ("1,2\n\n3,4\n", [7, 8], "1,2,7\n\n3,4,8\n"),
    ] as [(String, [Int32], String)] {
      let (input, output) = (folder.file("in.csv"), folder.file("out.csv"))
      _ = try folder.write(Array(text.utf8), to: "in.csv")
      let info = try OpenedVectorFile(input, options: Self.skipping).info
      _ = try writeRecords(of: input, info, labels: labels, to: output)
      #expect(try String(decoding: folder.bytes(of: "out.csv"), as: UTF8.self) == expected)
      for wrong in [Array(labels.dropLast()), labels + [0]] {
        #expect(throws: FileError.self) {
          try writeRecords(of: input, info, labels: wrong, to: output)
        }
      }
    }
  }
}

extension FileError.Place {
  fileprivate var inColumn1: FileError.Place {
    if case .line(let line) = self { .field(line: line, column: 1) } else { self }
  }
}
