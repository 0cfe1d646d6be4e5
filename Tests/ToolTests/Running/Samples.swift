// Points with an answer that can be seen: from the rows (1, 2) and (10, 11) the centroids become
// (1.25, 2) and (10, 11.5) in two iterations; the inertia is 4 x 0.25^2 ... in all 0.625.

enum Sample {
  static let values: [Double] = [1, 2, 1.5, 2, 10, 11, 10, 12]
  static let csv = "x,y\n1,2\n1.5,2\n10,11\n10,12\n"
  static let npy = npyFile(values, columns: 2)
  static let start = npyFile([1, 2, 10, 11], columns: 2)
  static let labels = "0\n0\n1\n1\n"
  static let centroids = "1.25,2.0\n10.0,11.5\n"
}

extension Workplace {
  /// A folder with the sample as `a.csv` and `a.npy`, and `start.npy` to start from.
  static func withSample() -> Workplace {
    let workplace = Workplace()
    workplace.write(Sample.csv, to: "a.csv")
    workplace.write(Sample.npy, to: "a.npy")
    workplace.write(Sample.start, to: "start.npy")
    return workplace
  }
}

/// SplitMix64: the tests' own generator.
struct TestRandom: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Numbers between 0 and 1.
  static func values(_ count: Int, seed: UInt64) -> [Float] {
    var random = TestRandom(seed)
    return (0..<count).map { _ in Float(random.next() >> 40) * 0x1p-24 }
  }
}

/// The bytes of values as they lie in memory.
func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

/// An npy file put together from the format's description.
func npyFile<Value: BinaryFloatingPoint>(_ values: [Value], columns: Int) -> [UInt8] {
  npyFile(
    bytes(values), type: Value.self == Float.self ? "<f4" : "<f8",
    shape: "(\(values.count / columns), \(columns))")
}

func npyFile(_ data: [UInt8], type: String, shape: String) -> [UInt8] {
  let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
  let text = header.padding(toLength: 117) + "\n"
  return [0x93] + Array("NUMPY".utf8) + [1, 0] + bytes([UInt16(text.utf8.count)]) + Array(text.utf8)
    + data
}

extension String {
  fileprivate func padding(toLength length: Int) -> String {
    self + String(repeating: " ", count: length - count)
  }
}

/// A gzip member (RFC 1952) that holds the bytes as they are, in stored blocks (RFC 1951).
func gzipFile(_ content: [UInt8]) -> [UInt8] {
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

/// The checksum of gzip and of archives.
func crc32(_ content: [UInt8]) -> UInt32 {
  ~content.reduce(~0) { crc, byte in
    (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
}
