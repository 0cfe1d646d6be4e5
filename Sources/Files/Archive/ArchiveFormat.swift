private import KMeansCZlib

/// The bytes of an archive; all numbers little-endian:
///
///     0   magic, 8 bytes
///     8   format version, UInt32
///     12  CRC-32 of bytes 16..<32 and of the table, UInt32
///     16  length of the table in bytes, UInt64
///     24  length of the file in bytes, UInt64
///     32  table: kind, then for each section its name, the tag of its type in one byte, the length
///         of its payload in bytes (UInt64) and the CRC-32 of its payload (UInt32); a text is its
///         length in bytes (UInt16) and UTF-8
///     ..  payloads in the order of the table, without gaps to the end of the file
///
/// The payload of a matrix begins with rows and columns (UInt64 each).
enum ArchiveFormat {
  /// The first bytes, in PNG's manner: no text, no UTF-8, and changed by every change of line ends.
  static let magic: [UInt8] = [0x8b, 0x4b, 0x4d, 0x4e, 0x0d, 0x0a, 0x1a, 0x0a]
  static let version: UInt32 = 1
  static let headerLength = 32
  /// The largest size of a table, in bytes: some ten thousand sections, where this package writes a
  /// few hundred bytes.
  static let longestTable = 1 << 20
}

// The values of arrays are copied as they lie in memory. No machine of the other order is at hand.
#if _endian(big)
  #error("archives are written and read on little-endian machines only")
#endif

extension Archive.Value {
  /// The tag of the type in the table.
  var tag: UInt8 {
    switch self {
    case .bytes: 1
    case .string: 2
    case .int: 3
    case .double: 4
    case .ints: 5
    case .doubles: 6
    case .floats: 7
    case .doubleMatrix: 8
    case .floatMatrix: 9
    }
  }

  /// The type in words, as error messages name it.
  static func typeName(tag: UInt8) -> String {
    let names = [
      "bytes", "text", "a whole number", "a number", "whole numbers", "double-precision numbers",
      "single-precision numbers", "a double-precision matrix", "a single-precision matrix",
    ]
    return names.indices.contains(Int(tag) - 1) ? names[Int(tag) - 1] : "type \(tag)"
  }

  /// Hands the payload to a closure, piece by piece and without a copy.
  func withPieces(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    func give<Element: BitwiseCopyable>(_ values: [Element]) throws(FileError) {
      try values.span.bytes.withUnsafeBytes { bytes throws(FileError) in try body(bytes) }
    }
    switch self {
    case .bytes(let values): try give(values)
    case .string(let text): try give(Array(text.utf8))
    case .int(let value): try give([value])
    case .double(let value): try give([value])
    case .ints(let values): try give(values)
    case .doubles(let values): try give(values)
    case .floats(let values): try give(values)
    case .doubleMatrix(let rows, let columns, let values):
      try give([UInt64(rows), UInt64(columns)])
      try give(values)
    case .floatMatrix(let rows, let columns, let values):
      try give([UInt64(rows), UInt64(columns)])
      try give(values)
    }
  }
}

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
