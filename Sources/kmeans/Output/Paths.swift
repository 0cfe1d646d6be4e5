import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// What kind of archive a file is; nil where it is none. Only regular files are looked into: what a
/// pipe has said is gone.
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

/// Whether a path leads to anything.
func exists(_ path: String) -> Bool { FileStatus(of: path) != nil }

/// Whether a word that may be the name of a file means one, whether there is one or not.
func looksLikeFile(_ word: String) -> Bool {
  word.contains("/") || VectorFormat(path: word) != nil
    || [".gz", ".kmeans", ".txt"].contains { word.hasSuffix($0) }
}

/// The error of a file that is not there.
func missingFile(_ path: String) -> FileError {
  FileError.system(path: path, operation: "open", code: ENOENT)
}

/// Refuses an archive where points are expected: no reader of points can say what it is.
func checkHoldsPoints(_ path: String) throws {
  guard let kind = try archiveKind(path) else { return }
  throw Failure.data("\(path): expected points, found a \(kind)")
}

/// One name for a file however it is written: links and `..` are followed. What does not exist yet
/// is named within its folder.
func canonicalPath(_ path: String) -> String {
  if let real = FileStatus.realPath(of: path) { return real }
  let url = URL(fileURLWithPath: path)
  let folder = url.deletingLastPathComponent().path
  return "\(FileStatus.realPath(of: folder) ?? folder)/\(url.lastPathComponent)"
}
