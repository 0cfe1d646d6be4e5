/// A ZIP archive put together from the format's description; every field can be made to lie.
struct ZipFile {
  /// What both the local header and the central directory say of a member.
  struct Header {
    var flags: UInt16 = 0
    var method: UInt16 = 0
    var checksum: UInt32 = 0
    var packedSize: UInt32 = 0
    var size: UInt32 = 0
    var name: [UInt8] = []
    var extra: [UInt8] = []

    var fields: [UInt8] {
      bytes(flags) + bytes(method) + bytes(0x21_0000 as UInt32) + bytes(checksum)
        + bytes(packedSize) + bytes(size) + bytes(UInt16(name.count)) + bytes(UInt16(extra.count))
    }
  }

  struct Member {
    var local = Header()
    var central: Header
    var packed: [UInt8]
    var descriptor: [UInt8] = []
    var disk: UInt16 = 0
    /// Where the central directory says that the local header is, if that is not the truth.
    var offset: UInt32?

    init(_ name: String, _ content: [UInt8], isDeflated: Bool = false) {
      // Deflated data is what a gzip member has between its header and its trailer.
      packed = isDeflated ? Array(gzipMember(content).dropFirst(10).dropLast(8)) : content
      central = Header(
        method: isDeflated ? 8 : 0, checksum: crc32(content),
        packedSize: UInt32(packed.count),
        size: UInt32(content.count), name: Array(name.utf8))
      local = central
    }

    /// Changes both headers alike.
    mutating func both(_ change: (inout Header) -> Void) {
      change(&local)
      change(&central)
    }
  }

  var members: [Member]
  var isZip64 = false
  var disk: UInt16 = 0
  var entryCount: Int
  var directoryLength: Int?
  var directoryOffset: Int?
  var comment: [UInt8] = []
  /// The 64-bit numbers of the zip64 record: entries twice, length and offset of the directory.
  var zip64Counts: [Int]?

  init(_ members: [Member]) {
    self.members = members
    entryCount = members.count
  }

  var file: [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = member.offset ?? UInt32(result.count)
      let local = member.local
      result += [0x50, 0x4b, 3, 4, 45, 0] + local.fields + local.name + local.extra
      result += member.packed + member.descriptor
      let central = member.central
      directory += [0x50, 0x4b, 1, 2, 45, 3, 45, 0] + central.fields + [0, 0]
      directory += bytes(member.disk) + [0, 0, 0, 0, 0, 0]
      directory += bytes(offset) + central.name + central.extra
    }
    let start = directoryOffset ?? result.count
    let length = directoryLength ?? directory.count
    result += directory
    if isZip64 { result += zip64End(length, start, at: result.count) }
    let count = isZip64 ? 0xffff : UInt16(entryCount)
    result += [0x50, 0x4b, 5, 6] + bytes(disk) + [0, 0]
    result += bytes(count) + bytes(count)
    result += bytes(isZip64 ? .max : UInt32(length))
    result += bytes(isZip64 ? .max : UInt32(start))
    return result + bytes(UInt16(comment.count)) + comment
  }

  private func zip64End(_ length: Int, _ start: Int, at offset: Int) -> [UInt8] {
    let counts = zip64Counts ?? [entryCount, entryCount, length, start]
    return [0x50, 0x4b, 6, 6] + bytes(44) + [45, 3, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      + counts.flatMap { bytes($0) } + [0x50, 0x4b, 6, 7, 0, 0, 0, 0]
      + bytes(offset) + bytes(1 as UInt32)
  }
}
