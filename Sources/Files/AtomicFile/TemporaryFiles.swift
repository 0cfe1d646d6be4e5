private import KMeansLocks

private import KMeansCLibrary

/// The temporary files of the process that are neither renamed nor removed yet.
///
/// A name is created, renamed and removed under the lock, so that ``removeAll()`` leaves none
/// behind and takes no file that is in place.
enum TemporaryFiles {
  private static let names = Mutex<Set<String>>([])

  /// A hidden name beside a file, of which no other process makes use.
  static func name(for file: String) -> String {
    let folder = AtomicTarget.folder(of: file)
    let number = String(UInt64.random(in: .min ... .max), radix: 36)
    return "\(folder == "/" ? "" : folder)/.\(stem(of: file)).\(number).tmp"
  }

  /// The part of such a name that is of the file.
  static func stem(of file: String) -> String {
    let base = FileName.last(of: file)
    // A name has at most 255 bytes; a scalar has at most 4.
    var stem = base.unicodeScalars.prefix(200)
    while stem.reduce(0, { $0 + UTF8.width($1) }) > 200 { stem.removeLast() }
    return String(Substring(stem))
  }

  /// The same of such a name; `nil` of any other.
  static func stem(ofTemporary name: String) -> String? {
    let exact = ExactText(name)
    guard exact.begins(with: "."), exact.ends(in: ".tmp"), name.utf8.count > 5 else { return nil }
    let rest = exact.dropping(bytes: 1).dropLast(4)
    guard let dot = rest.utf8.lastIndex(of: UInt8(ascii: ".")),
      UInt64(rest[rest.utf8.index(after: dot)...], radix: 36) != nil
    else { return nil }
    return String(rest[..<dot])
  }

  /// Makes the file; -1 where `errno` says why not.
  ///
  /// - Parameter mode: its rights from the first moment on, less the process's umask.
  static func create(_ name: String, mode: UInt32) -> Int32 {
    names.withLock { names in
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let descriptor = openFile(name, flags, mode)
      if descriptor >= 0 { names.insert(name) }
      return descriptor
    }
  }

  /// Renames the file; false where `errno` says why not.
  static func rename(_ name: String, to target: String) -> Bool {
    names.withLock { names in
      guard renameFile(name, target) == 0 else { return false }
      names.remove(name)
      return true
    }
  }

  static func remove(_ name: String) {
    names.withLock { names in
      if names.remove(name) != nil { removeFile(name) }
    }
  }

  static func removeAll() {
    names.withLock { names in
      for name in names { removeFile(name) }
      names.removeAll()
    }
  }
}
