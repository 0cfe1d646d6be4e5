import Batching
import Foundation
import KMeansFiles
import Testing

/// A folder that is watched by a clock that the test sets.
final class WatchedFolder {
  let folder = Folder()
  private let lines = Lines()
  private var watch: FolderWatch
  private var now = ContinuousClock.now
  private var order = 0

  /// The lines for the user.
  final class Lines { var all: [String] = [] }

  init(polls: Bool = false, mostGone: Int = TakenFiles.mostGone) throws {
    let lines = lines
    watch = FolderWatch(
      folder.file("in"), .learnt, every: .seconds(10), polls: polls, mostGone: mostGone
    ) {
      lines.all.append($0)
    }
    try FileManager.default.createDirectory(
      atPath: folder.file("in"), withIntermediateDirectories: false)
  }

  /// What was said, each folder by its own name alone.
  var said: [String] { lines.all.map { $0.replacing(folder.path + "/", with: "") } }

  /// The files that are whole some intervals later; they are left as told.
  func told(after intervals: Int = 1) throws -> [FolderFile] {
    now += .seconds(10) * intervals
    return try watch.look(now)
  }

  /// The names of the files that are whole some intervals later, which are taken.
  func taken(after intervals: Int = 1) throws -> [ExactText] {
    try told(after: intervals).map { file in
      order += 1
      watch.take(file, order: order)
      return file.name
    }
  }

  func giveBack(_ file: FolderFile) { watch.giveBack(file, now) }

  /// The names that are known to be taken.
  var known: [ExactText] { watch.taken.all.map(\.name).sorted() }

  /// Writes a file in place.
  func write(_ name: String, _ text: String = "1,2\n") throws {
    _ = try folder.write(Array(text.utf8), to: "in/\(name).part")
    // In two steps, so that it is no move: `write(to:)` may make one of its own.
    let bytes = try folder.bytes(of: "in/\(name).part")
    try FileManager.default.removeItem(atPath: folder.file("in/\(name).part"))
    let descriptor = open(folder.file("in/\(name)"), O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    #expect(descriptor >= 0)
    bytes.withUnsafeBytes {
      #expect(Foundation.write(descriptor, $0.baseAddress, $0.count) == $0.count)
    }
    close(descriptor)
  }

  /// Appends to a file in place.
  func append(_ name: String, _ text: String) {
    let descriptor = open(folder.file("in/\(name)"), O_WRONLY | O_APPEND)
    text.withCString { #expect(Foundation.write(descriptor, $0, strlen($0)) > 0) }
    close(descriptor)
  }

  /// Moves a file in, in place of one that is there.
  func move(_ name: String, _ text: String = "1,2\n", modified: Double? = nil) throws {
    let staged = try folder.write(Array(text.utf8), to: "staged")
    if let modified { try set(modified, of: "staged") }
    #expect(rename(staged, folder.file("in/\(name)")) == 0)
  }

  /// Sets the time of a file, in seconds since 1970.
  func set(_ modified: Double, of name: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: modified)],
      ofItemAtPath: folder.file(name))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: folder.file(name))
  }
}
