/// An npy file put together by hand from the format's description: magic, version, the length of
/// the header in two or four bytes, the header, the data.
func npy(
  descr: String = "'<f4'", fortran: String = "False", shape: String, version: UInt8 = 1,
  data: [UInt8]
) -> [UInt8] {
  npy(
    header: "{'descr': \(descr), 'fortran_order': \(fortran), 'shape': \(shape), }\n",
    version: version, data: data)
}

func npy(header: String, version: UInt8 = 1, data: [UInt8]) -> [UInt8] {
  let text = Array(header.utf8)
  let length = version == 1 ? bytes(UInt16(text.count)) : bytes(UInt32(text.count))
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0] + length + text + data
}

/// The bytes of a number, the lowest first unless asked otherwise.
func bytes<Number: FixedWidthInteger>(_ number: Number, bigEndian: Bool = false) -> [UInt8] {
  withUnsafeBytes(of: bigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
}
