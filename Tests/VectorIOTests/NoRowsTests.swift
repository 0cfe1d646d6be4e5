import KMeansFiles
import Testing
import VectorIO

/// Files without a row, where those are allowed.
@Suite struct NoRowsTests {
  private func open(
    _ text: String, name: String = "a.csv", columns: String = "numeric",
    auxiliary: AuxiliaryColumns = AuxiliaryColumns()
  ) throws -> VectorFile<Double> {
    let options = ReadingOptions(
      columns: ColumnSelection(columns), auxiliary: auxiliary, allowsNoRows: true)
    return try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: name, options: options
    ).rows()
  }

  @Test(
    arguments: [
      ("", "a.csv"), ("\n\r\n  \n", "a.csv"), ("\u{feff}", "a.tsv"), ("", "a"),
      ("", "a.svm"), ("", "a.spark"), ("", "a.fvecs"), ("", "a.bvecs"), ("", "a.ivecs"),
    ])
  func `nothing says how many columns`(text: String, name: String) throws {
    let file = try open(text, name: name)
    #expect(file.columns == 0)
    #expect(file.info.chosenColumns == [])
    #expect(file.remainingRowsEstimate == 0)
    // Where it is not allowed it is the error that it was.
    #expect(throws: FileError.self) { try info(text, name: name) }
  }

  @Test func `a header with listed columns says it`() throws {
    var file = try open("x,y,z,t\n", columns: "z,x,t", auxiliary: AuxiliaryColumns(time: "t"))
    #expect(file.info.chosenColumns.map(\.number) == [3, 1])
    #expect(try Matrix(reading: &file).rows == 0)
    #expect(file.takeAuxiliaryValues() == AuxiliaryValues())
    #expect(
      failure { _ = try open("x,y\n", columns: "x,q") }
        == .unusable(path: "memory", problem: "there is no column 'q' among 'x', 'y'"))
  }

  /// Which columns would hold numbers nobody knows: all may.
  @Test func `a header alone says how many there may be`() throws {
    var file = try open("x,y,z,t\n", auxiliary: AuxiliaryColumns(time: "t", key: "y"))
    #expect(file.info.chosenColumns.map(\.number) == [1, 3])
    #expect(file.info.rows == 0)
    #expect(try Matrix(reading: &file).rows == 0)
    #expect(
      failure { _ = try info("x,y\n") } == malformed(.wholeFile, "no rows after the header"))
  }

  @Test func `binary headers say it`() throws {
    let array = npy(shape: "(0, 3)", data: [])
    let options = ReadingOptions(auxiliary: AuxiliaryColumns(time: "3"), allowsNoRows: true)
    var file = try OpenedVectorFile(source: MemorySource(array), name: "a.npy", options: options)
      .rows(as: Double.self)
    #expect(file.columns == 2)
    #expect(try Matrix(reading: &file).rows == 0)
    let dimension = ReadingOptions(format: .libsvm, dimension: 4, allowsNoRows: true)
    #expect(
      try OpenedVectorFile(source: MemorySource([]), name: "a", options: dimension).info.columns
        == 4)
  }

  /// Bytes that are missing are no rows that are not there.
  @Test func `headers are not optional`() {
    for name in ["a.npy", "a.npz", "a.fbin", "a.idx", "a.csv.gz"] {
      #expect(throws: FileError.self) { try open("", name: name) }
    }
  }

  @Test func `files with rows are what they were`() throws {
    var file = try open("x,y\n1,2\n")
    #expect(arrays(try Matrix(reading: &file)) == [[1, 2]])
    #expect(throws: FileError.self) { try open("a\nb\n") }
  }
}
