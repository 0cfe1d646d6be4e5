private import KMeansCLibrary

// Files that are kept when others take their places.

/// Gives a file a second name, in place of the file that had it. Where there is no such file,
/// nothing is done.
///
/// It keeps its first name all the while, until another file is renamed over it, where the file
/// system knows second names; elsewhere it has the second one alone until then.
///
/// - Parameter other: a name in the same folder.
/// - Throws: ``FileError/system(path:operation:code:)``.
func keepFile(_ path: String, as other: String) throws(FileError) {
  guard status(of: path) != nil else { return }
  removeFile(other)
  if linkFile(path, other) { return }
  guard renameFile(path, other) == 0 else {
    throw .system(path: other, operation: "write", code: errno)
  }
}

extension AtomicFile {
  /// The file that a path leads to, links followed, which need not exist.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)`` for links that lead to one another.
  package static func target(of path: String) throws(FileError) -> String {
    try AtomicTarget.followingLinks(path).0
  }

  /// Removes what a process that was killed has left of a file that it was writing.
  ///
  /// - Precondition: no process writes the file: whoever calls this has a lock on it.
  /// - Complexity: O(files in the folder).
  package static func removeLeftovers(of path: String) {
    let stem = ExactText(TemporaryFiles.stem(of: path))
    removeLeftovers(in: AtomicTarget.folder(of: path)) { ExactText($0) == stem }
  }

  /// The same of all files in a folder whose names end in a text.
  ///
  /// - Precondition: no process writes such files there.
  package static func removeLeftovers(in folder: String, endingIn end: String) {
    removeLeftovers(in: folder) { ExactText($0).ends(in: end) }
  }

  private static func removeLeftovers(in folder: String, of isStem: (String) -> Bool) {
    for name in (try? FolderContents.names(in: folder)) ?? [] {
      guard let stem = TemporaryFiles.stem(ofTemporary: name), isStem(stem) else { continue }
      removeFile(folder == "/" ? "/\(name)" : "\(folder)/\(name)")
    }
  }
}

/// Syncs the folder of a file, so that a file that is new in it stays there where the power fails.
/// A folder that cannot be opened or synced is left alone, as ``AtomicFile`` does.
package func syncFolder(of path: String) {
  let folder = openFile(AtomicTarget.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
  guard folder >= 0 else { return }
  _ = uninterrupted { fsync(folder) }
  close(folder)
}
