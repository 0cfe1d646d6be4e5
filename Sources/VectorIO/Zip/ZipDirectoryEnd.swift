internal import KMeansFiles

/// The end of a ZIP archive, which gives the place of its central directory.
struct ZipDirectoryEnd {
  let entryCount: Int
  let offset: Int
  let length: Int

  private static let recordLength = 22
  private static let longestComment = 0xffff
  private static let zip64LocatorLength = 20
  private static let zip64RecordLength = 56
  /// The longest directory, in bytes: a hundred thousand names or more.
  private static let longestDirectory = 16 << 20

  init(_ zip: ZipBytes) throws(FileError) {
    let record = try ZipDirectoryEnd.find(in: zip)
    var disks = (record.number16(4), record.number16(6))
    var counts = (record.number16(8), record.number16(10))
    var (length, offset) = (Int(record.number32(12)), Int(record.number32(16)))
    var directoryEnd = record.offset
    if let large = try ZipDirectoryEnd.zip64Record(before: record, in: zip) {
      let short = [counts.0, counts.1, length, offset]
      disks = (Int(large.number32(16)), Int(large.number32(20)))
      counts = (large.number64(24), large.number64(32))
      (length, offset) = (large.number64(40), large.number64(48))
      directoryEnd = large.offset
      // Numbers that fit into the shorter fields may stand there, too.
      let long = [counts.0, counts.1, length, offset]
      for (index, field) in short.enumerated() {
        guard field == long[index] || field == (index < 2 ? 0xffff : 0xffff_ffff) else {
          throw zip.malformed(
            record.offset, "the end of the central directory and its zip64 record disagree")
        }
      }
    }
    guard disks == (0, 0), counts.0 == counts.1 else {
      throw zip.malformed(record.offset, "an archive of several disks; expected a single file")
    }
    guard length <= ZipDirectoryEnd.longestDirectory else {
      throw zip.malformed(
        record.offset,
        "a central directory of \(counted(length, "byte")), expected at most "
          + "\(ZipDirectoryEnd.longestDirectory)")
    }
    guard offset <= directoryEnd, length == directoryEnd - offset else {
      throw zip.malformed(
        record.offset,
        "the central directory (\(counted(length, "byte")) from byte \(offset) on) does not "
          + "end at byte \(directoryEnd), where its end is marked")
    }
    (entryCount, self.offset, self.length) = (counts.0, offset, length)
  }

  /// The last record in the file whose comment ends with the file.
  private static func find(in zip: ZipBytes) throws(FileError) -> ZipRecord {
    let count = min(zip.size, recordLength + longestComment)
    let tail = try zip.bytes("the end of the file", at: zip.size - count, count: count)
    for place in stride(from: count - recordLength, through: 0, by: -1)
    where tail.bytes[place] == 0x50 && tail.number32(place) == 0x0605_4b50 {
      if place + recordLength + tail.number16(place + 20) == count {
        return ZipRecord(
          bytes: Array(tail.bytes[place..<place + recordLength]), offset: tail.offset + place)
      }
    }
    throw zip.malformed(
      zip.size, "expected the end of a zip archive's central directory before the end of the file")
  }

  /// The record with wider fields, where there is one.
  private static func zip64Record(
    before end: ZipRecord, in zip: ZipBytes
  ) throws(FileError) -> ZipRecord? {
    let locatorOffset = end.offset - zip64LocatorLength
    guard locatorOffset >= 0 else { return nil }
    let locator = try zip.bytes(
      "a zip64 locator", at: locatorOffset, count: zip64LocatorLength)
    guard locator.number32(0) == 0x0706_4b50 else { return nil }
    guard locator.number32(4) == 0, locator.number32(16) <= 1 else {
      throw zip.malformed(locatorOffset, "an archive of several disks; expected a single file")
    }
    let record = try zip.record(
      "the zip64 end of the central directory", at: locator.number64(8),
      count: zip64RecordLength, signature: 0x0606_4b50)
    // The record may be longer than its known fields, but ends where the locator begins.
    let (recordEnd, overflow) = record.number64(4).addingReportingOverflow(record.offset + 12)
    guard !overflow, recordEnd == locatorOffset else {
      throw zip.malformed(
        record.offset,
        "the zip64 end of the central directory does not end where its locator "
          + "begins")
    }
    return record
  }
}

/// The zip64 extra field of a member: 64-bit numbers for those that are too large for their place,
/// in the order of these.
struct ZipWideFields {
  private var numbers: [Int] = []
  private let offset: Int

  /// - Parameter extra: all extra fields of the member, each behind its kind and length.
  init(_ extra: ZipRecord, in zip: ZipBytes) throws(FileError) {
    offset = extra.offset
    var place = 0
    // Fewer than four bytes at the end are padding, as some writers leave it.
    while place + 4 <= extra.bytes.count {
      let length = extra.number16(place + 2)
      guard length <= extra.bytes.count - place - 4 else {
        throw zip.malformed(
          extra.offset + place, "an extra field of \(counted(length, "byte")) is cut off")
      }
      if extra.number16(place) == 1 {
        numbers = (0..<length / 8).map { extra.number64(place + 4 + 8 * $0) }.reversed()
      }
      place += 4 + length
    }
  }

  /// A field that stands in 32 bits, or, where these are all ones, in 64 bits here.
  mutating func field(_ short: UInt32, in zip: ZipBytes) throws(FileError) -> Int {
    guard short == .max else { return Int(short) }
    guard let number = numbers.popLast() else {
      throw zip.malformed(offset, "expected a zip64 field, for a size or offset is not given")
    }
    return number
  }
}
