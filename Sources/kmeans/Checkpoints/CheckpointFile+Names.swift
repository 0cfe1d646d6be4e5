import Foundation
import KMeansFiles

// The names that a checkpoint takes beside its own: its lock, and the one before it.
extension CheckpointFile {
  /// Refuses a name that leaves no room for those beside it, before anything begins.
  static func checkLength(of file: String, _ path: String) throws {
    let count = FileName.bytes(of: FileName.last(of: file)).count
    let most = FileName.mostBytes(beside: file) - ".previous".utf8.count
    guard count > most else { return }
    throw Failure.usage(
      "\(path): a name of \(counted(count, "byte")), expected at most \(most) for a checkpoint: "
        + "the one before it has .previous behind it")
  }

  /// Refuses to take names that belong to something else: a lock is removed at the end, and the one
  /// before is replaced.
  static func refuseOthers(beside file: String, _ kind: String) throws {
    let (lock, previous) = ("\(file).lock", "\(file).previous")
    if let status = FileStatus(ofLink: lock), !status.isRegularFile || status.size > 0 {
      let what = status.isRegularFile ? "it holds something" : "it is \(status.kind)"
      throw Failure.usage(
        "\(lock): \(what), and would be the lock of the checkpoint: move it away, or give the "
          + "checkpoint another name")
    }
    guard let status = FileStatus(of: previous) else { return }
    guard status.isRegularFile, try Archive.kind(ofFileAt: previous) == kind else {
      throw Failure.usage(
        "\(previous): it is no \(kind), and would be replaced by the one before: move it away, or "
          + "give the checkpoint another name")
    }
  }

  /// Refuses outputs under the names that a checkpoint takes beside its own.
  static func check(_ outputs: [Output?], besides checkpoint: Output?) throws {
    guard let checkpoint else { return }
    let taken = [".lock", ".previous"].map { checkpoint.path + $0 }
    for output in outputs.compactMap({ $0 })
    where taken.contains(where: { areSamePath($0, output.path) }) {
      throw Failure.usage(
        "\(output.path): --checkpoint \(checkpoint.path) takes this name: expected another one")
    }
  }

  /// Takes the lock of a checkpoint.
  ///
  /// - Throws: ``Failure`` where another process has it, or no file can be made there.
  static func lock(beside file: String, _ path: String) throws -> FileLock {
    let lock: FileLock?
    do throws(FileError) { lock = try FileLock("\(file).lock") } catch {
      guard case .system(_, _, let code) = error else { throw error }
      throw Failure(
        line: "\(path): no file can be made beside it: \(String(cString: strerror(code))): "
          + "expected a checkpoint in a folder that files can be made in", status: EX_IOERR)
    }
    if let lock { return lock }
    throw Failure(
      line: "\(path): another process writes this checkpoint: expected another name, or that "
        + "process to end", status: EX_TEMPFAIL)
  }
}
