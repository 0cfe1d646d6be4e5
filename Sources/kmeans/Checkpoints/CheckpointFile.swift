import Foundation
import KMeansFiles

/// The file in which a long run keeps its state, to go on from it after whatever has ended it: an
/// archive, the one before it as `PATH.previous`, and a lock as `PATH.lock`.
///
/// The lock is held as long as the run may write: two runs in one file would each undo what the
/// other has done.
final class CheckpointFile {
  /// The name as it was given.
  let path: String
  /// What is in it, in words: `checkpoint of a stream`.
  let kind: String
  /// The file that the name leads to.
  private let file: String
  private let lock: FileLock

  /// - Parameters:
  ///   - output: the file, which has been looked at.
  ///   - kind: the kind that the archive names.
  /// - Throws: ``Failure`` where another process has the lock.
  init(_ output: Output, kind: String) throws {
    path = output.path
    self.kind = kind
    file = FileStatus(of: path) == nil ? path : canonicalPath(path)
    guard let lock = try FileLock("\(file).lock") else {
      throw Failure(
        line: "\(path): another process writes this checkpoint: expected another name, or that "
          + "process to end", status: EX_TEMPFAIL)
    }
    self.lock = lock
    AtomicFile.removeLeftovers(of: file)
  }

  /// The name of the checkpoint before this one.
  var previous: String { "\(file).previous" }

  /// Whether there is a checkpoint, or something else under its name.
  var exists: Bool { FileStatus(of: file) != nil }

  /// Refuses to begin anew where there is something to go on from: it would be lost.
  func refuseExisting() throws {
    guard exists || FileStatus(of: previous) != nil else { return }
    throw Failure.usage(
      "\(path): there is \(exists ? "a file of that name" : "a checkpoint \(previous)"): --resume "
        + "goes on from it; to begin anew, move it away or give another name")
  }

  /// Writes a state in place of the one before.
  ///
  /// - Throws: ``FileError`` where it cannot be written; what was there stays then.
  func write(_ archive: Archive) throws(FileError) {
    try archive.write(to: file, keeping: previous)
  }

  /// Ends the lock.
  func release() { lock.release() }

  /// The state that was written last.
  ///
  /// - Returns: `nil` where there is no file.
  /// - Throws: ``Failure`` that says what is wrong with it, and whether there is another one.
  func read() throws -> Archive? {
    guard let status = FileStatus(of: file) else {
      guard FileStatus(of: previous) != nil else { return nil }
      throw Failure.data("\(path): there is no such file, but there is the one before: \(remedy)")
    }
    guard status.isRegularFile else {
      throw Failure.usage("\(path): a checkpoint is a regular file, expected another name")
    }
    do {
      guard let found = try Archive.kind(ofFileAt: file) else {
        throw Failure.data(
          "\(path): expected a \(kind), found something else: give another name, or move it away")
      }
      guard found == kind else {
        throw Failure.data("\(path): expected a \(kind), found a \(found): give another name")
      }
      return try Archive(readingFrom: file, kind: kind)
    } catch let error as FileError {
      guard case .malformed = error else { throw error }
      throw Failure.data(fault(of: status.size, error))
    }
  }

  /// What is wrong with a file that cannot be read.
  private func fault(of size: Int, _ error: FileError) -> String {
    let header = try? ArchiveHeader(ofFileAt: file)
    let what =
      if let header, header.isNewer {
        "the checkpoint is of a newer version (\(header.version), this kmeans reads up to "
          + "\(ArchiveHeader.newest)): expected a newer kmeans"
      } else if header.map({ $0.length > UInt64(size) }) ?? true {
        "the checkpoint is cut off after \(counted(size, "byte"))"
      } else {
        "the checkpoint is damaged: \(error.place)"
      }
    return "\(path): \(what)\(header?.isNewer == true ? "" : "; \(remedy)")"
  }

  /// What to do without the file.
  private var remedy: String {
    FileStatus(of: previous) == nil
      ? "there is none before it: move it away to begin anew"
      : "the one before is whole if it can be read: mv '\(previous)' '\(file)' and --resume go on "
        + "from it"
  }
}

extension FileError {
  /// The error without the name of the file.
  fileprivate var place: String {
    guard case .malformed(_, let place, let problem) = self else { return description }
    return place == .wholeFile ? problem : "\(place): \(problem)"
  }
}
