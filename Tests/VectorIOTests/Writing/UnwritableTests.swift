import Foundation
import KMeansFiles
import Testing
import VectorIO

/// What cannot be written: values and counts that a format cannot hold, pipes, full disks.
@Suite struct UnwritableTests {
  let folder = Folder()
  let row = try! Matrix<Float>([[1, 2]])

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
    let format = VectorFormat(path: path)!
    let matrix = try Matrix([[1, 2], [3, 4], [5, value]])
    let expected = FileError.malformed(
      path: path, place: .wholeFile,
      problem: "the value \(value) in row 3, column 2 cannot be written: "
        + "\(format.rawValue) holds \(limits) (rows and columns count from 1)")
    let writer = try VectorWriter<Double>(path, columns: 2)
    #expect(failure { try writer.write(matrix.view) } == expected)
    // What failed stays failed: half a file is never put in place.
    #expect(failure { try writer.write(matrix.view.rows(0..<1)) } == expected)
    #expect(failure { try writer.finish() } == expected)
    #expect(try folder.bytes(of: name) == [1])
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

  @Test func `what goes to a pipe must know its length`() throws {
    let needsFile = "it needs a file, not a pipe or a device"
    for format in [VectorFormat.npy, .fbin, .u8bin, .i8bin, .idx] {
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
            problem: "1 row came, expected 2 as the header says"))
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
    arguments: [VectorFormat.csv, .fvecs, .libsvm])
  func `a full disk`(_ format: VectorFormat) throws {
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
