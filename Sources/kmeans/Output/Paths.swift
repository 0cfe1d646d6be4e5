import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The kind of an archive; `nil` where the file is none. Only regular files are looked into: bytes
/// that a pipe has given are gone.
///
/// - Throws: ``FileError`` where there is no file of that name, or it cannot be read.
func archiveKind(_ path: String) throws -> String? {
  if path == "-" { return nil }
  guard let status = FileStatus(of: path) else {
    throw FileError.system(path: path, operation: "open", code: errno)
  }
  return status.isRegularFile ? try Archive.kind(ofFileAt: path) : nil
}

/// Whether a path leads to a file that can be opened more than once.
func isRegularFile(_ path: String) -> Bool {
  path != "-" && FileStatus(of: path)?.isRegularFile ?? false
}

/// Whether a path leads to any file.
func exists(_ path: String) -> Bool { FileStatus(of: path) != nil }

/// Whether a word looks like the name of a file, which need not exist.
func looksLikeFile(_ word: String) -> Bool {
  word.contains("/") || VectorFormat(path: word) != nil
    || [".gz", ".kmeans", ".txt"].contains { word.hasSuffix($0) }
}

/// The error of a file that is not there.
func missingFile(_ path: String) -> FileError {
  FileError.system(path: path, operation: "open", code: ENOENT)
}

/// Refuses an archive where points are expected: no reader of points knows archives.
func checkHoldsPoints(_ path: String) throws {
  guard let kind = try archiveKind(path) else { return }
  throw Failure.data("\(path): expected points, found a \(kind)")
}

/// The canonical path of a file: links and `..` are followed. A file that does not exist yet
/// is named within its folder.
func canonicalPath(_ path: String) -> String {
  if let real = FileStatus.realPath(of: path) { return real }
  let url = URL(fileURLWithPath: path)
  let folder = url.deletingLastPathComponent().path
  return "\(FileStatus.realPath(of: folder) ?? folder)/\(url.lastPathComponent)"
}

/// Whether two paths are those of one file, which need not exist.
func areSamePath(_ path: String, _ other: String) -> Bool {
  ExactText(canonicalPath(path)) == ExactText(canonicalPath(other))
}
