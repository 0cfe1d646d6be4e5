import Batching
import Foundation
import KMeansFiles

/// The inputs that a run has taken so far, and how far: a run that goes on must find them as they
/// were.
struct SavedInputs: Codable {
  /// A file that was taken, or the one at work.
  struct File: Codable {
    let name: String
    /// In bytes; `nil` for what has no size, such as a pipe.
    @CheckedCount var size: Int?
    /// What these bytes begin and end with; `nil` in checkpoints of earlier versions.
    var ends: FileEnds?

    /// A file as it is now.
    init(_ name: String) {
      self.name = name
      size = SavedInputs.size(of: name)
      ends = size.flatMap { FileEnds(of: name, length: $0) }
    }
  }

  /// A file of a watched folder that was taken.
  struct Taken: Codable {
    let name: String
    @CheckedCount var size: Int
    let modified: Int
  }

  /// The files that were read to their end, then the one at work.
  private(set) var files: [File] = []
  /// How many were read to their end.
  @CheckedCount private(set) var finished = 0
  /// How many rows of the next one were taken.
  @CheckedCount private(set) var rows = 0
  private(set) var taken: [Taken] = []

  /// Whether rows of a pipe were taken, which nobody can read again.
  var isAtPipe: Bool { rows > 0 && files.count > finished && files[finished].size == nil }

  /// The place in the input.
  var mark: BatchMark {
    BatchMark(
      files: finished, rows: isAtPipe ? 0 : rows,
      taken: taken.map { .init(name: ExactText($0.name), size: $0.size, modified: $0.modified) })
  }

  /// Notes how far the inputs were read.
  ///
  /// - Parameter names: all of them, `-` for the standard input.
  mutating func move(to mark: BatchMark, of names: [String]) {
    // Those that were finished before stay as they are.
    files.removeLast(files.count - min(files.count, finished))
    for name in names.prefix(mark.files + (mark.rows > 0 ? 1 : 0)).dropFirst(files.count) {
      files.append(File(name))
    }
    (finished, rows) = (mark.files, mark.rows)
    taken = mark.taken.map { Taken(name: $0.name.text, size: $0.size, modified: $0.modified) }
  }

  /// Refuses other inputs than those that were taken; what follows them is free.
  ///
  /// - Parameters:
  ///   - checkpoint: the name of the checkpoint.
  ///   - areAll: whether none may follow them.
  ///   - note: takes lines for the user.
  func check(
    _ names: [String], _ checkpoint: String, areAll: Bool = false, note: (String) -> Void
  ) throws {
    guard names.count == files.count || !areAll && names.count > files.count else {
      throw Failure.usage(
        "\(counted(names.count, "input")): the checkpoint \(checkpoint) is of a run that has taken "
          + "\(counted(files.count, "input")), expected \(areAll ? "the same" : "those first")")
    }
    guard names.isEmpty || (0...files.count).contains(finished), rows >= 0 else {
      throw Failure.data(
        "\(checkpoint): the checkpoint is damaged: it has finished \(counted(finished, "input")) of "
          + "\(files.count), and taken \(counted(rows, "row")) of the next")
    }
    for (place, (file, name)) in zip(files, names).enumerated() {
      guard ExactText(file.name) == ExactText(name) else {
        throw Failure.usage(
          "\(name): the checkpoint \(checkpoint) is of a run with the input \(file.name) in this "
            + "place, expected the same")
      }
      guard let size = file.size, let now = Self.size(of: name) else { continue }
      if now >= size, let ends = file.ends, let found = FileEnds(of: name, length: size),
        found != ends
      {
        throw Failure.data(
          "\(name): it was changed within the \(counted(size, "byte")) that it had when the checkpoint "
            + "\(checkpoint) was written: expected the file as it was")
      }
      if now == size { continue }
      if now > size {
        guard place < finished else { continue }
        note(
          "\(name): \(counted(now - size, "byte")) were added since it was read to its end, and are "
            + "not read: what grows is read on as the standard input (< \(name))")
        continue
      }
      throw Failure.data(
        "\(name): it has \(counted(now, "byte")), and had \(size) when the checkpoint \(checkpoint) "
          + "was written: expected the file as it was")
    }
  }

  private static func size(of name: String) -> Int? {
    let status = name == "-" ? FileStatus(descriptor: STDIN_FILENO) : FileStatus(of: name)
    return status.flatMap { $0.isRegularFile ? $0.size : nil }
  }
}
