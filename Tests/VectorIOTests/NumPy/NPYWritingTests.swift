import Foundation
import KMeansFiles
import Testing
import VectorIO

@Suite struct NPYWritingTests {
  let folder = Folder()

  /// The bytes that numpy 2.4.6 writes for the same arrays, as in `NPYReadingTests`.
  @Test func `writes what NumPy writes`() throws {
    let matrix = try Matrix<Float>([[1.5, -2.25, 3], [4, 5e-3, -6]])
    try writeNPY(matrix, to: folder.file("m.npy"))
    #expect(
      Data(try folder.bytes(of: "m.npy")).base64EncodedString()
        == "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsID"
        + "MpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoA"
        + "AMA/AAAQwAAAQEAAAIBACtejOwAAwMA=")
    try writeNPY([7, -1, 12_345_678] as [Int32], to: folder.file("v.npy"))
    #expect(
      Data(try folder.bytes(of: "v.npy")).base64EncodedString()
        == "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKS"
        + "wgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoH"
        + "AAAA/////05hvAA=")
  }

  @Test(arguments: [0, 1, 9, 10, 100_000])
  func `comes back`(count: Int) throws {
    let values = (0..<count).map { Double($0) * 0.1 }
    try writeNPY(values, to: folder.file("v.npy"))
    var file = try VectorFile<Double>(folder.file("v.npy"))
    let matrix = try Matrix(reading: &file)
    #expect(matrix.columns == 1 && matrix.rows == count)
    #expect((0..<count).allSatisfy { matrix[$0, 0] == values[$0] })
    // The data begins at a multiple of 64 bytes, so that it can be mapped.
    #expect((try folder.bytes(of: "v.npy").count - 8 * count).isMultiple(of: 64))
  }

  @Test func `an unwritable place is named`() throws {
    let path = folder.file("none/m.npy")
    #expect(throws: FileError.system(path: path, operation: "write", code: ENOENT)) {
      try writeNPY([1, 2] as [Int64], to: path)
    }
  }
}
