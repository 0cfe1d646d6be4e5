import Foundation
import KMeansFiles
import Testing

@Suite struct ArchiveTests {
  let folder = Folder()

  static let sample: Archive = {
    var archive = Archive(kind: "model")
    archive["bytes"] = .bytes([0, 255, 10, 13])
    archive["text"] = .string("größe")
    archive["int"] = .int(.min)
    archive["ints"] = .ints([1, -1, .max])
    archive["none"] = .floats([])
    archive["doubles"] = .doubles([1, -0.0, Double(bitPattern: 1), .infinity])
    archive.setMatrix("matrix", rows: 2, columns: 3, values: ([1, 2, 3, 4, 5, 6] as [Float]).span)
    return archive
  }()

  @Test func `comes back as it was`() throws {
    try Self.sample.write(to: folder.file("m"))
    let read = try Archive(readingFrom: folder.file("m"), kind: "model")
    #expect(read == Self.sample)
    #expect(read.names == ["bytes", "text", "int", "ints", "none", "doubles", "matrix"])
    #expect(try read.ints("ints") == [1, -1, .max])
    #expect(try read.int("int") == .min)
    #expect(try read.string("text") == "größe")
    #expect(try read.bytes("bytes") == [0, 255, 10, 13])
    let matrix = try read.matrix("matrix", as: Float.self)
    #expect(matrix.rows == 2 && matrix.columns == 3 && matrix.values == [1, 2, 3, 4, 5, 6])
    #expect(try Archive.kind(ofFileAt: folder.file("m")) == "model")
    #expect(try folder.bytes(of: "m") == Self.sample.encoded())
  }

  @Test func `every bit of a number comes back`() throws {
    let doubles: [UInt64] = [
      0x7ff8_0000_dead_beef, 0xfff0_0000_0000_0001, 1 << 63, 1, 0x000f_ffff_ffff_ffff,
    ]
    let floats: [UInt32] = [0x7fc0_1234, 0xff80_0001, 1 << 31, 1]
    var archive = Archive(kind: "k")
    archive["d"] = .doubles(doubles.map { Double(bitPattern: $0) })
    archive["f"] = .floats(floats.map { Float(bitPattern: $0) })
    archive["x"] = .double(Double(bitPattern: doubles[0]))
    try archive.write(to: folder.file("a"))
    let read = try Archive(readingFrom: folder.file("a"), kind: "k")
    #expect(try read.vector("d", as: Double.self).map(\.bitPattern) == doubles)
    #expect(try read.vector("f", as: Float.self).map(\.bitPattern) == floats)
    #expect(try read.double("x").bitPattern == doubles[0])
  }

  @Test func `sections are replaced and removed`() {
    var archive = Archive(kind: "k")
    archive["a"] = .int(1)
    archive["b"] = .int(2)
    archive["a"] = .string("x")
    #expect(archive.names == ["a", "b"])
    archive["a"] = nil
    #expect(archive.names == ["b"])
    #expect(archive["a"] == nil)
  }

