private import KMeansCLibrary

/// The names in a folder.
package enum FolderContents {
  /// All names but `.` and `..`, by their bytes.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)`` where the folder cannot be read.
  package static func names(in folder: String) throws(FileError) -> [String] {
    var names: [[UInt8]] = []
    try forEachName(in: folder) { name in
      names.append(Array(UnsafeRawBufferPointer(start: name, count: strlen(name))))
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map { FileName.text($0) }
  }

  /// Calls a closure with each of them, in no order: of very many files that is sooner done.
  ///
  /// - Throws: as ``names(in:)``; some names may have been handed out then.
  package static func forEach(in folder: String, _ body: (String) -> Void) throws(FileError) {
    try forEachName(in: folder) { body(FileName.text($0)) }
  }

  private static func forEachName(
    in folder: String, _ body: (UnsafePointer<CChar>) -> Void
  ) throws(FileError) {
    guard let stream = FileName.withBytes(of: folder, { opendir($0) }) else {
      throw .system(path: folder, operation: "read", code: errno)
    }
    defer { closedir(stream) }
    errno = 0
    while let entry = readdir(stream) {
      withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
          name in
          if strcmp(name, ".") != 0, strcmp(name, "..") != 0 { body(name) }
        }
      }
      errno = 0
    }
    guard errno == 0 else { throw .system(path: folder, operation: "read", code: errno) }
  }
}
