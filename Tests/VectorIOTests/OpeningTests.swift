import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Which format a file is taken for, raw floats, pipes, and what is written as text.
@Suite struct OpeningTests {
  let folder = Folder()

  static let data = (1...6).flatMap { bytes(Float($0).bitPattern) }

  @Test func `the name says the format`() throws {
    func format(_ bytes: [UInt8], _ name: String, _ kind: MemorySource.Kind = .file) throws
      -> VectorFormat
    {
      try OpenedVectorFile(source: MemorySource(bytes, kind: kind), name: name).info.format
    }
    let array = npy(shape: "(3, 2)", data: Self.data)
    let text = Array("1,2\n".utf8)
    #expect(try format(array, "x.NPY") == .npy)
    #expect(try format(text, "a.b/x.csv") == .csv)
    #expect(try format(Array("1\t2\n".utf8), "x.tsv") == .tsv)
    // Without a name that says it, the first bytes do.
    for name in ["-", "x", "x.dat", "a.csv/x"] {
      #expect(try format(array, name) == .npy)
      #expect(try format(text, name) == .csv)
      #expect(try format(gzipMember(array), name) == .npy)
      #expect(try format(gzipMember(text), name, .pipe) == .csv)
    }
    #expect(try format(gzipMember(text), "x.csv", .pipe) == .csv)
    #expect(
      failure { _ = try format(array, "x.csv") }
        == malformed(.byte(0), "this is npy data; name it .npy"))
  }

  @Test func `the options win over the name`() throws {
    let options = ReadingOptions(format: .tsv)
    #expect(try rows("1\t2\n", name: "x.csv", options: options) == [[1, 2]])
  }

  @Test func `raw floats need a dimension`() throws {
    let options = ReadingOptions(format: .rawF32, dimension: 2)
    for kind in [MemorySource.Kind.file, .pipe, .packed] {
      for piece in [1, 7, 1000] {
        let found = try rows(
          Self.data, name: "x", as: Float.self, options: options, kind: kind, piece: piece)
        #expect(found == [[1, 2], [3, 4], [5, 6]])
        let error = failure {
          _ = try rows(
            Array(Self.data[..<19]), name: "x", as: Float.self, options: options, kind: kind,
            piece: piece)
        }
        #expect(
          error
            == malformed(
              .byte(16), "the last whole row ends here; expected a multiple of 8 bytes in all"))
      }
    }
    #expect(
      failure { _ = try rows(Self.data, name: "x.f32") as [[Double]] }
        == .unusable(
          path: "memory", problem: "raw-f32 does not say how long a row is: give a dimension"))
    for dimension in [0, -1, Int.max] {
      let options = ReadingOptions(format: .rawF32, dimension: dimension)
      #expect(
        failure { _ = try rows(Self.data, name: "x", options: options) as [[Double]] }
          == .unusable(
            path: "memory", problem: "a dimension of \(dimension), expected at least 1"))
    }
  }

  /// A header that promises rows longer than memory is refused before any is taken for them.
  @Test func `rows longer than memory are refused`() {
    let long = 1_000_000_000_000_000
    let header = npy(descr: "'|u1'", shape: "(1, \(long))", data: [1, 2, 3])
    let raw = ReadingOptions(format: .rawF32, dimension: long)
    for (bytes, byte, options) in [(header, 60, ReadingOptions()), (Self.data, 0, raw)] {
      for kind in [MemorySource.Kind.pipe, .packed] {
        let error = failure {
          _ = try rows(bytes, name: "-", options: options, kind: kind) as [[Double]]
        }
        #expect(
          error
            == malformed(
              .byte(byte),
              "a row of \(long) values, expected at most 1048576 in a pipe or packed"))
      }
    }
  }

  @Test func `a pipe is looked at and read once`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let bytes = npy(shape: "(3, 2)", data: Self.data)
    #expect(write(ends[1], bytes, bytes.count) == bytes.count)
    close(ends[1])
    let opened = try OpenedVectorFile("/dev/fd/\(ends[0])")
    close(ends[0])
    #expect(opened.info.precision == .float && opened.info.rows == 3)
    var file = opened.rows(as: Float.self)
    let matrix = try Matrix(reading: &file)
    #expect(arrays(matrix) == [[1, 2], [3, 4], [5, 6]])
    let error = failure { try file.rewind() }
    guard case .unusable(_, "a pipe cannot be read a second time")? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a missing file is named`() {
    let path = folder.file("none.csv")
    #expect(throws: FileError.system(path: path, operation: "open", code: ENOENT)) {
      try VectorFile<Float>(path)
    }
  }

  @Test func `text comes back bit for bit`() throws {
    let values: [Double] = [
      0.1, -0.0, 1, Double(bitPattern: 1), .greatestFiniteMagnitude, 1 / 3, 1e21, -123456789,
    ]
    let matrix = try Matrix(values.span, columns: 4)
    try writeCSV(matrix, names: ["a", "b,c", "d\"e", "f"], to: folder.file("m.csv"))
    var file = try VectorFile<Double>(folder.file("m.csv"))
    #expect(file.info.columnNames == ["a", "b,c", "d\"e", "f"])
    let read = try Matrix(reading: &file)
    #expect(values.indices.allSatisfy { read.span[$0].bitPattern == values[$0].bitPattern })

    let floats: [Float] = [0.1, -0.0, 3.4028235e38, Float(bitPattern: 1)]
    try writeCSV(try Matrix(floats.span, columns: 2), delimiter: "\t", to: folder.file("m.tsv"))
    var second = try VectorFile<Float>(folder.file("m.tsv"))
    let single = try Matrix(reading: &second)
    #expect(single.columns == 2)
    #expect(floats.indices.allSatisfy { single.span[$0].bitPattern == floats[$0].bitPattern })
  }

  @Test func `labels are written one a line`() throws {
    try writeCSV([3, 0, -1, 12] as [Int32], to: folder.file("l.csv"))
    #expect(try folder.bytes(of: "l.csv") == Array("3\n0\n-1\n12\n".utf8))
    try writeCSV([0.5, 2] as [Double], to: folder.file("d.csv"))
    #expect(try folder.bytes(of: "d.csv") == Array("0.5\n2.0\n".utf8))
    try writeCSV([3, -1] as [Int32], name: "a,b", to: folder.file("l.csv"))
    #expect(try folder.bytes(of: "l.csv") == Array("\"a,b\"\n3\n-1\n".utf8))
    try writeCSV([0.5] as [Float], name: "weight", to: folder.file("d.csv"))
    #expect(try folder.bytes(of: "d.csv") == Array("weight\n0.5\n".utf8))
  }
}
