private import KMeansCLibrary

/// The target of an ``AtomicFile``, and the way to it.
struct AtomicTarget {
  private enum Way {
    /// A path that is written as the bytes come.
    case direct(String)
    /// The process's standard output, which stays open.
    case standardOutput
    /// A temporary file, which is then renamed over the file.
    case replacing(file: String, temporary: String, existing: stat?)
  }

  private let shownPath: String
  private let way: Way

  init(_ path: String) throws(FileError) {
    shownPath = path == "-" ? "standard output" : path
    if path == "-" {
      way = .standardOutput
      return
    }
    let existing = status(of: path)
    if let existing, existing.isDirectory {
      throw .system(path: path, operation: "write", code: EISDIR)
    }
    if let existing, !existing.isRegularFile {
      way = .direct(path)
      return
    }
    let (file, isDescriptor) = try AtomicTarget.followingLinks(path)
    if isDescriptor {
      way = .direct(path)
      return
    }
    // A rename needs no right to write the old file, but its owner made it read-only on purpose.
    if existing != nil, !isAccessible(file, W_OK) {
      throw .system(path: path, operation: "write", code: errno)
    }
    let temporary = TemporaryFiles.name(for: file)
    way = .replacing(file: file, temporary: temporary, existing: existing)
  }

  /// Whether the bytes go to a temporary file first.
  var isReplaced: Bool { if case .replacing = way { true } else { false } }

  var ownsDescriptor: Bool { if case .standardOutput = way { false } else { true } }

  /// Opens the file that the bytes go to.
  func open() throws(FileError) -> Int32 {
    let descriptor: Int32
    switch way {
    case .standardOutput:
      return STDOUT_FILENO
    case .direct(let path):
      // Appending matters where the path is a descriptor of a regular file that others write, too.
      descriptor = openFile(path, O_WRONLY | O_APPEND | O_CLOEXEC, 0)
    case .replacing(_, let temporary, let existing):
      // No other user may read the new file before it has the rights of the old one.
      descriptor = TemporaryFiles.create(temporary, mode: existing == nil ? 0o666 : 0o600)
      if descriptor >= 0, let existing {
        // The owner first, for that clears some of the bits; only root can, and need not.
        _ = fchown(descriptor, existing.st_uid, existing.st_gid)
        _ = fchmod(descriptor, existing.st_mode & 0o7777)
      }
    }
    guard descriptor >= 0 else { throw .system(path: shownPath, operation: "write", code: errno) }
    return descriptor
  }

  /// Renames the temporary file over the target and syncs the folder.
  func putInPlace() throws(FileError) {
    guard case .replacing(let file, let temporary, _) = way else { return }
    guard TemporaryFiles.rename(temporary, to: file) else {
      let code = errno
      remove()
      throw .system(path: shownPath, operation: "write", code: code)
    }
    let folder = openFile(
      AtomicTarget.folder(of: file), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    // A folder that may be written but not read cannot be opened, hence not synced.
    guard folder >= 0 else { return }
    defer { close(folder) }
    // Some file systems cannot sync a folder and say that it is not valid.
    if uninterrupted({ fsync(folder) }) != 0, errno != EINVAL {
      throw .system(path: shownPath, operation: "sync the folder of", code: errno)
    }
  }

  /// Removes the temporary file, if there is one.
  func remove() {
    if case .replacing(_, let temporary, _) = way { TemporaryFiles.remove(temporary) }
  }

  /// The file that a path leads to, which need not exist; and whether the way goes through a
  /// descriptor of a process (`/dev/stdout`), which a rename would not reach.
  static func followingLinks(_ path: String) throws(FileError) -> (String, Bool) {
    var file = path
    for _ in 0..<40 {
      if ["/proc/", "/dev/fd/"].contains(where: ExactText(file).begins) { return (file, true) }
      guard let link = contents(ofLink: file) else { return (file, false) }
      file = link.utf8.first == UInt8(ascii: "/") ? link : folder(of: file) + "/" + link
    }
    throw .system(path: path, operation: "open", code: ELOOP)
  }

  static func folder(of path: String) -> String {
    // Of the bytes: a slash before a name that begins with an accent is no `Character`.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
