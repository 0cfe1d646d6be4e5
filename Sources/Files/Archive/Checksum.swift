private import KMeansCZlib

/// CRC-32 as zlib, PNG and gzip compute it: finds every change of up to 32 bits in a row.
package struct Checksum {
  package private(set) var value: UInt32 = 0

  package init() {}

  /// Takes more bytes into account.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      // zlib counts in 32 bits.
      let count = min(bytes.count - done, 1 << 30)
      let part = (base + done).assumingMemoryBound(to: UInt8.self)
      value = UInt32(truncatingIfNeeded: crc32(uLong(value), part, uInt(count)))
      done += count
    }
  }

  /// The checksum of these bytes and then `length` others that were added up apart.
  ///
  /// - Complexity: O(log length).
  package func followed(by other: Checksum, length: Int) -> Checksum {
    var result = Checksum()
    let combined = crc32_combine(uLong(value), uLong(other.value), numericCast(length))
    result.value = UInt32(truncatingIfNeeded: combined)
    return result
  }
}
