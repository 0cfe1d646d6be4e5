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

  /// What Unicode calls equivalent: é as one scalar, and as e with an accent.
  private static let (composed, decomposed) = ("\u{e9}", "e\u{301}")

  @Test func `texts that look the same are two where their bytes are two`() {
    let (composed, decomposed) = (ExactText(Self.composed), ExactText(Self.decomposed))
    #expect(Self.composed == Self.decomposed)
    #expect(composed != decomposed && composed == ExactText(Self.composed))
    #expect(Set([composed, decomposed, composed]).count == 2)
    #expect(decomposed < composed && !(composed < decomposed) && !(composed < composed))
    #expect(Set(["", "a", "ab", "a"].map { ExactText($0) }).count == 3)
  }

  @Test func `an accent behind a byte of a name hides it from nobody`() {
    let name: ExactText = ".\u{301}x.tmp"
    #expect(!name.text.hasPrefix("."))
    #expect(name.begins(with: ".") && name.ends(in: ".tmp") && !name.begins(with: ".x"))
    #expect(name.dropping(bytes: 1) == "\u{301}x.tmp")
    #expect(!ExactText("tmp").ends(in: ".tmp") && ExactText("").ends(in: ""))
    #expect(FileName.last(of: "a/\u{301}b") == "\u{301}b")
    #expect(FileName.last(of: "a/b//") == "b" && FileName.last(of: "/") == "")
  }

  #if os(Linux)
    @Test func `what was left of another spelling stays`() throws {
      let folder = Folder()
      for name in [Self.composed, Self.decomposed, "\u{301}e"] {
        _ = try folder.write([1], to: ".\(name).1x2y.tmp")
      }
      AtomicFile.removeLeftovers(of: folder.file(Self.decomposed))
      AtomicFile.removeLeftovers(of: folder.file("\u{301}e"))
      let left = folder.names.map { ExactText($0) }
      #expect(left == [ExactText(".\(Self.composed).1x2y.tmp")])
    }

    @Test func `a file whose name begins with an accent is written beside it`() throws {
      let folder = Folder()
      let path = folder.file("\u{301}a")
      let file = try AtomicFile(path)
      try file.write("text")
      #expect(folder.names.count == 1, "the temporary file is in another folder")
      try file.commit()
      #expect(try folder.bytes(of: "\u{301}a") == Array("text".utf8))
    }
  #endif
}
