import KMeansFiles
import Testing
import VectorIO

/// Times, weights and keys of a delimited text, read in one pass with its rows.
@Suite struct SideTextTests {
  static let text =
    "\u{feff}host,time,x,w,y\r\n"
    + "\"a,b\",1970-01-01T00:00:10Z,1,0.5,2\r\n"
    + "\"two\nlines \"\"quoted\"\"\",11.5,3,1,4\r\n"
    + "\r\n"
    + " plain ,\"12\",5,2,6\r\n"
    + ",1970-01-01 00:00:13,\"7\",-3,8"
  static let auxiliary = AuxiliaryColumns(time: "time", weight: "w", key: "host")
  static let expected = RowsWithAuxiliaryColumns(
    rows: [[1, 2], [3, 4], [5, 6], [7, 8]],
    auxiliary: values(
      [10, 11.5, 12, 13], [0.5, 1, 2, -3], ["a,b", "two\nlines \"quoted\"", "plain", ""]))

  static func values(
    _ times: [Double] = [], _ weights: [Double] = [], _ keys: [String] = []
  ) -> AuxiliaryValues {
    var values = AuxiliaryValues()
    (values.times, values.weights) = (times, weights)
    for key in keys { values.append(key: key) }
    return values
  }

  @Test(arguments: [MemorySource.Kind.file, .pipe, .packed])
  func `one text in every way`(kind: MemorySource.Kind) throws {
    for (piece, windowSize) in [(Int.max, 1 << 18), (1, 1), (1, 1000), (7, 7)] {
      for count in [1, 2, 100] {
        let found = try rowsWithAuxiliaryColumns(
          Array(Self.text.utf8), Self.auxiliary, as: Double.self, kind: kind, piece: piece,
          windowSize: windowSize, count: count)
        #expect(found == Self.expected)
      }
    }
    let packed = try rowsWithAuxiliaryColumns(
      gzipMember(Array(Self.text.utf8)), name: "a.csv.gz", Self.auxiliary, as: Double.self)
    #expect(packed == Self.expected)
  }

