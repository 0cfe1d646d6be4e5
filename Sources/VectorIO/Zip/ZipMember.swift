internal import KMeansFiles

// The bytes of a member: its local header, and a source that unpacks them.
extension ZipEntry {
  private static let headerLength = 30

  /// Opens the member, whose local header must say the same as the directory.
  func open(in zip: ZipBytes) throws(FileError) -> any ByteSource {
    guard flags & 0x2041 == 0 else {
      throw zip.malformed(headerOffset, "member \(quoted(name)) is encrypted")
    }
    guard method == 0 || method == 8 else {
      throw zip.malformed(
        headerOffset,
        "member \(quoted(name)) is packed by method \(method), expected 0 (stored) "
          + "or 8 (deflated)")
    }
    guard method == 8 || size == packedSize else {
      throw zip.malformed(
        headerOffset,
        "member \(quoted(name)) is stored in \(counted(packedSize, "byte")), expected \(size)")
    }
    let data = ZipData(zip, try dataOffset(in: zip), packedSize, name: memberPath(in: zip))
    return method == 0 ? StoredMember(data, checksum) : try DeflatedMember(data, self)
  }

  /// The name of the member in messages: the archive, and the array in quotes.
  private func memberPath(in zip: ZipBytes) -> String {
    let isArray = name.hasSuffix(".npy")
    return "\(zip.path): \(quoted(isArray ? String(name.dropLast(4)) : name))"
  }

  /// The offset of the data of the member, in bytes.
  private func dataOffset(in zip: ZipBytes) throws(FileError) -> Int {
    let header = try zip.record(
      "the local header of member \(quoted(name))", at: headerOffset,
      count: ZipEntry.headerLength, signature: 0x0403_4b50)
    let nameLength = header.number16(26)
    let texts = try zip.bytes(
      "the name of member \(quoted(name))", at: headerOffset + ZipEntry.headerLength,
      count: nameLength + header.number16(28))
    func differs(_ what: String) -> FileError {
      zip.malformed(
        headerOffset,
        "the local header of member \(quoted(name)) has another \(what) than the "
          + "central directory")
    }
    guard texts.bytes.prefix(nameLength).elementsEqual(name.utf8) else { throw differs("name") }
    guard header.number16(8) == method else { throw differs("method") }
    guard header.number16(6) & 0x2049 == flags & 0x2049 else { throw differs("set of flags") }
    let extra = ZipRecord(
      bytes: Array(texts.bytes.dropFirst(nameLength)), offset: texts.offset + nameLength)
    var wide = try ZipWideFields(extra, in: zip)
    let localSize = try wide.field(header.number32(22), in: zip)
    let localPackedSize = try wide.field(header.number32(18), in: zip)
    // If a descriptor follows the data, the header was written before the sizes were known.
    let isDescribed = flags & 8 != 0
    func agrees(_ local: Int, _ central: Int) -> Bool {
      local == central || isDescribed && local == 0
    }
    guard agrees(localSize, size), agrees(localPackedSize, packedSize) else {
      throw differs("size")
    }
    guard agrees(Int(header.number32(14)), Int(checksum)) else { throw differs("CRC") }
    let start = texts.offset + texts.bytes.count
    guard start <= end, packedSize <= end - start else {
      throw zip.malformed(
        headerOffset, "member \(quoted(name)) reaches into what follows it at byte \(end)")
    }
    if isDescribed { try checkDescriptor(at: start + packedSize, in: zip) }
    return start
  }

  /// The descriptor behind the data: perhaps a signature, the checksum, the sizes in 32 or 64 bits.
  private func checkDescriptor(at offset: Int, in zip: ZipBytes) throws(FileError) {
    let found = try zip.bytes(
      "a data descriptor", at: offset, count: min(24, end - offset)
    ).bytes
    func littleEndian(_ number: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
    for signature in [[0x50, 0x4b, 7, 8], []] as [[UInt8]] {
      for width in [4, 8] {
        let expected =
          signature + littleEndian(UInt64(checksum), 4)
          + littleEndian(UInt64(packedSize), width) + littleEndian(UInt64(size), width)
        if found.starts(with: expected) { return }
      }
    }
    throw zip.malformed(
      offset, "expected a data descriptor with the sizes and the CRC of member \(quoted(name))")
  }
}

/// The bytes of a member as they lie in the archive.
final class ZipData: ByteSource {
  let path: String
  /// The place of the first byte in the archive.
  let offset: Int
  let archivePath: String
  private let length: Int
  private let source: any ByteSource
  private var position = 0

  /// - Parameter name: the name of the member in messages.
  init(_ zip: ZipBytes, _ offset: Int, _ length: Int, name: String) {
    source = zip.source
    archivePath = zip.path
    path = name
    self.offset = offset
    self.length = length
  }

  var size: Int? { length }
  var expectedSize: Int? { length }
  var isLive: Bool { false }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let count = try read(at: position, into: buffer)
    position += count
    return count
  }

  func read(at place: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let count = min(buffer.count, max(0, length - place))
    guard count > 0 else { return 0 }
    return try source.read(
      at: offset + place, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
  }

  func seek(to offset: Int) { position = offset }
  func rewind() throws(FileError) { position = 0 }
}
