internal import KMeansFiles

/// The parts of a zip archive that stand before and behind the bytes of a stored member.
///
/// The format: PKWARE's APPNOTE.TXT, 4.3. Lengths are those of zip64 where 32 bits are not enough.
package struct StoredArchive {
  private let name: String
  private let checksum: UInt32
  private let length: UInt64

  /// 1980-01-01 00:00, the first time that zip knows: the same rows become the same bytes.
  private static let time: UInt32 = 0x0021_0000
  /// The number in place of one that 32 bits cannot hold.
  private static let wide = UInt32.max
  /// 4.5, the first version of the format with zip64; the 3 before it in the directory is Unix.
  private static let version: UInt16 = 45

  package init(name: String, checksum: UInt32, length: UInt64) {
    self.name = name
    self.checksum = checksum
    self.length = length
  }

  /// The header before the data, always with zip64, because the length of the data is not known
  /// yet.
  package var localHeader: [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: 0x0403_4b50 as UInt32)
    result += common(length: StoredArchive.wide, extraLength: 20)
    result += Array(name.utf8)
    result += Self.wideField([length, length])
    return result
  }

  /// The common part of both headers: version needed, flags and method (none, stored), time,
  /// checksum, both lengths, and the lengths of the name and the extra fields.
  private func common(length: UInt32, extraLength: UInt16) -> [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: StoredArchive.version)
    result.append(littleEndian: 0 as UInt32)
    result.append(littleEndian: StoredArchive.time)
    result.append(littleEndian: checksum)
    result.append(littleEndian: length)
    result.append(littleEndian: length)
    result.append(littleEndian: UInt16(name.utf8.count))
    result.append(littleEndian: extraLength)
    return result
  }

  /// The extra field of zip64: its kind, its length, and numbers.
  private static func wideField(_ numbers: [UInt64]) -> [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: 1 as UInt16)
    result.append(littleEndian: UInt16(8 * numbers.count))
    for number in numbers { result.append(littleEndian: number) }
    return result
  }

  /// The bytes behind the data: the directory of this one member, and its place.
  package var directory: [UInt8] { Self.directory(of: [self]) }

  /// The bytes behind the data of members that follow one another: their directory, and its place.
  package static func directory(of members: [StoredArchive]) -> [UInt8] {
    var (entries, offset) = ([UInt8](), UInt64(0))
    for member in members {
      entries += member.entry(at: offset)
      offset += UInt64(member.localHeader.count) + member.length
    }
    let isWide = offset >= UInt64(wide)
    var end: [UInt8] = isWide ? wideEnd(UInt64(members.count), entries.count, offset) : []
    end.append(littleEndian: 0x0605_4b50 as UInt32)
    end.append(littleEndian: 0 as UInt32)
    end.append(littleEndian: UInt16(members.count))
    end.append(littleEndian: UInt16(members.count))
    end.append(littleEndian: UInt32(entries.count))
    end.append(littleEndian: isWide ? wide : UInt32(offset))
    end.append(littleEndian: 0 as UInt16)
    return entries + end
  }

  /// The entry of the directory for the member whose header begins at an offset.
  private func entry(at offset: UInt64) -> [UInt8] {
    let end = offset + UInt64(localHeader.count) + length
    // What 32 bits hold stands in its place.
    let (isLong, isFar) = (end >= UInt64(Self.wide), offset >= UInt64(Self.wide))
    let numbers = (isLong ? [length, length] : []) + (isFar ? [offset] : [])
    var entry: [UInt8] = []
    entry.append(littleEndian: 0x0201_4b50 as UInt32)
    entry.append(littleEndian: 3 << 8 | Self.version)
    entry += common(
      length: isLong ? Self.wide : UInt32(length),
      extraLength: UInt16(numbers.isEmpty ? 0 : 4 + 8 * numbers.count))
    // No comment, first disk, no attributes inside; a file that all may read.
    entry += [UInt8](repeating: 0, count: 6)
    entry.append(littleEndian: 0o100644 << 16 as UInt32)
    entry.append(littleEndian: isFar ? Self.wide : UInt32(offset))
    entry += Array(name.utf8)
    return entry + (numbers.isEmpty ? [] : Self.wideField(numbers))
  }

  /// The end of the directory in zip64's form, and where that is.
  private static func wideEnd(
    _ count: UInt64, _ directoryLength: Int, _ offset: UInt64
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: 0x0606_4b50 as UInt32)
    result.append(littleEndian: 44 as UInt64)
    result.append(littleEndian: 3 << 8 | version)
    result.append(littleEndian: version)
    result.append(littleEndian: 0 as UInt64)
    result.append(littleEndian: count)
    result.append(littleEndian: count)
    result.append(littleEndian: UInt64(directoryLength))
    result.append(littleEndian: offset)
    result.append(littleEndian: 0x0706_4b50 as UInt32)
    result.append(littleEndian: 0 as UInt32)
    result.append(littleEndian: offset + UInt64(directoryLength))
    result.append(littleEndian: 1 as UInt32)
    return result
  }
}

/// The bytes as the one member `arr_0.npy` of a zip archive, stored, as `numpy.savez` writes it.
final class NPZSink: ByteSink {
  private let file: AtomicFile
  private let headerLength: Int
  private var checksum = Checksum()
  private var length = 0

  /// - Parameter file: rewritable, for the checksum stands before the data.
  init(_ file: AtomicFile, header: [UInt8]) throws(FileError) {
    self.file = file
    headerLength = header.count
    try file.write(StoredArchive(name: NPZSink.name, checksum: 0, length: 0).localHeader)
    try file.write(header)
  }

  private static let name = "arr_0.npy"

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    checksum.add(bytes)
    length += bytes.count
    try file.write(bytes)
  }

  func finish(header: [UInt8]) throws(FileError) {
    let member = StoredArchive(
      name: NPZSink.name,
      checksum: Checksum(header).followed(by: checksum, length: length).value,
      length: UInt64(headerLength + length))
    try file.write(member.directory)
    try file.rewrite(at: 0, member.localHeader + header)
    try file.commit()
  }
}
