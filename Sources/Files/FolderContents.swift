private import KMeansCLibrary

/// The names in a folder.
package enum FolderContents {
  /// All names but `.` and `..`, by their bytes.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)`` where the folder cannot be read.
  package static func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = FileName.withBytes(of: folder, { opendir($0) }) else {
      throw .system(path: folder, operation: "read", code: errno)
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
          bytes in
          var bytes = bytes
          var name: [UInt8] = []
          while bytes.pointee != 0 {
            name.append(bytes.pointee)
            bytes += 1
          }
          return name
        }
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .system(path: folder, operation: "read", code: errno) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map { FileName.text($0) }
  }
}
