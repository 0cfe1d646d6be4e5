import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Sparse matrices that are written.
@Suite struct SparseWritingTests {
  let folder = Folder()
  static let dense: [[Double]] = [[0, 2.5, 0, 0, -1], [0, 0, 0, 0, 0], [7, 0, 0, 0.25, 3]]

  /// The bytes of each array are those that SciPy writes.
  @Test func `an archive as SciPy writes it`() throws {
    let matrix = try SparseMatrix(Matrix(Self.dense.map { $0.map { Float($0) } }))
    let path = folder.file("a.npz")
    try writeNPZ(matrix, to: path)
    let bytes = try folder.bytes(of: "a.npz")
    let scipy = NumPyArchivesTests.bytes(SciPyFilesTests.csr)
    #expect(Self.arrays(of: bytes) == Self.arrays(of: scipy))
    #expect(Self.arrays(of: bytes).count == 5)
    var file = try VectorFile<Float>(path)
    #expect(file.info.nonzeros == 5 && file.info.valueType == "<f4")
    #expect(try SparseMatrix(reading: &file) == matrix)
    try file.rewind()
    #expect(try file.readSparse() == matrix)
    #expect(folder.names == ["a.npz"])
  }

  /// The data of the members of an archive of stored members, by their names.
  static func arrays(of file: [UInt8]) -> [String: [UInt8]] {
    var (found, place) = ([String: [UInt8]](), 0)
    func number(_ offset: Int, _ count: Int) -> Int {
      (0..<count).reversed().reduce(0) { $0 << 8 | Int(file[place + offset + $1]) }
    }
    while number(0, 4) == 0x0403_4b50 {
      let (name, extra) = (number(26, 2), number(28, 2))
      // Lengths are those of zip64.
      let length = number(30 + name + 4, 8)
      let start = place + 30 + name + extra
      let key = String(decoding: file[place + 30..<place + 30 + name], as: UTF8.self)
      found[key] = Array(file[start..<start + length])
      place = start + length
    }
    return found
  }

  @Test func `doubles, no rows, and a folder that is not there`() throws {
    let matrix = try SparseMatrix(Matrix(Self.dense))
    let path = folder.file("a.npz")
    try writeNPZ(matrix, to: path)
    #expect(try VectorFile<Double>(path).readSparse() == matrix)
    #expect(try VectorFile<Double>(path).info.precision == .double)
    let none = try SparseMatrix<Double>(columns: 7)
    try writeNPZ(none, to: path)
    #expect(try VectorFile<Double>(path).readSparse() == none)
    #expect(throws: FileError.self) { try writeNPZ(matrix, to: folder.file("b/a.npz")) }
    #expect(folder.names == ["a.npz"])
  }

  @Test func `entries as text`() throws {
    let matrix = try Matrix<Float>([[0, 2, 0], [0, 0, 0], [-1, 0, 4]])
    for name in ["a.mtx", "a.mtx.gz", "docword.a.txt", "docword.a.txt.gz"] {
      let writer = try VectorWriter<Float>(folder.file(name), columns: 3)
      try writer.write(matrix)
      try writer.finish()
      var file = try VectorFile<Float>(folder.file(name))
      #expect(file.info.nonzeros == 3 && file.info.rows == 3)
      #expect(try Matrix(reading: &file) == matrix)
    }
    let blanks = String(repeating: " ", count: 55)
    #expect(
      try folder.bytes(of: "a.mtx")
        == Array(
          ("%%MatrixMarket matrix coordinate real general\n3 3 3\(blanks)\n1 2 2.0\n3 1 -1.0\n"
            + "3 3 4.0\n").utf8))
    let rest = String(repeating: " ", count: 19)
    #expect(
      try folder.bytes(of: "docword.a.txt")
        == Array("3\(rest)\n3\(rest)\n3\(rest)\n1 2 2\n3 1 -1\n3 3 4\n".utf8))
  }

  @Test func `what cannot be written as entries`() throws {
    let path = folder.file("docword.a.txt")
    let writer = try VectorWriter<Float>(path, columns: 2)
    #expect(
      failure { try writer.write(Matrix<Float>([[0, 0.5]])) }
        == .malformed(
          path: path, place: .wholeFile,
          problem:
            "the value 0.5 in row 1, column 2 cannot be written: docword holds whole numbers "
            + "of 32 bits (rows and columns count from 1)"))
    #expect(
      failure { _ = try VectorWriter<Float>("-", format: .mtx, columns: 2, rows: 3) }
        == .unusable(
          path: "standard output",
          problem:
            "mtx says before the values how many there are, which is not known here: it needs "
            + "a file, not a pipe or a device"))
  }
}
