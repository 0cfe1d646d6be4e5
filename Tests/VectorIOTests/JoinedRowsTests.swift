import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Several files as one source of rows.
@Suite struct JoinedRowsTests {
  /// A folder that goes with the test.
  final class Folder {
    let path = NSTemporaryDirectory() + "kmeans-joined-\(UUID().uuidString)"

    init() {
      try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) -> String {
      let path = "\(path)/\(name)"
      precondition(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
      return path
    }
  }

  static func joined(
    _ paths: [String], _ options: ReadingOptions = ReadingOptions()
  ) throws -> VectorFile<Double> {
    try OpenedVectorFile(joining: paths, as: "all") { _, _ in
      options
    } check: { _, _ in
    }
    .rows(as: Double.self)
  }

  @Test func `rows follow each other, again and again, in pieces of any size`() throws {
    let folder = Folder()
    let paths = [
      folder.write("x,y\n1,2\n3,4\n5,6\n", to: "a.csv"), folder.write("x,y\n", to: "b.csv"),
      folder.write("", to: "c.csv"), folder.write("x,y\n7,8\n", to: "d.csv"),
    ]
    var file = try Self.joined(paths)
    #expect(file.info.path == "all" && file.info.columnNames == ["x", "y"])
    #expect(!file.canSeek)
    let expected = [[1.0, 2], [3, 4], [5, 6], [7, 8]]
    for _ in 0..<2 {
      #expect(arrays(try Matrix(reading: &file)) == expected)
      #expect(file.parts.map(\.firstRow) == [0, 3])
      #expect(file.parts.part(ofRow: 2)?.info.path == paths[0])
      #expect(file.parts.part(ofRow: 3)?.info.path == paths[3])
      try file.rewind()
    }
    // From within the first file, too.
    var two = try Matrix<Double>(reserving: 2, columns: 2)
    _ = try two.append(atMost: 2) { try file.read(into: &$0) }
    #expect(arrays(two) == [[1, 2], [3, 4]])
    try file.rewind()
    #expect(arrays(try Matrix(reading: &file)) == expected)
  }

  @Test func `any row of binary files is found`() throws {
    let folder = Folder()
    let paths = (0..<3).map { "\(folder.path)/\($0).npy" }
    for (number, path) in zip(0..., paths) {
      let values = (0..<(2 + number)).map { Double(10 * number + $0) }
      try writeNPY(Matrix<Double>(values.span, columns: 1), to: path)
    }
    let file = try Self.joined(paths)
    #expect(file.canSeek && file.info.rows == 9 && file.info.isRereadable)
    let expected = [0.0, 1, 10, 11, 12, 20, 21, 22, 23]
    for row in [4, 0, 8, 2, 1, 5, 3, 7, 6] {
      try file.seek(toRow: row)
      var one = try Matrix<Double>(reserving: 1, columns: 1)
      #expect(try one.append(atMost: 1) { try file.read(into: &$0) } == 1)
      #expect(one[0, 0] == expected[row])
    }
    try file.seek(toRow: 9)
    var none = try Matrix<Double>(reserving: 1, columns: 1)
    #expect(try none.append(atMost: 1) { try file.read(into: &$0) } == 0)
    var again = file
    try again.rewind()
    #expect(arrays(try Matrix(reading: &again)).map { $0[0] } == expected)
  }

  @Test func `what is beside rows, and rows that are left out, count over all files`() throws {
    let folder = Folder()
    let options = ReadingOptions(
      columns: .listed(["x"]), auxiliary: AuxiliaryColumns(weight: "w", key: "k"), onInvalid: .skip)
    var file = try Self.joined(
      [
        folder.write("k,x,w\na,1,2\nb,NA,3\n", to: "a.csv"),
        folder.write("k,x,w\nc,NA,4\nd,NA,5\n", to: "b.csv"),
        folder.write("w,x,k\n6,7,e\n8,NA,f\n", to: "c.csv"),
      ], options)
    #expect(arrays(try Matrix(reading: &file)) == [[1], [7]])
    let beside = file.takeAuxiliaryValues()
    #expect(beside.weights == [2, 6] && beside.keys == ["a", "e"])
    #expect(beside.leftOutKeys.texts == ["b", "c", "d", "f"])
    #expect(file.skippedRows == [1, 2, 3, 5])
    #expect(file.takeSkippedRows() == [1, 2, 3, 5])
    #expect(file.skippedRows.isEmpty)
  }

  @Test func `no rows at all, and other columns`() throws {
    let folder = Folder()
    let (empty, a) = (folder.write("", to: "e.csv"), folder.write("1,2\n", to: "a.csv"))
    let b = folder.write("1,2,3\n", to: "b.csv")
    #expect(
      failure { _ = try Self.joined([empty, empty]) }
        == .malformed(
          path: empty, place: .wholeFile, problem: "there are no rows, nor in the 1 file after it"))
    #expect(
      failure { _ = try Self.joined([a, b]) }
        == .malformed(
          path: b, place: .wholeFile, problem: "rows of 3 columns, expected 2 as in \(a)"))
  }

  @Test func `texts in one piece of memory`() {
    var texts = PackedTexts(["a", "", "größer"])
    var others = PackedTexts()
    others.append(texts, 1..<3)
    others.append(texts, 0..<0)
    others.append(texts)
    #expect(others.texts == ["", "größer", "a", "", "größer"])
    texts.append("z")
    #expect(texts.texts == ["a", "", "größer", "z"] && texts.count == 4 && !texts.isEmpty)
    #expect(others.count == 5)
  }

  @Test func `the names in a folder are in the order of their bytes`() throws {
    let folder = Folder()
    for name in ["b", "a10", "a2", ".hidden", "Z", "é"] { _ = folder.write("", to: name) }
    #expect(
      try FolderContents.names(in: folder.path) == [".hidden", "Z", "a10", "a2", "b", "é"])
    #expect(
      failure { _ = try FolderContents.names(in: folder.path + "/none") }
        == .system(path: folder.path + "/none", operation: "read", code: ENOENT))
  }
}
