import Foundation
import KMeansFiles
import Testing

/// Names of files keep their bytes, and what is shown of them is text.
@Suite struct FileNameTests {
  private static func bytes(_ text: String) -> [UInt8] {
    FileName.withBytes(of: text) { name in
      Array(UnsafeBufferPointer(start: name, count: strlen(name))).map { UInt8(bitPattern: $0) }
    }
  }

  @Test(arguments: [
    [], [0x61], Array("é/x.csv".utf8), [0xff], [0x61, 0xff, 0x62], [0xf0, 0x9f], [0xc3],
    [0xed, 0xa0, 0x80],
    [0xc0, 0x80], [0xf4, 0x8f, 0xbb, 0xbf], [0xf4, 0x8f, 0xb8, 0x80], [0xf4, 0x90, 0x80, 0x80],
    Array(1...255), Array("👍🏽e\u{301}".utf8),
  ])
  func `bytes come back`(_ bytes: [UInt8]) {
    #expect(Self.bytes(FileName.text(bytes)) == bytes)
  }

  @Test func `any bytes come back`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        // Mostly beginnings and parts of longer sequences.
        UInt8.random(in: Bool.random(using: &random) ? 0x80...0xff : 1...0x7f, using: &random)
      }
      #expect(Self.bytes(FileName.text(bytes)) == bytes)
    }
  }

  @Test func `a text that is UTF-8 stays what it is`() {
    #expect(FileName.text(Array("größe.csv".utf8)) == "größe.csv")
  }

  @Test func `bytes that are no text are shown as numbers`() {
    #expect(visible(FileName.text([0x6e, 0xff, 0x2e, 0x80])) == "n\\xff.\\x80")
    #expect(quoted(FileName.text([0x6e, 0xff])) == "'n\\xff'")
  }

  @Test func `JSON keeps its texts and steers no terminal`() {
    #expect(visibleJSON(#"{"a":"b\n"}"#) == #"{"a":"b\n"}"#)
    #expect(visibleJSON("\"\u{7f}\u{85}\u{9b}\u{202e}\"") == #""\u007f\u0085\u009b\u202e""#)
    #expect(visibleJSON("\"" + FileName.text([0xff]) + "\"") == #""\\xff""#)
  }

  @Test func `a descriptor that is closed is called so`() {
    let error = FileError.system(path: "standard input", operation: "read", code: EBADF)
    #expect(error.description == "standard input is closed")
  }
}
