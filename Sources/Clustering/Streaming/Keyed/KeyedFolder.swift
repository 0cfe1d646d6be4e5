internal import KMeansCLibrary
internal import KMeansFiles

/// The models of a pool that are not in memory: one archive of a stream for each key, by a hash of
/// it, in 256 folders.
///
/// Each is a file that ``StreamingKMeans/load(from:execution:)`` reads, with its key in a section
/// more.
struct KeyedFolder: Sendable {
  let path: String
  private let lock: FolderLock

  /// - Throws: ``FileError`` where the folder cannot be made, or another process has it.
  init(_ path: String) throws(FileError) {
    guard !path.isEmpty else {
      throw .unusable(path: "''", problem: "expected the name of a folder of models")
    }
    self.path = path
    try Self.make(path)
    // A link to a folder is as good as the folder, and the lock is on that.
    guard let lock = try FolderLock(FileStatus.realPath(of: path) ?? path) else {
      throw .unusable(path: path, problem: "another process uses this folder of models")
    }
    self.lock = lock
    for number in 0..<256 {
      let folder = "\(path)/\(Self.hex(UInt64(number), digits: 2))"
      try Self.make(folder)
      // Of a process that was killed.
      AtomicFile.removeLeftovers(in: folder, endingIn: ".kmeans")
    }
  }

  private static func make(_ path: String) throws(FileError) {
    if makeFolder(path) { return }
    let code = errno
    guard code == EEXIST else {
      throw .system(path: path, operation: "make the folder", code: code)
    }
    let status = FileStatus(of: path)
    guard status?.isFolder != true else { return }
    let found = status?.kind ?? "a link that leads nowhere"
    throw .unusable(
      path: path, problem: "expected a folder of models, or a name for a new one, found \(found)")
  }

  /// The file of a key.
  func file(of key: ExactText) -> String {
    // FNV-1a of the bytes, from two beginnings, and mixed: 128 bits.
    var (first, second): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x9e37_79b9_7f4a_7c15)
    for byte in key.text.utf8 {
      first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
      second = (second ^ UInt64(byte)) &* 0x100_0000_01b3
      second ^= second >> 29
    }
    let name = Self.hex(first ^ first >> 31, digits: 16) + Self.hex(second, digits: 16)
    return "\(path)/\(name.suffix(2))/\(name).kmeans"
  }

  private static func hex(_ number: UInt64, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// Writes the stream of a key.
  func write<Scalar: ClusteringScalar>(
    _ stream: StreamingKMeans<Scalar>, of key: ExactText
  ) throws(FileError) {
    var archive = stream.archive
    archive["key"] = .string(key.text)
    let file = file(of: key)
    // A pipe would be written to, and waited for.
    try FileStatus(of: file)?.checkIsRegularFile(file)
    try archive.write(to: file)
  }

  /// The stream of a key; `nil` where there is none.
  ///
  /// - Throws: ``FileError`` where it cannot be read, or is another one.
  func stream<Scalar: ClusteringScalar>(
    of key: ExactText, _ parameters: StreamingParameters
  ) throws -> StreamingKMeans<Scalar>? {
    let file = file(of: key)
    guard FileStatus(of: file) != nil else { return nil }
    guard let archive = try Archive.ifThere(file, kind: StreamingKMeans<Scalar>.archiveKind)
    else { return nil }
    guard ExactText(try archive.string("key")) == key else {
      throw archive.wrong("key", "is another one: two keys have the same hash")
    }
    let stream = try StreamingKMeans<Scalar>(archive, execution: parameters.execution)
    guard stream.parameters == parameters else {
      throw FileError.unusable(
        path: file, problem: "the model was learnt with other parameters, expected the same ones")
    }
    return stream
  }
}
