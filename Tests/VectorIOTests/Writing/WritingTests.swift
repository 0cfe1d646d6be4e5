import Foundation
import KMeansFiles
import Testing
import VectorIO

/// The writer's promises: whole or not at all, names and formats, the bits of every number.
@Suite struct WritingTests {
  let folder = Folder()
  let row = try! Matrix<Float>([[1, 2]])

  @Test func `the name says the format`() {
    for format in VectorFormat.allCases {
      let name = "dir.csv/X.\(format.fileExtension.uppercased())"
      #expect(VectorFormat(path: name) == format)
      #expect(VectorFormat(path: "\(name).gz") == format)
    }
    for name in ["a.svm", "a.SVMLIGHT.gz"] { #expect(VectorFormat(path: name) == .libsvm) }
    for name in ["", "-", "csv", "a", "a.csv/b", "a.gz", "a.csv.zip"] {
      #expect(VectorFormat(path: name) == nil)
    }
    #expect(
      VectorFormat.fileExtensions
        == ".npy, .csv, .tsv, .f32, .fvecs, .bvecs, .ivecs, .fbin, .u8bin, .i8bin, .safetensors, .idx, .libsvm, "
        + ".spark, .mtx, .docword or .npz")
    #expect(
      failure { _ = try VectorWriter<Float>(folder.file("a.xyz"), columns: 1) }
        == .unusable(
          path: folder.file("a.xyz"),
          problem: "the name does not say a format: expected one that ends in "
            + VectorFormat.fileExtensions))
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

  @Test func `doubles become the nearest floats, and what is not finite stays so`() throws {
    let matrix = try Matrix([[0.1, .infinity, -.infinity, .nan]])
    let writer = try VectorWriter<Double>(folder.file("a.f32"), columns: 4)
    try writer.write(matrix.view)
    try writer.finish()
    let patterns = [Float(0.1), .infinity, -.infinity, .nan].flatMap { bytes($0.bitPattern) }
    #expect(try folder.bytes(of: "a.f32") == patterns)
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
}
