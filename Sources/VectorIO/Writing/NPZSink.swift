internal import KMeansFiles

/// The bytes as the one member `arr_0.npy` of a zip archive, stored, as `numpy.savez` writes it.
///
/// The format: PKWARE's APPNOTE.TXT, 4.3. Lengths are those of zip64 where 32 bits are not enough.
final class NPZSink: ByteSink {
  private static let name = Array("arr_0.npy".utf8)
  /// 1980-01-01 00:00, the first time that zip knows: the same rows become the same bytes.
  private static let time: UInt32 = 0x0021_0000
  /// What stands where 32 bits are not enough.
  private static let wide = UInt32.max
  /// 4.5, the first version of the format with zip64; made under Unix, which is 3.
  private static let version: UInt16 = 45

  private let file: AtomicFile
  private let headerLength: Int
  private var checksum = Checksum()
  private var length = 0

  /// - Parameter file: rewritable, for the checksum stands before the data.
  init(_ file: AtomicFile, header: [UInt8]) throws(FileError) {
    self.file = file
    headerLength = header.count
    try file.write(NPZSink.localHeader(checksum: 0, length: 0))
    try file.write(header)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    checksum.add(bytes)
    length += bytes.count
    try file.write(bytes)
  }

  func finish(header: [UInt8]) throws(FileError) {
    let whole = Checksum(header).followed(by: checksum, length: length).value
    let size = UInt64(headerLength + length)
    let local = NPZSink.localHeader(checksum: whole, length: size)
    try file.write(NPZSink.directory(checksum: whole, length: size, offset: UInt64(file.length)))
    try file.rewrite(at: 0, local + header)
    try file.commit()
  }

  /// Always with the lengths of zip64, for how long the data will be is not known before.
  private static func localHeader(checksum: UInt32, length: UInt64) -> [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: 0x0403_4b50 as UInt32)
    result += common(checksum: checksum, length: wide, extraLength: 20)
    result += name
    result += wideLengths(length)
    return result
  }

  /// What stands in both headers: version needed, flags and method (none, stored), time, checksum,
  /// both lengths, and how long the name and the extra fields are.
  private static func common(
    checksum: UInt32, length: UInt32, extraLength: UInt16
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: version)
    result.append(littleEndian: 0 as UInt32)
    result.append(littleEndian: time)
    result.append(littleEndian: checksum)
    result.append(littleEndian: length)
    result.append(littleEndian: length)
    result.append(littleEndian: UInt16(name.count))
    result.append(littleEndian: extraLength)
    return result
  }

  /// The extra field of zip64: its kind, its length, and twice the length of the member.
  private static func wideLengths(_ length: UInt64) -> [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: 1 as UInt16)
    result.append(littleEndian: 16 as UInt16)
    result.append(littleEndian: length)
    result.append(littleEndian: length)
    return result
  }

  /// What stands behind the data: the directory of one member, and where it is.
  static func directory(checksum: UInt32, length: UInt64, offset: UInt64) -> [UInt8] {
    let isWide = length >= UInt64(wide) || offset >= UInt64(wide)
    var entry: [UInt8] = []
    entry.append(littleEndian: 0x0201_4b50 as UInt32)
    entry.append(littleEndian: 3 << 8 | version as UInt16)
    entry += common(
      checksum: checksum, length: isWide ? wide : UInt32(length), extraLength: isWide ? 20 : 0)
    // No comment, first disk, no attributes inside; a file that all may read; at offset 0.
    entry += [UInt8](repeating: 0, count: 6)
    entry.append(littleEndian: 0o100644 << 16 as UInt32)
    entry.append(littleEndian: 0 as UInt32)
    entry += name
    if isWide { entry += wideLengths(length) }
    var end: [UInt8] = isWide ? wideEnd(entry.count, offset) : []
    end.append(littleEndian: 0x0605_4b50 as UInt32)
    end.append(littleEndian: 0 as UInt32)
    end.append(littleEndian: 1 as UInt16)
    end.append(littleEndian: 1 as UInt16)
    end.append(littleEndian: UInt32(entry.count))
    end.append(littleEndian: isWide ? wide : UInt32(offset))
    end.append(littleEndian: 0 as UInt16)
    return entry + end
  }

  /// The end of the directory in zip64's form, and where that is.
  private static func wideEnd(_ directoryLength: Int, _ offset: UInt64) -> [UInt8] {
    var result: [UInt8] = []
    result.append(littleEndian: 0x0606_4b50 as UInt32)
    result.append(littleEndian: 44 as UInt64)
    result.append(littleEndian: 3 << 8 | version as UInt16)
    result.append(littleEndian: version)
    result.append(littleEndian: 0 as UInt64)
    result.append(littleEndian: 1 as UInt64)
    result.append(littleEndian: 1 as UInt64)
    result.append(littleEndian: UInt64(directoryLength))
    result.append(littleEndian: offset)
    result.append(littleEndian: 0x0706_4b50 as UInt32)
    result.append(littleEndian: 0 as UInt32)
    result.append(littleEndian: offset + UInt64(directoryLength))
    result.append(littleEndian: 1 as UInt32)
    return result
  }
}
