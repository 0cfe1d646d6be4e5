import Foundation
import Testing
import VectorIO

/// Files that numpy itself has written.
@Suite struct NumPyFilesTests {
  /// Written by numpy 2.4.6: `numpy.lib.format.write_array(file, array, version)`.
  @Test(arguments: [
    // np.array([[1.5, -2.25, 3], [4, 5e-3, -6]], '<f4')
    (
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMp"
        + "LCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/"
        + "AAAQwAAAQEAAAIBACtejOwAAwMA=", "<f4",
      [[1.5, -2.25, 3], [4, Double(5e-3 as Float), -6]]
    ),
    // np.asfortranarray([[1.5, -2.25, 3], [4, 5e-3, -6]])
    (
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyks"
        + "IH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAA"
        + "AAD4PwAAAAAAABBAAAAAAAAAAsB7FK5H4Xp0PwAAAAAAAAhAAAAAAAAAGMA=", "<f8",
      [[1.5, -2.25, 3], [4, 5e-3, -6]]
    ),
    // np.array([1, -2, 300], '>i2')
    (
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPmkyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwg"
        + "fSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAf/+"
        + "ASw=", ">i2", [[1], [-2], [300]]
    ),
    // np.array([[True, False], [False, True]])
    (
      "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIp"
        + "LCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAB",
      "|b1", [[1, 0], [0, 1]]
    ),
    // np.array([[1.5, 6e-8], [np.inf, -0.0]], '<f2'), version (2, 0)
    (
      "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwg"
        + "MiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPgEA"
        + "AHwAgA==", "<f2", [[1.5, 0x1p-24], [.infinity, -0.0]]
    ),
    // np.array([[2**64 - 1], [0]], '<u8'), version (3, 0)
    (
      "k05VTVBZAwB0AAAAeydkZXNjcic6ICc8dTgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwg"
        + "MSksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAr/////"
        + "/////wAAAAAAAAAA", "<u8", [[0x1p64], [0]]
    ),
    // np.zeros((0, 4), 'f4')
    (
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDAsIDQp"
        + "LCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo=",
      "<f4", []
    ),
  ])
  func `reads what NumPy writes`(base64: String, type: String, expected: [[Double]]) throws {
    let file = Array(try #require(Data(base64Encoded: base64)))
    #expect(try rows(file, name: "a.npy") == expected)
    let opened = try OpenedVectorFile(source: MemorySource(file), name: "-")
    #expect(opened.info.format == .npy)
    #expect(opened.info.valueType == type)
    #expect(opened.info.rows == expected.count)
  }
}
