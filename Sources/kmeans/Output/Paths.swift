import Clustering
import Foundation
import KMeansFiles

/// What kind of archive a file is; nil where it is none. Only regular files are looked into: what a
/// pipe has said is gone.
func archiveKind(_ path: String) throws -> String? {
  isRegularFile(path) ? try Archive.kind(ofFileAt: path) : nil
}

/// Whether a path leads to a file that can be opened more than once.
func isRegularFile(_ path: String) -> Bool {
  var status = stat()
  return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}

/// Refuses an archive where points are expected: no reader of points can say what it is.
func checkHoldsPoints(_ path: String) throws {
  guard let kind = try archiveKind(path) else { return }
  throw Failure.data("\(path): expected points, found a \(kind)")
}

/// One name for a file however it is written: links and `..` are followed. What does not exist yet
/// is named within its folder.
func canonicalPath(_ path: String) -> String {
  if let real = realPath(path) { return real }
  let url = URL(fileURLWithPath: path)
  let folder = url.deletingLastPathComponent().path
  return "\(realPath(folder) ?? folder)/\(url.lastPathComponent)"
}

private func realPath(_ path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(cString: real)
}
