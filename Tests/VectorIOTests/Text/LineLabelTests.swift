import KMeansFiles
import Testing
import VectorIO

/// The label of a line of libsvm's or Spark's text, by the name `label`.
@Suite struct LineLabelTests {
  static let texts = [
    ("a.libsvm", "-1 1:5 2:6\n+0.5 qid:3 2:7 # c\n# d\n3 1:8\n"),
    ("a.spark", "(-1.0,[5.0,6.0])\n(0.5,(2,[1],[7.0]))\n3,8 0\n"),
  ]
  static let points: [[Double]] = [[5, 6], [0, 7], [8, 0]]

  @Test(arguments: texts) func `is a side column`(name: String, text: String) throws {
    let keys = try rowsWithAuxiliaryColumns(
      Array(text.utf8), name: name, AuxiliaryColumns(key: "label"), as: Double.self)
    #expect(keys.rows == Self.points && keys.auxiliary.keys == ["-1", "0.5", "3"])
    let weights = try rowsWithAuxiliaryColumns(
      Array(text.utf8), name: name, AuxiliaryColumns(weight: "label"), as: Float.self)
    #expect(weights.rows == Self.points && weights.auxiliary.weights == [-1, 0.5, 3])
  }

  @Test(arguments: texts) func `is a column of its own`(name: String, text: String) throws {
    let label = ReadingOptions(columns: .init("label"))
    #expect(try rows(text, name: name, options: label) == [[-1], [0.5], [3]])
    #expect(
      try rows(text, name: name, options: ReadingOptions(columns: .init("label,1")))
        == [[-1, 5], [0.5, 0], [3, 8]])
    // Set apart, it leaves the columns as they are.
    #expect(
      try rows(text, name: name, options: ReadingOptions(leavingOut: "label")) == Self.points)
    let found = try info(text, name: name, options: ReadingOptions(leavingOut: "label"))
    #expect(found.fileColumns == 2 && found.columns == 2 && found.columnNames == nil)
    #expect(found.remarks == [] && found.chosenColumns.map(\.number) == [1, 2])
  }

  @Test func `there has to be one`() {
    let options = ReadingOptions(columns: .init("label"))
    expectError(
      .line(2), "a line without a label, expected label index:value", of: "1 1:5\n1:6\n",
      name: "a.libsvm", options: options)
    expectError(
      .field(line: 2, column: 1), "expected one label, found '1,2'", of: "1 1:5\n1,2 1:6\n",
      name: "a.libsvm", options: options)
    expectError(
      .field(line: 1, column: 1), "expected a finite number, found 'nan'", of: "nan 1:5\n",
      name: "a.libsvm", options: options)
    expectError(
      .line(1), "a vector without a label, expected (label,vector)", of: "[1.0,2.0]\n",
      name: "a.spark", options: options)
  }
}
