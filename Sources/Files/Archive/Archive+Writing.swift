// Writing of archives.
extension Archive {
  /// Writes the archive to a file, whole or not at all.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
  /// - Complexity: O(bytes), twice: once for the checksums.
  public func write(to path: String) throws(FileError) {
    let file = try AtomicFile(path)
    try write { bytes throws(FileError) in try file.write(bytes) }
    try file.commit()
  }

  /// The same, and keeps the file that is replaced under another name in the same folder. At no
  /// moment is there neither of them.
  ///
  /// - Throws: as ``write(to:)``.
  package func write(to path: String, keeping previous: String) throws(FileError) {
    let file = try AtomicFile(path)
    file.isHeldBack = true
    try write { bytes throws(FileError) in try file.write(bytes) }
    try file.commit()
    try keepFile(path, as: previous)
    try file.putInPlace()
  }

  /// The bytes of the archive as ``write(to:)`` would write them.
  public func encoded() -> [UInt8] {
    var result: [UInt8] = []
    try! write { bytes throws(FileError) in result.append(contentsOf: bytes) }
    return result
  }

  private func write(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    let sections = names.map { (name: $0, value: self[$0]!) }
    var table: [UInt8] = []
    var payloadLength = 0
    table.append(text: kind)
    for section in sections {
      var checksum = Checksum()
      var length = 0
      try section.value.withPieces { piece throws(FileError) in
        checksum.add(piece)
        length += piece.count
      }
      table.append(text: section.name)
      table.append(section.value.tag)
      table.append(littleEndian: UInt64(length))
      table.append(littleEndian: checksum.value)
      payloadLength += length
    }
    var lengths: [UInt8] = []
    lengths.append(littleEndian: UInt64(table.count))
    lengths.append(
      littleEndian: UInt64(ArchiveFormat.headerLength + table.count + payloadLength))
    var checksum = Checksum()
    lengths.withUnsafeBytes { checksum.add($0) }
    table.withUnsafeBytes { checksum.add($0) }

    var header = ArchiveFormat.magic
    header.append(littleEndian: ArchiveFormat.version)
    header.append(littleEndian: checksum.value)
    let beginning = header + lengths + table
    try beginning.span.bytes.withUnsafeBytes { bytes throws(FileError) in try body(bytes) }
    for section in sections { try section.value.withPieces(body) }
  }
}

extension [UInt8] {
  fileprivate mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(text: String) {
    append(littleEndian: UInt16(text.utf8.count))
    append(contentsOf: text.utf8)
  }
}
