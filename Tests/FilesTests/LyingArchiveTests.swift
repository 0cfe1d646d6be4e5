import Foundation
import KMeansFiles
import Testing

/// Archives whose checksums are right and whose lengths are lies, or of a size that is mostly
/// holes.
@Suite struct LyingArchiveTests {
  let folder = Folder()

  /// An archive put together by the description of the format.
  private func archive(
    kind: String = "model", _ sections: [(name: String, length: Int)], payload: Int,
    tableLength: Int? = nil
  ) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    func text(_ text: String) -> [UInt8] { number(text.utf8.count, 2) + Array(text.utf8) }
    var table = text(kind)
    for section in sections {
      table += text(section.name) + [1] + number(section.length, 8) + number(0, 4)
    }
    let lengths = number(tableLength ?? table.count, 8) + number(32 + table.count + payload, 8)
    return [0x8b, 0x4b, 0x4d, 0x4e, 13, 10, 0x1a, 10, 1, 0, 0, 0]
      + number(Int(crc32(lengths + table)), 4) + lengths + table
  }

  /// A file that begins with some bytes and goes on with holes.
  private func file(_ bytes: [UInt8], holes: Int) throws -> String {
    let path = try folder.write(bytes, to: "m")
    try #require(truncate(path, off_t(bytes.count + holes)) == 0)
    return path
  }

  private func expect(
    _ byte: Int, _ problem: String, of path: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: FileError.self, sourceLocation: sourceLocation) {
      try Archive(readingFrom: path, kind: "model")
    }
    guard case .malformed(_, let place, let found)? = error else {
      Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
      return
    }
    #expect(place == .byte(byte), sourceLocation: sourceLocation)
    #expect(found.hasPrefix(problem), "\(found)", sourceLocation: sourceLocation)
  }

  @Test func `names that are too long`() throws {
    let name = String(repeating: "n", count: 1001)
    let shown = "'\(String(repeating: "n", count: 40))...'"
    let problem = "a name of 1001 bytes, expected at most 1000: \(shown)"
    expect(
      32 + 7 + 1003 + 13, problem, of: try file(archive([(name, 0)], payload: 0), holes: 0))
    expect(32 + 1003, problem, of: try file(archive(kind: name, [], payload: 0), holes: 0))
    #expect(throws: FileError.self) {
      try Archive.kind(ofFileAt: file(archive(kind: name, [], payload: 0), holes: 0))
    }
    let longest = String(repeating: "n", count: 1000)
    let read = try Archive(
      readingFrom: file(archive([(longest, 0)], payload: 0), holes: 0), kind: "model")
    #expect(read.names == [longest])
  }

  @Test func `a table of holes`() throws {
    let length = 1 << 40
    var bytes = archive([], payload: length, tableLength: length)
    bytes.removeLast(7)
    // As long as the header says, so that nothing else is wrong first.
    let path = try file(bytes, holes: length + 7)
    expect(16, "a table of \(length) bytes, expected at most 1048576", of: path)
    #expect(throws: FileError.self) { try Archive.kind(ofFileAt: path) }
  }

  @Test func `a section of holes`() throws {
    let length = 1 << 43
    let path = try file(archive([("centroids", length)], payload: length), holes: length)
    let error = #expect(throws: FileError.self) { try Archive(readingFrom: path, kind: "model") }
    guard case .outOfMemory(path, let problem)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(
      problem.hasPrefix(
        "what the archive holds takes \(length) bytes of memory, expected at most "))
  }

  @Test func `memory is known here`() throws {
    let bytes = try #require(AvailableMemory.bytes)
    #expect(bytes > 1 << 20 && bytes < 1 << 50)
    #expect(throws: Never.self) { try AvailableMemory.check(1 << 20, path: "a", "what is small") }
  }
}
