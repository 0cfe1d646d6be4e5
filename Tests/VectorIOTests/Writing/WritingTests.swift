import Foundation
import KMeansFiles
import Testing
import VectorIO

/// The writer's promises: whole or not at all, names and formats, values that do not fit.
@Suite struct WritingTests {
  let folder = Folder()
  let row = try! Matrix<Float>([[1, 2]])

  @Test func `the name says the format`() {
    for format in WritableFormat.allCases {
      let name = "dir.csv/X.\(format.fileExtension.uppercased())"
      #expect(WritableFormat(path: name) == format)
      #expect(WritableFormat(path: "\(name).gz") == format)
    }
    for name in ["", "-", "csv", "a", "a.csv/b", "a.gz", "a.csv.zip"] {
      #expect(WritableFormat(path: name) == nil)
    }
    #expect(
      WritableFormat.fileExtensions
        == ".npy, .csv, .tsv, .f32, .fvecs, .bvecs, .ivecs, .fbin, .u8bin, .i8bin, .idx, .libsvm, "
        + ".spark or .npz")
    #expect(
      failure { _ = try VectorWriter<Float>(folder.file("a.xyz"), columns: 1) }
        == .unusable(
          path: folder.file("a.xyz"),
          problem: "the name does not say a format: expected one that ends in "
            + WritableFormat.fileExtensions))
    #expect(folder.names == [])
  }

  /// Comes back through the readers, at every length of blocks, packed or not.
  @Test(arguments: ["npy", "csv", "tsv", "f32"], ["", ".gz"])
  func `comes back`(_ suffix: String, _ packing: String) throws {
    // All finite, for the upper three bits are zeros.
    let values = (0..<3000).map { Double(Float(bitPattern: (UInt32($0) &* 2_654_435_761) >> 3)) }
    let matrix = try Matrix(values.span, columns: 6)
    let path = folder.file("a.\(suffix)\(packing)")
    for block in [1, 7, 500] {
      let writer = try VectorWriter<Double>(path, columns: 6)
      for start in stride(from: 0, to: 500, by: block) {
        try writer.write(matrix.view.rows(start..<min(start + block, 500)))
      }
      try writer.finish()
      var file = try VectorFile<Double>(path, options: ReadingOptions(dimension: 6))
      #expect(file.info.isCompressed == !packing.isEmpty)
      let again = try Matrix(reading: &file)
      #expect(again == matrix)
      if let rows = file.info.rows { #expect(rows == 500) }
    }
    #expect(folder.names == ["a.\(suffix)\(packing)"])
  }

  /// Bits that no other number has: denormal ones, the largest, a zero with a sign.
  @Test func `text keeps the bits`() throws {
    let floats: [Float] = [.leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 0.1, 1 / 3]
    for name in ["a.csv", "a.tsv.gz"] {
      let writer = try VectorWriter<Float>(folder.file(name), columns: 5)
      try writer.write(try MatrixView(floats.span, columns: 5))
      try writer.finish()
      var file = try VectorFile<Float>(folder.file(name))
      let again = try Matrix(reading: &file)
      #expect(floats.indices.allSatisfy { again.span[$0].bitPattern == floats[$0].bitPattern })
    }
  }

  @Test func `rows of a wider table`() throws {
    let table: [Float] = [1, 2, 99, 3, 4, 99]
    let writer = try VectorWriter<Float>(folder.file("a.csv"), columns: 2)
    try writer.write(try MatrixView(table.span, rows: 2, columns: 2, rowStride: 3))
    try writer.finish()
    #expect(try folder.bytes(of: "a.csv") == Array("1.0,2.0\n3.0,4.0\n".utf8))
  }

  @Test func `a label behind each row`() throws {
    let matrix = try Matrix<Float>([[1, 2], [3, 4]])
    for (name, expected) in [
      ("a.csv", "1.0,2.0,7.0\n3.0,4.0,-1.0\n"),
      ("a.libsvm", "0 1:1.0 2:2.0 3:7.0\n0 1:3.0 2:4.0 3:-1.0\n"),
      ("a.spark", "[1.0,2.0,7.0]\n[3.0,4.0,-1.0]\n"),
    ] {
      let writer = try VectorWriter<Float>(folder.file(name), columns: 3)
      let labels: [Int32] = [7, -1]
      try writer.write(matrix.view, labels: labels.span)
      try writer.finish()
      #expect(String(decoding: try folder.bytes(of: name), as: UTF8.self) == expected)
    }
    let path = folder.file("a.fvecs")
    let writer = try VectorWriter<Float>(path, columns: 3)
    let labels: [Int32] = [0, 16_777_217]
    #expect(
      failure { try writer.write(matrix.view, labels: labels.span) }
        == .malformed(
          path: path, place: .row(1), problem: "32-bit floats cannot hold the label 16777217"))
    #expect(failure { try writer.finish() } != nil)
    #expect(!folder.names.contains("a.fvecs"))
  }

  static let tooMuch: [(String, Double, String)] = [
    ("bvecs", 256, "whole numbers from 0 to 255"), ("bvecs", -1, "whole numbers from 0 to 255"),
    ("bvecs", 0.5, "whole numbers from 0 to 255"), ("u8bin", .nan, "whole numbers from 0 to 255"),
    ("u8bin", 255.5, "whole numbers from 0 to 255"),
    ("i8bin", 128, "whole numbers from -128 to 127"),
    ("i8bin", -129, "whole numbers from -128 to 127"),
    ("ivecs", 0x1p31, "whole numbers of 32 bits"), ("ivecs", -0.5, "whole numbers of 32 bits"),
    ("ivecs", .infinity, "whole numbers of 32 bits"),
    ("fvecs", 3.5e38, "32-bit floats, up to 3.4e38"), ("f32", -1e39, "32-bit floats, up to 3.4e38"),
    ("fbin", 1e300, "32-bit floats, up to 3.4e38"), ("libsvm", .infinity, "finite numbers"),
    ("spark", .nan, "finite numbers"),
  ]

  @Test(arguments: tooMuch)
  func `what a format cannot hold`(_ suffix: String, _ value: Double, _ limits: String) throws {
    let name = "a.\(suffix)"
    let path = try folder.write([1], to: name)
    let format = WritableFormat(path: path)!
    let matrix = try Matrix([[1, 2], [3, 4], [5, value]])
    let expected = FileError.malformed(
      path: path, place: .wholeFile,
      problem: "the value \(value) in row 2, column 1 cannot be written: "
        + "\(format.rawValue) holds \(limits) (rows and columns count from 0)")
    let writer = try VectorWriter<Double>(path, columns: 2)
    #expect(failure { try writer.write(matrix.view) } == expected)
    // What failed stays failed: half a file is never put in place.
    #expect(failure { try writer.write(matrix.view.rows(0..<1)) } == expected)
    #expect(failure { try writer.finish() } == expected)
    #expect(try folder.bytes(of: name) == [1])
  }

  @Test func `doubles become the nearest floats, and what is not finite stays so`() throws {
    let matrix = try Matrix([[0.1, .infinity, -.infinity, .nan]])
    let writer = try VectorWriter<Double>(folder.file("a.f32"), columns: 4)
    try writer.write(matrix.view)
    try writer.finish()
    let patterns = [Float(0.1), .infinity, -.infinity, .nan].flatMap { bytes($0.bitPattern) }
    #expect(try folder.bytes(of: "a.f32") == patterns)
  }

  @Test func `more than a format can count`() throws {
    for (suffix, limit) in [
      ("fvecs", 2_147_483_647), ("idx", 2_147_483_647), ("fbin", 4_294_967_295),
    ] {
      let path = folder.file("a.\(suffix)")
      #expect(
        failure { _ = try VectorWriter<Float>(path, columns: limit + 1) }
          == .unusable(
            path: path, problem: "\(limit + 1) columns, \(suffix) can say at most \(limit)"))
      if suffix == "fvecs" { continue }
      #expect(
        failure { _ = try VectorWriter<Float>(path, columns: 1, rows: limit + 1) }
          == .unusable(path: path, problem: "more than the \(limit) rows that the format can count")
      )
    }
    #expect(folder.names == [])
  }

  @Test func `without an end nothing appears`() throws {
    let path = try folder.write([1], to: "a.npz")
    do {
      let writer = try VectorWriter<Float>(path, columns: 2)
      try writer.write(row.view)
      #expect(folder.names.count == 2)
    }
    #expect(folder.names == ["a.npz"])
    #expect(try folder.bytes(of: "a.npz") == [1])
  }

  @Test func `what goes to a pipe must know its length`() throws {
    let needsFile = "it needs a file, not a pipe or a device"
    for format in [WritableFormat.npy, .fbin, .u8bin, .i8bin, .idx] {
      #expect(
        failure { _ = try VectorWriter<Float>("/dev/null", format: format, columns: 2) }
          == .unusable(
            path: "/dev/null",
            problem:
              "\(format.rawValue) says before the rows how many there are, which is not known "
              + "here: \(needsFile)"))
      let writer = try VectorWriter<Float>("/dev/null", format: format, columns: 2, rows: 2)
      try writer.write(row.view)
      #expect(
        failure { try writer.finish() }
          == .malformed(
            path: "/dev/null", place: .wholeFile,
            problem: "1 rows came, expected 2 as the header says"))
    }
    #expect(
      failure { _ = try VectorWriter<Float>("/dev/null", format: .npz, columns: 2, rows: 2) }
        == .unusable(
          path: "/dev/null", problem: "npz has its checksum before the rows: \(needsFile)"))
    #expect(
      failure { _ = try VectorWriter<Float>(folder.file("a.npz.gz"), columns: 2) }
        == .unusable(
          path: folder.file("a.npz.gz"), problem: "npz is an archive already: expected no .gz"))
  }

  @Test func `a FIFO gets the bytes as they come`() throws {
    let path = folder.file("fifo")
    mkfifo(path, 0o600)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let writer = try VectorWriter<Float>(path, format: .u8bin, columns: 2, rows: 1)
    try writer.write(row.view)
    try writer.finish()
    var found = [UInt8](repeating: 0, count: 20)
    #expect(read(reader, &found, 20) == 10)
    #expect(found[..<10] == [1, 0, 0, 0, 2, 0, 0, 0, 1, 2])
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"),
    arguments: [WritableFormat.csv, .fvecs, .libsvm])
  func `a full disk`(_ format: WritableFormat) throws {
    let full = FileError.system(path: "/dev/full", operation: "write", code: ENOSPC)
    let writer = try VectorWriter<Float>("/dev/full", format: format, columns: 1000)
    let matrix = try Matrix<Float>([[Float](repeating: 0.1, count: 1000)])
    let failed = failure {
      for _ in 0..<1000 { try writer.write(matrix.view) }
      try writer.finish()
    }
    #expect(failed == full)
    #expect(failure { try writer.finish() } == full)
  }
}