  /// By name or by number, listed or not, they are no coordinates.
  @Test func `none is a coordinate`() throws {
    for auxiliary in [
      Self.auxiliary, AuxiliaryColumns(time: "2", weight: "4", key: "1"),
      AuxiliaryColumns(time: "time", weight: "4", key: "host"),
    ] {
      for columns in ["numeric", "x,y", "x,w,y", "2-5", "1-5", "host,time,x,5,4"] {
        let found = try rowsWithAuxiliaryColumns(
          Self.text, auxiliary, columns: ColumnSelection(columns))
        #expect(found == Self.expected)
      }
    }
    #expect(
      try rowsWithAuxiliaryColumns(Self.text, Self.auxiliary, columns: .init("5,3")).rows[0] == [
        2, 1,
      ])
    let onlyWeights = try rowsWithAuxiliaryColumns(Self.text, AuxiliaryColumns(weight: "w"))
    #expect(onlyWeights.auxiliary == Self.values([], [0.5, 1, 2, -3]))
    #expect(onlyWeights.rows == Self.expected.rows)
  }

  @Test func `one column may be two things`() throws {
    let found = try rowsWithAuxiliaryColumns(
      "1,5,2\n3,6,4\n", AuxiliaryColumns(time: "2", weight: "2", key: "2"))
    #expect(found.rows == [[1, 2], [3, 4]])
    #expect(found.auxiliary == Self.values([5, 6], [5, 6], ["5", "6"]))
  }

  /// What is skipped takes its time and its key with it.
  @Test(arguments: [1, 2, 100]) func `skipped rows do not shift them`(count: Int) throws {
    let text = """
      key,t,x,w
      a,1,1,1
      b,,2,2
      c,3,NA,3
      d,4,4,NA
      e,oops,5,5
      f,2026-02-30,6,6
      "g,",7,7,inf
      h,8,8,8
      i,9,nan,9

      """
    for kind in [MemorySource.Kind.file, .pipe, .packed] {
      for piece in [Int.max, 1] {
        let found = try rowsWithAuxiliaryColumns(
          Array(text.utf8), AuxiliaryColumns(time: "t", weight: "w", key: "key"), as: Double.self,
          columns: .init("x"), onInvalid: .skip, kind: kind, piece: piece, count: count)
        #expect(found.rows == [[1], [8]])
        #expect(found.auxiliary == Self.values([1, 8], [1, 8], ["a", "h"]))
        #expect(found.skipped == [1, 2, 3, 4, 5, 6, 8])
      }
    }
  }

  @Test func `bad fields are named`() {
    let auxiliary = AuxiliaryColumns(time: "t", weight: "w", key: "k")
    for (text, place, problem) in [
      (
        "k,t,x,w\na,1,1,1\nb,2,2,\n", FileError.Place.field(line: 3, column: 4),
        "a number for 'w', found an empty field"
      ),
      (
        "k,t,x,w\na,1,1,1\nb,2,2,much\n", .field(line: 3, column: 4),
        "a number for 'w', found 'much'"
      ),
      (
        "k,t,x,w\na,1,1,1e999\n", .field(line: 2, column: 4),
        "a number that a 64-bit float can hold for 'w', found '1e999'"
      ),
      (
        "k,t,x,w\n\"a\n\",then,1,1\n", .field(line: 2, column: 2),
        "a time, in seconds or such as 2026-11-21T09:30:00Z, found 'then'"
      ),
      ("k,t,x,w\na,1,?,1\nb,2,2,2\n", .field(line: 2, column: 3), "a number for 'x', found '?'"),
    ] {
      #expect(
        failure { _ = try rowsWithAuxiliaryColumns(text, auxiliary, columns: .init("x")) }
          == malformed(place, "expected \(problem)"))
    }
    #expect(
      failure { _ = try rowsWithAuxiliaryColumns("k,t,x,w\na,1,1\n", auxiliary) }
        == malformed(.line(2), "3 fields, expected 4 as in line 1"))
  }

  @Test func `columns that are not there`() {
    func problem(_ auxiliary: AuxiliaryColumns, _ columns: String = "numeric") -> FileError? {
      failure { _ = try rowsWithAuxiliaryColumns(Self.text, auxiliary, columns: .init(columns)) }
    }
    #expect(
      problem(AuxiliaryColumns(key: "name"))
        == .unusable(
          path: "memory",
          problem: "there is no column 'name' among 'host', 'time', 'x', 'w', 'y'"))
    #expect(
      problem(AuxiliaryColumns(time: "6"))
        == .unusable(path: "memory", problem: "there is no column 6, the columns are 1-5"))
    #expect(
      problem(AuxiliaryColumns(weight: "3-4"))
        == .unusable(path: "memory", problem: "expected one column, found '3-4'"))
    #expect(
      problem(AuxiliaryColumns(time: "x", weight: "y"), "x,y")
        == .unusable(path: "memory", problem: "no column is left beside columns 'x', 'y'"))
    #expect(
      problem(AuxiliaryColumns(weight: "y"), "y")
        == .unusable(path: "memory", problem: "no column is left beside column 'y'"))
  }

  /// A key says nothing of what the other columns hold: its decimal comma is its own.
  @Test func `keys are not looked at`() throws {
    let text = "1,5;2;3\n2,5;4;5\n"
    #expect(throws: FileError.self) { try rowsWithAuxiliaryColumns(text, AuxiliaryColumns()) }
    let found = try rowsWithAuxiliaryColumns(text, AuxiliaryColumns(key: "1"))
    #expect(found.rows == [[2, 3], [4, 5]])
    #expect(found.auxiliary.keys == ["1,5", "2,5"])
  }

  /// A name of a side column says that the first record is a header.
  @Test func `names of side columns make a header`() throws {
    let found = try rowsWithAuxiliaryColumns("1,key,2\n3,4,5\n", AuxiliaryColumns(key: "key"))
    #expect(found.rows == [[3, 5]])
    #expect(found.auxiliary.keys == ["4"])
  }

  @Test func `rereading begins anew`() throws {
    let options = ReadingOptions(auxiliary: AuxiliaryColumns(time: "1"), onInvalid: .skip)
    let source = MemorySource(Array("1,2\nx,3\n4,5\n".utf8))
    let file = try OpenedVectorFile(source: source, name: "a.csv", options: options)
      .rows(as: Double.self)
    for _ in 0..<2 {
      var matrix = try Matrix<Double>(reserving: 9, columns: 1)
      while try matrix.append(atMost: 4, by: { try file.read(into: &$0) }) > 0 {}
      try file.rewind()
      #expect(file.takeAuxiliaryValues() == AuxiliaryValues())
      while try matrix.append(atMost: 4, by: { try file.read(into: &$0) }) > 0 {}
      #expect(file.takeAuxiliaryValues().times == [1, 4])
      #expect(file.takeAuxiliaryValues() == AuxiliaryValues())
      #expect(file.skippedRows == [1])
      #expect(file.takeSkippedRows() == [1])
      #expect(file.skippedRows == [])
      try file.rewind()
    }
  }
}
