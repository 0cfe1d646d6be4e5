internal import KMeansCZlib
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

/// The bytes packed as one gzip member (RFC 1952).
///
/// The header of the format goes into a stored block (RFC 1951), so that it can be changed at the
/// end; the rest is deflated, and the checksums of both are joined.
final class GzipSink: ByteSink {
  /// The first bytes of a member: no name, no time, so that the same rows become the same bytes.
  static let beginning: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  /// zlib's own choice between speed and size.
  static let level: Int32 = 6

  private let file: AtomicFile
  private let header: [UInt8]
  private var headerOffset = 0
  private let stream: UnsafeMutablePointer<z_stream>
  private let packed: UnsafeMutableRawBufferPointer
  /// The checksum of the bytes behind the header.
  private var checksum = Checksum()
  private var length = 0

  /// - Precondition: the header has at most 65,535 bytes, unless it never changes.
  init(_ file: AtomicFile, header: [UInt8], mayChange: Bool) throws(FileError) {
    self.file = file
    self.header = mayChange ? header : []
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    packed = .allocate(byteCount: 1 << 16, alignment: 16)
    guard kmeans_deflateInitRaw(stream, GzipSink.level) == Z_OK else {
      throw .system(path: file.path, operation: "pack", code: outOfMemory)
    }
    var start = GzipSink.beginning
    if !self.header.isEmpty {
      let count = UInt16(self.header.count)
      // Not the last block, stored, its length and that with all bits turned.
      start.append(0)
      start.append(littleEndian: count)
      start.append(littleEndian: ~count)
      headerOffset = start.count
      start += self.header
    }
    try file.write(start)
    if self.header.isEmpty { try write(header) }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    packed.deallocate()
  }

  private func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.span.bytes.withUnsafeBytes { bytes throws(FileError) in try write(bytes) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    checksum.add(bytes)
    length += bytes.count
    var rest = bytes
    while !rest.isEmpty {
      // zlib counts in 32 bits.
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      try deflate(part, Z_NO_FLUSH)
      rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
    }
  }

  func finish(header: [UInt8]) throws(FileError) {
    try deflate(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH)
    let first = self.header.isEmpty ? [] : header
    let whole = Checksum(first).followed(by: checksum, length: length)
    var end: [UInt8] = []
    end.append(littleEndian: whole.value)
    end.append(littleEndian: UInt32(truncatingIfNeeded: first.count + length))
    try file.write(end)
    if first != self.header { try file.rewrite(at: headerOffset, first) }
    try file.commit()
  }

  /// Packs all of some bytes; with `Z_FINISH` also the rest that zlib still holds.
  private func deflate(_ bytes: UnsafeRawBufferPointer, _ flush: Int32) throws(FileError) {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = uInt(bytes.count)
    repeat {
      stream.pointee.next_out = packed.baseAddress!.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = uInt(packed.count)
      // With room and valid arguments deflate does not fail.
      _ = KMeansCZlib.deflate(stream, flush)
      let count = packed.count - Int(stream.pointee.avail_out)
      try file.write(UnsafeRawBufferPointer(rebasing: packed[..<count]))
    } while stream.pointee.avail_out == 0
  }
}
