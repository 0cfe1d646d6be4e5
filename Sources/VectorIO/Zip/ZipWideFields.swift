internal import KMeansFiles

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
        throw zip.malformed(extra.offset + place, "an extra field of \(length) bytes is cut off")
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
