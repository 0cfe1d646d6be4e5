import Dispatch
import Foundation
import KMeansFiles
import KMeansLocks

/// The file in which a long run keeps its state, to go on from it after whatever has ended it: an
/// archive, the one before it as `PATH.previous`, and a lock as `PATH.lock`.
///
/// The lock is held as long as the run may write: two runs in one file would each undo what the
/// other has done.
///
/// `@unchecked Sendable`: what is known of the last one is changed by what is on the queue, and
/// asked for when that is done; one thread asks for states to be written.
final class CheckpointFile: @unchecked Sendable {
  /// The name as it was given.
  let path: String
  /// What is in it, in words: `checkpoint of a stream`.
  let kind: String
  /// The file that the name leads to.
  private let file: String
  private let lock: FileLock
  /// Behind what the last one was written; `nil` where there is none.
  private var last: String?
  /// Why the last one could not be written.
  private var problem: (any Error)?
  /// Writes while the run goes on: a disk takes longer than many batches.
  private let queue = DispatchQueue(label: "checkpoint")
  /// States that wait to be written, the oldest first.
  private typealias Waiting = (
    place: String, state: Result<(archive: Archive, outputs: [OutputSync]), any Error>
  )
  private let waiting = Mutex<[Waiting]>([])
  /// How many may wait: more are not worth their memory.
  private static var mostWaiting: Int { 4 }
  /// Whether none was written behind the run: the first is waited for.
  private var isFirst = true

  /// - Parameters:
  ///   - output: the file, which has been looked at.
  ///   - kind: the kind that the archive names.
  /// - Throws: ``Failure`` where another process has the lock.
  init(_ output: Output, kind: String) throws {
    path = output.path
    self.kind = kind
    // A link stays a link, and the one before lies beside the file that it leads to.
    file = try AtomicFile.target(of: path)
    try Self.checkLength(of: file, path)
    try Self.refuseOthers(beside: file, kind)
    lock = try Self.lock(beside: file, path)
    AtomicFile.removeLeftovers(of: file)
  }

  /// The name of the checkpoint before this one.
  var previous: String { "\(file).previous" }

  /// Whether there is a checkpoint, or something else under its name.
  private var exists: Bool { FileStatus(of: file) != nil }

  /// Refuses to begin anew where there is something to go on from: it would be lost.
  private func refuseExisting() throws {
    guard exists || FileStatus(of: previous) != nil else { return }
    throw Failure.usage(
      "\(path): there is \(exists ? "a file of that name" : "a checkpoint \(previous)"): --resume "
        + "goes on from it; to begin anew, move it away or give another name")
  }

  /// What a run goes on from.
  ///
  /// - Parameters:
  ///   - settings: the options that must be as before.
  ///   - resumes: whether it is to go on.
  ///   - note: takes lines for the user.
  /// - Returns: `nil` where it begins.
  /// - Throws: ``Failure`` where the checkpoint cannot be read, is of other options, or would be
  ///   lost.
  func begin<State: CheckpointState>(
    like settings: RunSettings, resuming resumes: Bool, _ note: (String) -> Void
  ) throws -> (state: State, archive: Archive)? {
    guard resumes else {
      try refuseExisting()
      return nil
    }
    guard let archive = try read() else {
      note("\(path): there is no checkpoint yet: the run begins anew")
      return nil
    }
    let state = try State(archive, path)
    try settings.check(like: state.settings, path)
    return (state, archive)
  }

  /// Writes a state in place of the one before. Where that fails the one before stays, which is
  /// said once, and the run goes on.
  ///
  /// - Parameter place: what it is the state behind: `batch 300`.
  func keep(after place: String, _ archive: () throws -> Archive) {
    queue.sync { attempt(place) { try archive().write(to: file, keeping: previous) } }
  }

  /// The same while the run goes on. Where the disk is still at work with earlier ones, this one
  /// waits, and where several do, it takes the place of the last of them: a run is not slowed down
  /// by a disk that takes longer than the time between two. The first is waited for: what cannot be
  /// written is said before anything is learnt.
  ///
  /// - Parameter archive: gives the state, and the outputs that are written down for good before it
  ///   is, for it names their lengths. Called at once.
  func keepBehind(
    after place: String, _ archive: () throws -> (archive: Archive, outputs: [OutputSync])
  ) {
    let next = Waiting(place, Result(catching: archive))
    waiting.withLock { waiting in
      if waiting.count == Self.mostWaiting { waiting.removeLast() }
      waiting.append(next)
    }
    queue.async { [self] in
      guard let next = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
      attempt(next.place) {
        let (archive, outputs) = try next.state.get()
        for output in outputs { try output.sync() }
        try archive.write(to: file, keeping: previous)
      }
    }
    if isFirst { queue.sync {} }
    isFirst = false
  }

  /// Whether the last one is behind some place. Waits until it is written.
  func isWritten(after place: String) -> Bool { queue.sync { last == place } }

  private func attempt(_ place: String, _ write: () throws -> Void) {
    do {
      try write()
      if problem != nil { Streams.say("\(path): written again, after \(place)") }
      (last, problem) = (place, nil)
    } catch {
      if problem == nil {
        let stays = last.map { "; the checkpoint after \($0) stays" } ?? ""
        Streams.say("kmeans: \(Failure(error, of: Tool.self).line)\(stays), and the run goes on")
      }
      problem = error
    }
  }

  /// Notes the place of the checkpoint that the run goes on from.
  func note(last place: String) { queue.sync { last = place } }

  /// Ends the lock.
  func release() {
    queue.sync {}
    lock.release()
  }

  /// Ends the checkpoints.
  ///
  /// - Throws: where the last one could not be written; why was said when it happened.
  func finish() throws {
    release()
    guard let problem else { return }
    let kept = last.map { ": the one after \($0) stays" } ?? ": there is none"
    throw Failure(
      line: "\(path): the last checkpoint could not be written\(kept)",
      status: Failure(problem, of: Tool.self).status)
  }

  /// The state that was written last.
  ///
  /// - Returns: `nil` where there is no file.
  /// - Throws: ``Failure`` that says what is wrong with it, and whether there is another one.
  private func read() throws -> Archive? {
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
          "\(path): expected a \(kind), found something else: "
            + (FileStatus(of: previous) == nil ? "give another name, or move it away" : remedy))
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
