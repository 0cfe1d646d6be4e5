/// The beginning of an archive, without a look at what is behind it: for messages about archives
/// that cannot be read.
package struct ArchiveHeader {
  /// The version of the format.
  package let version: Int
  /// The length that the file should have, in bytes.
  package let length: UInt64

  /// The newest version that this package reads.
  package static var newest: Int { Int(ArchiveFormat.version) }

  /// Whether a newer version of this package wrote it.
  package var isNewer: Bool { version > Self.newest }

  /// - Returns: `nil` where the file is too short for it, or none of this package.
  /// - Throws: ``FileError`` where it cannot be read.
  package init?(ofFileAt path: String) throws(FileError) {
    let file = try InputFile.ofArchive(path)
    guard file.size != nil, try ArchiveFile.beginsWithMagic(file) else { return nil }
    var bytes = [UInt8](repeating: 0, count: ArchiveFormat.headerLength)
    var span = bytes.mutableSpan
    let count = try span.withUnsafeMutableBytes { bytes throws(FileError) in
      try file.read(at: 0, into: bytes)
    }
    guard count == bytes.count else { return nil }
    func number(_ places: Range<Int>) -> UInt64 {
      places.reversed().reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
    }
    version = Int(number(8..<12))
    length = number(24..<32)
  }
}
