import Batching
import Foundation
import Testing

/// Files as batches.
@Suite struct FileBatchesTests {
  let folder = Folder()

  func write(_ text: String, to name: String) throws -> String {
    try folder.write(Array(text.utf8), to: name)
  }

  func twoFiles() throws -> [String] {
    [
      try write("x,y\n1,2\n3,4\n5,6\n7,8\n9,10\n", to: "a.csv"),
      try folder.write(npyFile([11, 12, 13, 14, 15, 16] as [Float], columns: 2), to: "b.npy"),
    ]
  }

  @Test func `each file is a batch`() throws {
    let paths = try twoFiles()
    let batches = try FileBatches<Float>(paths)
    #expect(batches.columns == 2 && batches.columnSource?.path == paths[0])
    let found = try batches.rest()
    #expect(found.map(\.firstValues) == [[1, 3, 5, 7, 9], [11, 13, 15]])
    #expect(found.map(\.file.path) == paths)
  }

  @Test func `no batch has rows of two files`() throws {
    let paths = try twoFiles()
    let found = try FileBatches<Double>(paths, limit: 2).rest()
    #expect(found.map(\.firstValues) == [[1, 3], [5, 7], [9], [11, 13], [15]])
    #expect(found.map(\.rowsBefore) == [0, 2, 4, 0, 2])
    // Nothing follows a batch that ends with its file.
    #expect(try FileBatches<Double>(paths, limit: 5).rest().map(\.points.rows) == [5, 3])
  }

  @Test func `a file without rows is a batch of none`() throws {
    let paths =
      [try write("", to: "empty.csv"), try write("key,x,y\n", to: "header.csv")] + (try twoFiles())
    let auxiliary = AuxiliaryColumns(weight: "x", key: "key")
    for limit in [nil, 2] {
      let batches = try FileBatches<Double>([paths[0], paths[2], paths[0]], limit: limit)
      #expect(batches.columns == 2)
      #expect(try batches.rest().map(\.points.rows).filter { $0 == 0 }.count == 2)
    }
    // A header says how many columns there are only where no file has rows.
    #expect(try FileBatches<Double>([paths[1], paths[2]]).columns == 2)
    let alone = try FileBatches<Double>(
      [paths[0], paths[1]], options: ReadingOptions(auxiliary: auxiliary))
    #expect(alone.columns == 1 && alone.columnSource == nil)
    #expect(try alone.rest().map(\.weights) == [[], []])
    #expect(
      throws: FileError.malformed(
        path: paths[0], place: .wholeFile,
        problem: "there are no rows to learn, nor in the files after it")
    ) { _ = try FileBatches<Double>([paths[0], paths[0]]) }
  }

  @Test func `a header that differs`() throws {
    let first = try twoFiles()[0]
    let other = try write("y,x\n1,2\n", to: "c.csv")
    // Columns are found by the names of the first file, however they are ordered.
    #expect(
      try FileBatches<Double>([first, other]).rest().map { $0.firstValues.last } == [9, 2])
    let lacking = try write("x,z\n1,2\n", to: "d.csv")
    let few = try FileBatches<Double>([first, lacking])
    _ = try few.next()
    let problem =
      "there is no column 'y' among 'x', 'z', expected 'x', 'y' as in \(first)"
    #expect(throws: FileError.malformed(path: lacking, place: .wholeFile, problem: problem)) {
      _ = try few.next()
    }
    let numbered = ReadingOptions(columns: ColumnSelection("1,2"))
    let batches = try FileBatches<Double>([first, other], options: numbered, limit: 4)
    #expect(try batches.next()?.points.rows == 4)
    #expect(try batches.next()?.points.rows == 1)
    let error = BatchError.otherColumnNames(
      path: other, found: ["y", "x"], expected: ["x", "y"], source: first)
    for _ in 0..<2 { #expect(throws: error) { _ = try batches.next() } }
    #expect("\(error)" == "\(other): columns 'y', 'x', expected 'x', 'y' as in \(first)")
    // Columns that are chosen by name are the same ones.
    let chosen = try FileBatches<Double>(
      [first, other], options: ReadingOptions(columns: ColumnSelection("x,y")))
    #expect(try chosen.rest().map { $0.firstValues.last } == [9, 2])
  }

  @Test func `another number of columns`() throws {
    let paths = [try write("1,2,3\n", to: "three.csv")] + (try twoFiles())
    let batches = try FileBatches<Double>(paths)
    #expect(try batches.next()?.points.rows == 1)
    let error = BatchError.otherColumnCount(
      path: paths[1], found: 2, expected: 3, source: paths[0])
    #expect(throws: error) { _ = try batches.next() }
    #expect("\(error)" == "\(paths[1]): rows of 2 columns, expected 3 as in \(paths[0])")
  }

  @Test func `indices of libsvm count as in the first file`() throws {
    let paths = [
      try write("1 0:1 2:3\n", to: "a.libsvm"), try write("1 1:5\n", to: "b.libsvm"),
    ]
    let found = try FileBatches<Double>(paths).rest()
    #expect(
      found.map { Array(0..<3).map { [points = $0.points] in points[0, $0] } } == [
        [1, 0, 3], [0, 5, 0],
      ])
  }

  @Test func `what is wrong is said after the batches before it`() throws {
    let first = try twoFiles()[0]
    let wrong = try write("x,y\n1,2\n3,4\n5,6\nz,8\n9,9\n", to: "w.csv")
    let batches = try FileBatches<Double>(
      [first, wrong], options: ReadingOptions(columns: ColumnSelection("1,2")), limit: 3)
    #expect(try (0..<3).map { _ in try batches.next()?.points.rows } == [3, 2, 3])
    for _ in 0..<2 {
      let error = #expect(throws: FileError.self) { _ = try batches.next() }
      guard case .malformed(wrong, .field(line: 5, column: 1), _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    let missing = try FileBatches<Double>([first, folder.file("none.csv")])
    #expect(try missing.next()?.points.rows == 5)
    #expect(throws: FileError.self) { _ = try missing.next() }
    #expect(throws: FileError.self) { _ = try FileBatches<Double>([folder.file("none.csv")]) }
  }

  @Test func `rows that are left out are of a batch`() throws {
    let path = try write("NA,0\n1,2\n?,3\n4,5\n6,7\n8,9\nNA,NA\n", to: "s.csv")
    let options = ReadingOptions(columns: ColumnSelection("1,2"), onInvalid: .skip)
    let found = try FileBatches<Double>([path, path], options: options, limit: 2).rest()
    #expect(found.map(\.firstValues) == [[1, 4], [6, 8], [1, 4], [6, 8]])
    #expect(found.map { Array($0.skippedRows) } == [[0, 2], [6], [0, 2], [6]])
    #expect(found.map(\.rowsBefore) == [0, 4, 0, 4])
  }

  @Test func `a batch that takes more than it may`() throws {
    let paths = try twoFiles()
    // A row of the array takes 48 bytes as doubles, which its header says beforehand.
    let batches = try FileBatches<Double>([paths[1]], memory: 2 * 48)
    #expect(throws: BatchError.tooLarge(path: paths[1], rows: 2)) { _ = try batches.next() }
    #expect(
      try FileBatches<Double>(paths, limit: 1, memory: 2 * 48).rest().count == 8)
    let rows = String(repeating: "1,2\n", count: 200_000)
    let long = try FileBatches<Double>([try write(rows, to: "long.csv")], memory: 1000 * 48)
    #expect(throws: BatchError.self) { _ = try long.next() }
  }
}
