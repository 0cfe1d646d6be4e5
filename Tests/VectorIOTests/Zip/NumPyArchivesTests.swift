import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Archives that numpy itself has written, version 2.4.6, from `a = np.arange(6, dtype='<f4')
/// .reshape(3, 2)`; their local headers have zip64 sizes in all cases.
@Suite struct NumPyArchivesTests {
  /// np.savez(file, a)
  static let stored =
    "UEsDBC0AAAAAAAAAIQDMypy9//////////8JABQAYXJyXzAubnB5AQAQAJgAAAAAAAAAmAAAAAAAAACTTlVNUFkB"
    + "AHYAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywgMiksIH0gICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAAAAAAIA/AAAA"
    + "QAAAQEAAAIBAAACgQFBLAQItAy0AAAAAAAAAIQDMypy9mAAAAJgAAAAJAAAAAAAAAAAAAACAAQAAAABhcnJfMC5u"
    + "cHlQSwUGAAAAAAEAAQA3AAAA0wAAAAAA"
  /// np.savez_compressed(file, np.asfortranarray(a), weights=np.array([1, 2, 3], '<i8'))
  static let two =
    "UEsDBC0AAAAIAAAAIQC8kVWO//////////8LABQAd2VpZ2h0cy5ucHkBABAAmAAAAAAAAABNAAAAAAAAAJvsF+ob"
    + "EMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoUAC5GBghg"
    + "gtLMUBoAUEsDBC0AAAAIAAAAIQDOvY2g//////////8JABQAYXJyXzAubnB5AQAQAJgAAAAAAAAAVAAAAAAAAACb"
    + "7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChIPKSpNBQoXZyQWpAK5GsY6CkaaOgq1CuQD"
    + "LgYIcGBgaABheyATSC9wAABQSwECLQMtAAAACAAAACEAvJFVjk0AAACYAAAACwAAAAAAAAAAAAAAgAEAAAAAd2Vp"
    + "Z2h0cy5ucHlQSwECLQMtAAAACAAAACEAzr2NoFQAAACYAAAACQAAAAAAAAAAAAAAgAGKAAAAYXJyXzAubnB5UEsF"
    + "BgAAAAACAAIAcAAAABkBAAAAAA=="
  /// np.savez_compressed(pipe, x=a): to where nothing can be written twice, so that the sizes stand
  /// in a descriptor behind the data.
  static let deflatedToPipe =
    "UEsDBC0ACAAIAAAAIQAAAAAA//////////8FABQAeC5ucHkBABAAAAAAAAAAAAAAAAAAAAAAAJvsF+obEMnIUMZQ"
    + "rZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkaaOgq1CmQDLgYwaLAHEg5A"
    + "BMQNQLzAAQBQSwcIzMqcvVUAAAAAAAAAmAAAAAAAAABQSwECLQMtAAgACAAAACEAzMqcvVUAAACYAAAABQAAAAAA"
    + "AAAAAAAAgAEAAAAAeC5ucHlQSwUGAAAAAAEAAQAzAAAApAAAAAAA"
  /// np.savez(pipe, x=a)
  static let storedToPipe =
    "UEsDBC0ACAAAAAAAIQAAAAAA//////////8FABQAeC5ucHkBABAAAAAAAAAAAAAAAAAAAAAAAJNOVU1QWQEAdgB7"
    + "J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgzLCAyKSwgfSAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAAgD8AAABAAABA"
    + "QAAAgEAAAKBAUEsHCMzKnL2YAAAAAAAAAJgAAAAAAAAAUEsBAi0DLQAIAAAAAAAhAMzKnL2YAAAAmAAAAAUAAAAA"
    + "AAAAAAAAAIABAAAAAHgubnB5UEsFBgAAAAABAAEAMwAAAOcAAAAAAA=="

  static func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64)!) }

  @Test(arguments: [stored, deflatedToPipe, storedToPipe], ["a.npz", "-"])
  func `one array`(base64: String, name: String) throws {
    let file = Self.bytes(base64)
    #expect(try rows(file, name: name) == [[0, 1], [2, 3], [4, 5]])
    let opened = try OpenedVectorFile(source: MemorySource(file), name: name)
    #expect(opened.info.format == .npz && opened.info.valueType == "<f4")
    #expect(opened.info.rows == 3 && opened.info.arrayNames?.count == 1)
    #expect(opened.info.isRereadable == (base64 != Self.deflatedToPipe))
  }

  @Test func `one of two arrays`() throws {
    let file = Self.bytes(Self.two)
    func read(_ array: String?) throws -> [[Double]] {
      try rows(file, name: "a.npz", options: ReadingOptions(array: array))
    }
    #expect(try read("arr_0") == [[0, 1], [2, 3], [4, 5]])
    #expect(try read("weights") == [[1], [2], [3]])
    let source = MemorySource(file)
    let options = ReadingOptions(array: "weights")
    let info = try OpenedVectorFile(source: source, name: "a.npz", options: options).info
    #expect(info.arrayNames == ["weights", "arr_0"] && info.valueType == "<i8")
    #expect(info.path == "memory: 'weights'")
    #expect(
      failure { _ = try read(nil) }
        == .unusable(
          path: "memory",
          problem: "there are 2 arrays, 'weights', 'arr_0': the option array chooses one"))
    #expect(
      failure { _ = try read("z") }
        == .unusable(
          path: "memory", problem: "there is no array 'z' among 'weights', 'arr_0'"))
  }

  @Test(arguments: [stored, two, deflatedToPipe, storedToPipe])
  func `every truncation is found`(base64: String) {
    let file = Self.bytes(base64)
    for length in 0..<file.count {
      let error = failure { _ = try rows(Array(file[..<length]), name: "a.npz") as [[Double]] }
      #expect(
        error
          == malformed(
            .byte(length),
            "expected the end of a zip archive's central directory before the end of the file"))
    }
  }

  /// A flipped bit anywhere makes an error or means nothing to the values.
  @Test(arguments: [stored, two, deflatedToPipe, storedToPipe])
  func `no flipped bit changes the rows`(base64: String) throws {
    let file = Self.bytes(base64)
    let options = ReadingOptions(array: base64 == Self.two ? "arr_0" : nil)
    var refused = 0
    for bit in 0..<8 * file.count {
      var changed = file
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      do {
        let found: [[Double]] = try rows(changed, name: "a.npz", options: options)
        #expect(found == [[0, 1], [2, 3], [4, 5]], "bit \(bit)")
      } catch {
        #expect(error is FileError)
        refused += 1
      }
    }
    // All but times, versions, attributes, and the other member.
    #expect(refused > 4 * file.count)
  }
}
