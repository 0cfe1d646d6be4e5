import KMeansFiles
import Testing
import VectorIO

/// Which files are taken for idx, by their names or by their first bytes.
@Suite struct RecognitionTests {
  static let images = idxHeader(0x08, [2, 1, 2]) + [1, 2, 3, 4]

  @Test(arguments: BinaryFormatsTests.kinds) func `by the first bytes`(kind: MemorySource.Kind)
    throws
  {
    for name in ["train-images-idx3-ubyte", "train-images.idx3-ubyte", "-", "train-images.idx"] {
      #expect(try rows(Self.images, name: name, kind: kind) == [[1, 2], [3, 4]])
      let packed = gzipMember(Self.images)
      #expect(try rows(packed, name: name + ".gz", kind: kind) == [[1, 2], [3, 4]])
    }
    for code: UInt8 in [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e] {
      for count in [1, 8] {
        let empty = idxHeader(code, Array(repeating: 1, count: count)).prefix(4 + 4 * count)
        let error = failure { _ = try rows(Array(empty), name: "-", kind: kind) as [[Double]] }
        #expect(error?.description.contains("the data ends here") == true)
      }
    }
  }

  @Test(arguments: [
    [0], [0, 0], [0, 0, 8], [0, 0, 8, 0], [0, 0, 8, 9], [0, 0, 10, 2], [0, 1, 8, 2],
  ])
  func `what is not one`(begin: [UInt8]) throws {
    // Anything else is text, in which these bytes are no numbers.
    let error = failure { _ = try rows(begin + Array("\n1\n2\n".utf8), name: "-") as [[Double]] }
    #expect(error?.description.contains("idx") != true)
  }

  @Test func `the name says what it must be`() {
    func error(_ bytes: [UInt8]) -> FileError? {
      failure { _ = try rows(bytes, name: "a.idx") as [[Double]] }
    }
    #expect(
      error([1, 2, 3, 4])
        == malformed(.byte(0), "expected the two zeros that an idx file begins with"))
    #expect(
      error([0, 0, 10, 1])
        == malformed(.byte(2), "values of type 10, expected 8, 9, 11, 12, 13 or 14"))
    for count: UInt8 in [0, 9, 255] {
      #expect(
        error([0, 0, 8, count])
          == malformed(.byte(3), "an array of \(count) dimensions, expected 1 to 8"))
    }
  }

  @Test func `every format has a name`() {
    #expect(
      VectorFormat.allCases.map(\.rawValue)
        == [
          "npy", "npz", "csv", "tsv", "libsvm", "spark", "mtx", "docword", "fvecs", "bvecs",
          "ivecs",
          "fbin", "u8bin", "i8bin", "idx", "safetensors", "raw-f32",
        ])
  }

  @Test func `only archives have names of arrays`() {
    let options = ReadingOptions(array: "a")
    #expect(
      failure { _ = try rows(Self.images, name: "a.idx", options: options) as [[Double]] }
        == .unusable(
          path: "memory",
          problem: "an array was named, but only npz and safetensors files have names of arrays"))
  }
}
