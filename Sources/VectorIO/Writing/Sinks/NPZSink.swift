internal import KMeansFiles

/// The bytes as the one member `arr_0.npy` of a zip archive, stored, as `numpy.savez` writes it.
final class NPZSink: ByteSink {
  private let file: AtomicFile
  private let headerLength: Int
  private var checksum = Checksum()
  private var length = 0

  /// - Parameter file: rewritable, for the checksum stands before the data.
  init(_ file: AtomicFile, header: [UInt8]) throws(FileError) {
    self.file = file
    headerLength = header.count
    try file.write(StoredArchive(name: NPZSink.name, checksum: 0, length: 0).localHeader)
    try file.write(header)
  }

  private static let name = "arr_0.npy"

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    checksum.add(bytes)
    length += bytes.count
    try file.write(bytes)
  }

  func finish(header: [UInt8]) throws(FileError) {
    let member = StoredArchive(
      name: NPZSink.name,
      checksum: Checksum(header).followed(by: checksum, length: length).value,
      length: UInt64(headerLength + length))
    try file.write(member.directory)
    try file.rewrite(at: 0, member.localHeader + header)
    try file.commit()
  }
}
