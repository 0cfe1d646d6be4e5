private import KMeansCLibrary

// Reading of archives.
extension Archive {
  /// Reads an archive.
  ///
  /// Every length is checked against the size of the file before memory is taken for it, and the
  /// size of the file, which may be holes for the most part, against the memory that there is.
  ///
  /// - Throws: ``FileError``: ``FileError/malformed(path:place:problem:)`` with the byte where the
  ///   file is not an archive of this kind and version, is cut off, or was changed.
  /// - Complexity: O(bytes).
  public init(readingFrom path: String, kind: String) throws(FileError) {
    try self.init(readingFrom: InputFile.ofArchive(path), kind: kind)
  }

  /// Reads an archive if there is such a file.
  ///
  /// - Returns: `nil` where there is none, but a folder in which it could be.
  /// - Throws: as ``init(readingFrom:kind:)``.
  package static func ifThere(
    _ path: String, kind: String
  ) throws(FileError) -> Archive? {
    do throws(FileError) {
      return try Archive(readingFrom: path, kind: kind)
    } catch {
      guard case .system(_, _, ENOENT) = error,
        FileStatus(of: AtomicTarget.folder(of: path)) != nil
      else { throw error }
      return nil
    }
  }

  /// Reads an archive from bytes of any origin.
  package init(readingFrom source: any ByteSource, kind: String) throws(FileError) {
    let file = try ArchiveFile(source)
    guard file.kind == kind else {
      throw file.malformed(
        at: ArchiveFormat.headerLength,
        "expected an archive of kind \(quoted(kind)), found \(quoted(file.kind))")
    }
    let length = file.sections.reduce(0) { $0 + $1.length }
    try AvailableMemory.check(length, path: source.path, "what the archive holds")
    self.init(kind: kind, path: source.path)
    for section in file.sections { self[section.name] = try file.value(of: section) }
  }

  /// The kind of archive that a file is; `nil` where it is no archive at all.
  ///
  /// - Throws: ``FileError`` where the file cannot be read, or is a damaged archive.
  public static func kind(ofFileAt path: String) throws(FileError) -> String? {
    if path != "-", let status = FileStatus(of: path), !status.isRegularFile, !status.isFolder {
      return nil
    }
    return try kind(of: InputFile.ofArchive(path))
  }

  /// The same of a file that is open.
  package static func kind(of file: InputFile) throws(FileError) -> String? {
    guard file.size != nil, try ArchiveFile.beginsWithMagic(file) else { return nil }
    return try ArchiveFile(file).kind
  }
}

/// An archive that is open for reading: header and table are checked, payloads are not read yet.
struct ArchiveFile {
  struct Section {
    let name: String
    let tag: UInt8
    let offset: Int
    let length: Int
    let checksum: UInt32
  }

  let file: any ByteSource
  private(set) var kind = ""
  private(set) var sections: [Section] = []

  init(_ file: any ByteSource) throws(FileError) {
    self.file = file
    guard let size = file.size else {
      throw .unusable(path: file.path, problem: "an archive is read from a regular file")
    }
    var header = ByteCursor(try read(0, min(size, ArchiveFormat.headerLength)))
    try checkMagic(header.bytes)
    guard size >= ArchiveFormat.headerLength else {
      throw malformed(at: size, "the file ends here, expected an archive's header of 32 bytes")
    }
    header.offset = ArchiveFormat.magic.count
    let version = header.number(UInt32.self)!
    guard version == ArchiveFormat.version else {
      throw malformed(
        at: 8, "expected format version \(ArchiveFormat.version), found \(version)")
    }
    let checksum = header.number(UInt32.self)!
    let tableLength = header.number(UInt64.self)!
    let fileLength = header.number(UInt64.self)!
    guard fileLength == UInt64(size) else {
      throw malformed(
        at: min(size, Int(clamping: fileLength)),
        "expected \(fileLength) bytes in all, found \(size)")
    }
    guard tableLength <= UInt64(size - ArchiveFormat.headerLength) else {
      throw malformed(at: 16, "a table of \(tableLength) bytes in a file of \(size)")
    }
    guard tableLength <= UInt64(ArchiveFormat.longestTable) else {
      throw malformed(
        at: 16,
        "a table of \(tableLength) bytes, expected at most \(ArchiveFormat.longestTable)")
    }
    let table = try read(ArchiveFormat.headerLength, Int(tableLength))
    var found = Checksum()
    header.bytes[16...].withUnsafeBytes { found.add($0) }
    table.withUnsafeBytes { found.add($0) }
    guard found.value == checksum else {
      throw malformed(at: 12, "the checksum of the table does not match: the file was changed")
    }
    try parse(ByteCursor(table), size: size)
  }

  static func beginsWithMagic(_ file: any ByteSource) throws(FileError) -> Bool {
    var bytes = [UInt8](repeating: 0, count: ArchiveFormat.magic.count)
    var span = bytes.mutableSpan
    let count = try span.withUnsafeMutableBytes { bytes throws(FileError) in
      try file.read(at: 0, into: bytes)
    }
    return count == bytes.count && bytes == ArchiveFormat.magic
  }

  private func checkMagic(_ bytes: [UInt8]) throws(FileError) {
    let magic = ArchiveFormat.magic
    if let place = bytes.indices.first(where: { $0 < magic.count && bytes[$0] != magic[$0] }) {
      throw malformed(
        at: place,
        place < 4
          ? "this is not an archive of this package"
          : "the archive was changed here, as by a copy that translates line ends")
    }
  }

  private mutating func parse(_ cursor: ByteCursor, size: Int) throws(FileError) {
    var cursor = cursor
    var offset = ArchiveFormat.headerLength + cursor.bytes.count
    var names: Set<String> = []
    func problem(_ what: String) -> FileError {
      malformed(at: ArchiveFormat.headerLength + cursor.offset, what)
    }
    func checkLength(of name: String) throws(FileError) {
      guard name.utf8.count > Archive.longestName else { return }
      throw problem(
        "a name of \(name.utf8.count) bytes, expected at most \(Archive.longestName): "
          + quoted(name))
    }
    guard let kind = cursor.text() else { throw problem("expected the kind of the archive") }
    try checkLength(of: kind)
    self.kind = kind
    while cursor.offset < cursor.bytes.count {
      guard let name = cursor.text(), names.insert(name).inserted,
        let tag = cursor.number(UInt8.self), let length = cursor.number(UInt64.self),
        let checksum = cursor.number(UInt32.self)
      else { throw problem("expected the entry of a section") }
      try checkLength(of: name)
      guard length <= UInt64(size - offset) else {
        throw problem("section \(quoted(name)) has \(length) bytes in a file of \(size)")
      }
      sections.append(
        Section(
          name: name, tag: tag, offset: offset, length: Int(length), checksum: checksum))
      offset += Int(length)
    }
    guard offset == size else { throw malformed(at: offset, "bytes that belong to no section") }
  }

  private func read(_ offset: Int, _ count: Int) throws(FileError) -> [UInt8] {
    try array(UInt8.self, at: offset, byteCount: count)
  }

  func malformed(at byte: Int, _ problem: String) -> FileError {
    .malformed(path: file.path, place: .byte(byte), problem: problem)
  }
}