  @Test func `the bytes are the formats bytes`() {
    var archive = Archive(kind: "k")
    archive["n"] = .int(5)
    let table: [UInt8] = [
      1, 0, 0x6b, 1, 0, 0x6e, 3, 8, 0, 0, 0, 0, 0, 0, 0,
      // zlib.crc32(struct.pack('<q', 5)), little-endian
      0x0d, 0xd1, 0xc2, 0x2d,
    ]
    let bytes = archive.encoded()
    #expect(Array(bytes[..<12]) == [0x8b, 0x4b, 0x4d, 0x4e, 13, 10, 0x1a, 10, 1, 0, 0, 0])
    #expect(Array(bytes[16..<32]) == [19, 0, 0, 0, 0, 0, 0, 0, 59, 0, 0, 0, 0, 0, 0, 0])
    #expect(Array(bytes[32...]) == table + [5, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func `every truncation is found`() throws {
    let bytes = Self.sample.encoded()
    for length in 0..<bytes.count {
      let path = try folder.write(Array(bytes[..<length]), to: "cut")
      #expect(throws: FileError.self, "cut to \(length)") {
        do { _ = try Archive(readingFrom: path, kind: "model") } catch {
          try expectMalformed(error, within: 0...length)
        }
      }
    }
    let path = try folder.write(bytes + [0], to: "long")
    let problem = "expected \(bytes.count) bytes in all, found \(bytes.count + 1)"
    #expect(throws: malformed(path, bytes.count, problem)) {
      try Archive(readingFrom: path, kind: "model")
    }
  }

  @Test func `every flipped bit is found`() throws {
    let bytes = Self.sample.encoded()
    let path = try folder.write(bytes, to: "flipped")
    let file = open(path, O_RDWR)
    defer { close(file) }
    for bit in 0..<8 * bytes.count {
      var byte = bytes[bit / 8] ^ 1 << UInt8(bit % 8)
      #expect(pwrite(file, &byte, 1, off_t(bit / 8)) == 1)
      defer {
        byte = bytes[bit / 8]
        _ = pwrite(file, &byte, 1, off_t(bit / 8))
      }
      #expect(throws: FileError.self, "bit \(bit)") {
        do { _ = try Archive(readingFrom: path, kind: "model") } catch {
          try expectMalformed(error, within: 0...Int.max)
        }
      }
    }
  }

  /// Throws the error on if it is the right one.
  private func expectMalformed(_ error: any Error, within range: ClosedRange<Int>) throws {
    guard case FileError.malformed(_, .byte(let byte), _) = error, range.contains(byte) else {
      Issue.record("\(error)")
      return
    }
    throw error
  }

  @Test func `what is wrong is said`() throws {
    let bytes = Self.sample.encoded()
    let path = try folder.write(bytes, to: "m")
    #expect(throws: malformed(path, 32, "expected an archive of kind 'sketch', found 'model'")) {
      try Archive(readingFrom: path, kind: "sketch")
    }
    var changed = bytes
    changed[8] = 2
    let version = try folder.write(changed, to: "version")
    #expect(throws: malformed(version, 8, "expected format version 1, found 2")) {
      try Archive(readingFrom: version, kind: "model")
    }
    let text = try folder.write(Array(bytes[..<4]) + [10] + Array(bytes[6...]), to: "text")
    #expect(
      throws: malformed(
        text, 4, "the archive was changed here, as by a copy that translates line ends")
    ) { try Archive(readingFrom: text, kind: "model") }
    let other = try folder.write(Array("a,b,c\n".utf8), to: "other")
    #expect(throws: malformed(other, 0, "this is not an archive of this package")) {
      try Archive(readingFrom: other, kind: "model")
    }
    #expect(try Archive.kind(ofFileAt: other) == nil)
    #expect(try Archive.kind(ofFileAt: try folder.write([], to: "empty")) == nil)
  }

  @Test func `a missing or other section is named`() throws {
    try Self.sample.write(to: folder.file("m"))
    let path = folder.file("m")
    let read = try Archive(readingFrom: path, kind: "model")
    #expect(throws: malformed(path, 32, "expected a section 'k' with a whole number, found none")) {
      try read.int("k")
    }
    #expect(
      throws: malformed(path, 32, "expected a section 'text' with a whole number, found text")
    ) { try read.int("text") }
    #expect(throws: FileError.self) { try read.matrix("matrix", as: Double.self) }
  }

  private func malformed(_ path: String, _ byte: Int, _ problem: String) -> FileError {
    .malformed(path: path, place: .byte(byte), problem: problem)
  }

  @Test(.timeLimit(.minutes(5)))
  func `what is no regular file is refused at once`() throws {
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for (path, kind) in [(pipe, "a pipe"), ("/dev/null", "a device")] {
      #expect(
        throws: FileError.unusable(path: path, problem: "expected a regular file, found \(kind)")
      ) {
        _ = try Archive(readingFrom: path, kind: "model")
      }
      #expect(try Archive.kind(ofFileAt: path) == nil)
    }
    #expect(throws: FileError.system(path: folder.path, operation: "read", code: EISDIR)) {
      _ = try Archive(readingFrom: folder.path, kind: "model")
    }
    // Nor does a pipe lock anything, and it stays.
    #expect(
      throws: FileError.unusable(path: pipe, problem: "expected a regular file, found a pipe")
    ) {
      _ = try FileLock(pipe)
    }
    #expect(folder.names == ["pipe"])
  }
}
