internal import KMeansFiles

/// A member of a ZIP archive as the central directory lists it.
struct ZipEntry {
  /// The first bytes of an archive with a member: the signature of a local header.
  static let magic: [UInt8] = [0x50, 0x4b, 3, 4]

  let name: String
  let flags: Int
  let method: Int
  let checksum: UInt32
  /// The size of the member in the archive, in bytes.
  let packedSize: Int
  /// The unpacked size, in bytes.
  let size: Int
  /// The offset of its local header, in bytes.
  let headerOffset: Int
  /// The offset of the next member, or of the central directory, in bytes.
  fileprivate(set) var end = 0

  private static let recordLength = 46

  /// The members of an archive, in the order of the directory.
  static func all(in zip: ZipBytes) throws(FileError) -> [ZipEntry] {
    let end = try ZipDirectoryEnd(zip)
    let directory = try zip.bytes("the central directory", at: end.offset, count: end.length)
    var entries: [ZipEntry] = []
    var names: Set<String> = []
    var place = 0
    while place < end.length {
      let (entry, length) = try entry(at: place, of: directory, in: zip)
      guard names.insert(entry.name).inserted else {
        throw zip.malformed(end.offset + place, "two members named \(quoted(entry.name))")
      }
      entries.append(entry)
      place += length
    }
    guard entries.count == end.entryCount else {
      throw zip.malformed(
        end.offset,
        "a central directory of \(counted(entries.count, "member")), expected \(end.entryCount)")
    }
    try limit(&entries, by: end.offset, in: zip)
    return entries
  }

  /// Reads the entry at a place of the directory.
  ///
  /// - Returns: the entry and its length in bytes.
  private static func entry(
    at place: Int, of directory: ZipRecord, in zip: ZipBytes
  ) throws(FileError) -> (ZipEntry, Int) {
    let byte = directory.offset + place
    let rest = directory.bytes.count - place
    guard rest >= recordLength, directory.number32(place) == 0x0201_4b50 else {
      throw zip.malformed(byte, "expected an entry of the central directory")
    }
    let nameEnd = recordLength + directory.number16(place + 28)
    let extraEnd = nameEnd + directory.number16(place + 30)
    let length = extraEnd + directory.number16(place + 32)
    guard length <= rest else {
      throw zip.malformed(byte, "an entry that goes on behind the central directory")
    }
    let name = String(
      decoding: directory.bytes[place + recordLength..<place + nameEnd], as: UTF8.self)
    guard isInside(name) else {
      throw zip.malformed(byte, "a member named \(quoted(name)), which leads out of the archive")
    }
    let extra = ZipRecord(
      bytes: Array(directory.bytes[place + nameEnd..<place + extraEnd]), offset: byte + nameEnd)
    var wide = try ZipWideFields(extra, in: zip)
    let size = try wide.field(directory.number32(place + 24), in: zip)
    let packedSize = try wide.field(directory.number32(place + 20), in: zip)
    let headerOffset = try wide.field(directory.number32(place + 42), in: zip)
    guard [0, 0xffff].contains(directory.number16(place + 34)) else {
      throw zip.malformed(byte, "an archive of several disks; expected a single file")
    }
    let entry = ZipEntry(
      name: name, flags: directory.number16(place + 8), method: directory.number16(place + 10),
      checksum: directory.number32(place + 16), packedSize: packedSize, size: size,
      headerOffset: headerOffset)
    return (entry, length)
  }

  /// Whether a name stays below the folder that an archive is unpacked in.
  private static func isInside(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.isEmpty && !name.hasPrefix("/") && !parts.contains("..")
      && !name.unicodeScalars.contains { $0 == "\\" || $0.value == 0 }
      && !(parts[0].count == 2 && parts[0].hasSuffix(":"))
  }

  /// Finds the last possible end of each member: the start of the next one.
  private static func limit(
    _ entries: inout [ZipEntry], by directory: Int, in zip: ZipBytes
  ) throws(FileError) {
    let order = entries.indices.sorted { entries[$0].headerOffset < entries[$1].headerOffset }
    for (place, index) in order.enumerated() {
      let isLast = place + 1 == order.count
      let end = isLast ? directory : entries[order[place + 1]].headerOffset
      let entry = entries[index]
      guard entry.headerOffset <= end, entry.packedSize <= end - entry.headerOffset else {
        throw zip.malformed(
          min(entry.headerOffset, zip.size),
          "member \(quoted(entry.name)) reaches into "
            + (isLast ? "the central directory" : "the next member"))
      }
      entries[index].end = end
    }
  }
}
