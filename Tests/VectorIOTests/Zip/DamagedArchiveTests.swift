import KMeansFiles
import Testing
import VectorIO

/// Archives that are not what they say, one clear error each.
@Suite struct DamagedArchiveTests {
  static let array = ArrayArchiveTests.array

  private func error(
    _ members: [ZipFile.Member], _ change: (inout ZipFile) -> Void = { _ in }
  ) -> FileError? {
    var zip = ZipFile(members)
    change(&zip)
    return failure { _ = try rows(zip.file, name: "a.npz") as [[Double]] }
  }

  private func member(
    _ name: String = "x.npy", isDeflated: Bool = false,
    _ change: (inout ZipFile.Member) -> Void = { _ in }
  ) -> ZipFile.Member {
    var member = ZipFile.Member(name, Self.array, isDeflated: isDeflated)
    change(&member)
    return member
  }

  @Test(arguments: [
    "../x.npy", "/x.npy", "a/../../x.npy", "a\\x.npy", "..", "C:/x.npy", "a\0.npy", "",
  ])
  func `names that lead out of the archive`(name: String) {
    let directory = 30 + name.utf8.count + Self.array.count
    let shown = name == "a\0.npy" ? "a\\u{0}.npy" : name
    #expect(
      error([member(name)])
        == malformed(
          .byte(directory), "a member named '\(shown)', which leads out of the archive"))
  }

  @Test func `names that do not`() throws {
    for name in ["a..b.npy", "...npy", "a/b/c.npy", "ä.npy"] {
      #expect(error([member(name)]) == nil)
    }
    #expect(
      error([member(), member()])
        == malformed(.byte(2 * (35 + Self.array.count) + 51), "two members named 'x.npy'"))
  }

  @Test(arguments: [false, true]) func `a checksum that is wrong`(isDeflated: Bool) {
    let mismatch = FileError.malformed(
      path: "memory: 'x'", place: .byte(Self.array.count), problem: "CRC mismatch")
    #expect(error([member(isDeflated: isDeflated) { $0.both { $0.checksum ^= 1 } }]) == mismatch)
    var turned = ZipFile.Member("x.npy", ArrayArchiveTests.turned, isDeflated: isDeflated)
    turned.both { $0.checksum ^= 1 }
    #expect(
      error([turned])
        == .malformed(
          path: "memory: 'x'", place: .byte(ArrayArchiveTests.turned.count),
          problem: "CRC mismatch"))
    if !isDeflated { #expect(error([member { $0.packed[$0.packed.count - 1] ^= 1 }]) == mismatch) }
  }

  /// An array larger than a window, read column by column at once: the checksum comes first.
  @Test func `a checksum of what is read by position`() throws {
    let data = [UInt8](repeating: 1, count: 4 * 300 * 300)
    let array = npy(fortran: "True", shape: "(300, 300)", data: data)
    var member = ZipFile.Member("x.npy", array)
    #expect(try rows(ZipFile([member]).file, name: "a.npz").count == 300)
    member.packed[200_000] ^= 4
    #expect(
      error([member])
        == .malformed(
          path: "memory: 'x'", place: .byte(array.count), problem: "CRC mismatch"))
  }

  @Test func `headers that disagree`() {
    func differs(_ what: String, _ change: (inout ZipFile.Header) -> Void) {
      #expect(
        error([member { change(&$0.local) }])
          == malformed(
            .byte(0),
            "the local header of member 'x.npy' has another \(what) than the central directory"))
    }
    differs("name") { $0.name[0] = 0x79 }
    differs("method") { $0.method = 8 }
    differs("set of flags") { $0.flags = 8 }
    differs("size") { $0.size += 1 }
    differs("size") { $0.packedSize -= 1 }
    differs("size") { ($0.size, $0.packedSize) = (0, 0) }
    differs("CRC") { $0.checksum = 0 }
    #expect(
      error([member { $0.both { $0.size += 1 } }])
        == malformed(
          .byte(0),
          "member 'x.npy' is stored in \(Self.array.count) bytes, expected "
            + "\(Self.array.count + 1)"))
  }

  @Test func `what is not read`() {
    for flags: UInt16 in [1, 0x41, 0x2000] {
      #expect(
        error([member { $0.both { $0.flags = flags } }])
          == malformed(.byte(0), "member 'x.npy' is encrypted"))
    }
    #expect(
      error([member { $0.both { $0.method = 14 } }])
        == malformed(
          .byte(0), "member 'x.npy' is packed by method 14, expected 0 (stored) or 8 (deflated)"))
    let disks = "an archive of several disks; expected a single file"
    let directory = 35 + Self.array.count
    #expect(error([member { $0.disk = 1 }]) == malformed(.byte(directory), disks))
    #expect(error([member()]) { $0.disk = 1 } == malformed(.byte(directory + 51), disks))
  }

  @Test func `packed data of another length`() {
    let whole = member(isDeflated: true)
    let end = 35 + whole.packed.count
    #expect(
      error([
        member(isDeflated: true) {
          $0.packed.removeLast(3)
          $0.both { $0.packedSize -= 3 }
        }
      ])
        == malformed(
          .byte(end - 3),
          "the deflate data ends here, in the middle of a member: the file is not whole"))
    #expect(
      error([
        member(isDeflated: true) {
          $0.packed.append(0)
          $0.both { $0.packedSize += 1 }
        }
      ])
        == malformed(.byte(end), "bytes after the end of the deflate data; expected none"))
    let count = Self.array.count
    #expect(
      error([member(isDeflated: true) { $0.both { $0.size += 1 } }])
        == malformed(.byte(end), "the member unpacks to \(count) bytes, expected \(count + 1)"))
    let less = error([member(isDeflated: true) { $0.both { $0.size -= 1 } }])
    #expect(
      less?.description.hasSuffix(
        ": the member unpacks to more than the \(count - 1) bytes expected") == true)
    #expect(
      error([member(isDeflated: true) { $0.packed[0] |= 6 }])
        == malformed(.byte(end), "deflate: invalid block type")
        || error([member(isDeflated: true) { $0.packed[0] |= 6 }])?.description
          .contains("deflate: invalid block type") == true
    )
  }

  @Test func `places that lie`() {
    let length = 35 + Self.array.count
    #expect(
      error([member { $0.offset = UInt32.max - 1 }])
        == malformed(
          .byte(length + 51 + 22), "member 'x.npy' reaches into the central directory"))
    #expect(
      error([member { $0.offset = 1 }])
        == malformed(.byte(1), "expected the local header of member 'x.npy'"))
    // Both at one place, and the first one long enough to reach into the second.
    #expect(
      error([member("y"), member { $0.offset = 0 }])
        == malformed(.byte(0), "member 'y' reaches into the next member"))
    #expect(
      error([member { $0.both { ($0.size, $0.packedSize) = ($0.size + 99, $0.packedSize + 99) } }])
        == malformed(.byte(0), "member 'x.npy' reaches into the central directory"))
    #expect(
      error([member { $0.both { ($0.size, $0.packedSize) = ($0.size + 9, $0.packedSize + 9) } }])
        == malformed(
          .byte(0), "member 'x.npy' reaches into what follows it at byte \(length)"))
    #expect(
      error([member { $0.both { $0.packedSize = .max } }])
        == malformed(
          .byte(length + 51), "expected a zip64 field, for a size or offset is not given"))
    #expect(
      error([member { $0.central.extra = [1, 0, 99, 0] }])
        == malformed(.byte(length + 51), "an extra field of 99 bytes is cut off"))
  }

  @Test func `a directory that lies`() {
    let start = 35 + Self.array.count
    let end = start + 51
    #expect(
      error([member()]) { $0.directoryOffset = start - 1 }
        == malformed(
          .byte(end),
          "the central directory (51 bytes from byte \(start - 1) on) does not end at "
            + "byte \(end), where its end is marked"))
    #expect(
      error([member()]) { $0.directoryLength = 17 << 20 }
        == malformed(
          .byte(end), "a central directory of 17825792 bytes, expected at most 16777216"))
    #expect(
      error([member()]) { $0.entryCount = 2 }
        == malformed(.byte(start), "a central directory of 1 member, expected 2"))
    #expect(
      error([member()]) { ($0.directoryOffset, $0.directoryLength) = (start + 1, 50) }
        == malformed(.byte(start + 1), "expected an entry of the central directory"))
    for counts in [[1, 2, 51, start], [1, 1, 51, -1], [1, 1, -1, start], [-1, -1, 51, start]] {
      let found = error([member()]) { ($0.isZip64, $0.zip64Counts) = (true, counts) }
      guard case .malformed("memory", .byte, _)? = found else {
        Issue.record("\(counts): \(String(describing: found))")
        continue
      }
    }
  }
}
