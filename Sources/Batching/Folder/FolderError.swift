private import Foundation
internal import KMeansFiles

/// An error of a watched folder itself.
package enum FolderError: Error, Sendable, Hashable {
  /// Another process learns from the folder.
  case isTaken(path: String)
  /// The stream ended before any file came.
  case noFile(path: String, Duration)

  /// Whether no file came.
  package var isWithoutFile: Bool { if case .noFile = self { true } else { false } }

  /// There is no such folder.
  static func missing(_ path: String, isNoFolder: Bool) -> FileError {
    .system(path: path, operation: "watch", code: isNoFolder ? ENOTDIR : ENOENT)
  }
}

extension FolderError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .isTaken(let path):
      "\(visible(path)): another process learns from this folder, and a file must not be learnt twice: "
        + "end that one first, or give each a folder of its own"
    case .noFile(let path, let time):
      "\(visible(path)): no file with rows has come within \(time)"
    }
  }
}
