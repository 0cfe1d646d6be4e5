// Files put together by hand from the descriptions of their formats.

/// The bytes of values as they lie in memory.
package func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

/// The bytes of a number, the lowest first unless asked otherwise.
package func bytes<Number: FixedWidthInteger>(
  _ number: Number, bigEndian: Bool = false
) -> [UInt8] {
  withUnsafeBytes(of: bigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
}

/// An npy file: magic, version, the length of the header in two or four bytes, the header, the
/// data.
package func npy(header: String, version: UInt8 = 1, data: [UInt8]) -> [UInt8] {
  let text = Array(header.utf8)
  let length = version == 1 ? bytes(UInt16(text.count)) : bytes(UInt32(text.count))
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0] + length + text + data
}

package func npy(
  descr: String = "'<f4'", fortran: String = "False", shape: String, version: UInt8 = 1,
  data: [UInt8]
) -> [UInt8] {
  npy(
    header: "{'descr': \(descr), 'fortran_order': \(fortran), 'shape': \(shape), }\n",
    version: version, data: data)
}

/// An npy file whose header is as long as numpy makes it.
package func npyFile(_ data: [UInt8], type: String, shape: String) -> [UInt8] {
  let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
  let blanks = String(repeating: " ", count: 117 - text.count)
  return npy(header: text + blanks + "\n", data: data)
}

package func npyFile<Value: BinaryFloatingPoint>(_ values: [Value], columns: Int) -> [UInt8] {
  npyFile(
    bytes(values), type: Value.self == Float.self ? "<f4" : "<f8",
    shape: "(\(values.count / columns), \(columns))")
}

/// A gzip member (RFC 1952) that holds the bytes as they are, in stored blocks (RFC 1951).
package func gzipFile(_ content: [UInt8]) -> [UInt8] {
  var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  var rest = content[...]
  repeat {
    let block = rest.prefix(65535)
    rest = rest.dropFirst(block.count)
    let length = UInt16(block.count)
    result += [rest.isEmpty ? 1 : 0] + bytes([length, ~length]) + block
  } while !rest.isEmpty
  return result + bytes([crc32(content), UInt32(content.count)])
}

/// The checksum of gzip, zip and archives.
package func crc32(_ content: [UInt8]) -> UInt32 {
  ~content.reduce(~0) { crc, byte in crcTable[Int((crc ^ UInt32(byte)) & 0xff)] ^ crc >> 8 }
}

private let crcTable = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
}
