internal import KMeansFiles

/// A layer between the bytes of a format and the file: none, gzip, or an archive.
///
/// The bytes begin with a header that may change until the end, but not in its length.
protocol ByteSink: AnyObject {
  /// Writes bytes behind those before.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError)

  /// Completes the file and puts it in place.
  ///
  /// - Parameter header: the final first bytes; if they are others than at the beginning, the file
  ///   must be rewritable.
  func finish(header: [UInt8]) throws(FileError)
}

/// The bytes as they are.
final class PlainSink: ByteSink {
  private let file: AtomicFile
  private let header: [UInt8]

  init(_ file: AtomicFile, header: [UInt8]) throws(FileError) {
    self.file = file
    self.header = header
    try file.write(header)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) { try file.write(bytes) }

  func finish(header: [UInt8]) throws(FileError) {
    if header != self.header { try file.rewrite(at: 0, header) }
    try file.commit()
  }
}

extension Checksum {
  /// The checksum of some bytes.
  init(_ bytes: [UInt8]) {
    self.init()
    bytes.withUnsafeBytes { add($0) }
  }
}

extension [UInt8] {
  /// Little-endian, as gzip and zip have their numbers.
  mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
