import Batching
import Foundation
import KMeansFiles
import Testing

/// Folders that vanish, and the files that are known to be taken.
@Suite struct FolderPlaceTests {
  @Test func `a folder that is missing is an error`() throws {
    let watched = try WatchedFolder()
    try watched.remove("in")
    let path = watched.folder.file("in")
    #expect(throws: FileError.system(path: path, operation: "watch", code: ENOENT)) {
      _ = try watched.taken()
    }
    _ = try watched.folder.write([1], to: "in")
    #expect(throws: FileError.system(path: path, operation: "watch", code: ENOTDIR)) {
      _ = try watched.taken()
    }
  }

  @Test(arguments: [false, true])
  func `a folder that vanishes is waited for`(polls: Bool) throws {
    let watched = try WatchedFolder(polls: polls)
    try watched.move("a.csv", modified: 1000)
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a.csv"])
    let (here, away) = (watched.folder.file("in"), watched.folder.file("away"))
    #expect(rename(here, away) == 0)
    #expect(try watched.taken() + watched.taken() == [])
    #expect(watched.said == ["in: the folder is gone; the stream waits for it to come back"])
    #expect(rename(away, here) == 0)
    try watched.move("b.csv")
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["b.csv"])
    #expect(watched.said.dropFirst() == ["in: the folder is back"])
    // What was taken before is not taken again.
    #expect(watched.known == ["a.csv", "b.csv"])
  }

  @Test func `what was mounted there and comes back is not taken twice`() throws {
    let watched = try WatchedFolder()
    try watched.move("a.csv", modified: 1000)
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a.csv"])
    let (here, away) = (watched.folder.file("in"), watched.folder.file("away"))
    // The empty folder beneath shows for a while.
    #expect(rename(here, away) == 0 && mkdir(here, 0o700) == 0)
    #expect(try watched.taken() + watched.taken(after: 50) == [])
    #expect(watched.known == ["a.csv"])
    #expect(rmdir(here) == 0 && rename(away, here) == 0)
    #expect(try watched.taken() + watched.taken(after: 50) == [])
    #expect(watched.said == Array(repeating: "in: the folder is another one now", count: 2))
  }

  @Test(arguments: [false, true])
  func `files that are gone are forgotten`(polls: Bool) throws {
    let watched = try WatchedFolder(polls: polls)
    for name in ["a", "b", "c"] { try watched.move(name, modified: 1000) }
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a", "b", "c"])
    try watched.remove("in/b")
    #expect(rename(watched.folder.file("in/c"), watched.folder.file("c")) == 0)
    #expect(try watched.taken() == [])
    #expect(watched.known == ["a"])
    // One that comes back is another one.
    try watched.move("b", modified: 1000)
    #expect(try watched.taken(after: 1) + watched.taken(after: 2) == ["b"])
  }

  @Test func `two do not learn from one folder`() throws {
    let watched = try WatchedFolder()
    #expect(try watched.taken() == [])
    let path = watched.folder.file("in")
    var other = FolderWatch(path, .learnt, every: .seconds(1), polls: false) { _ in }
    let error = #expect(throws: FolderError.self) { _ = try other.look(.now) }
    #expect(error == .isTaken(path: path))
    #expect(
      error?.description
        == "\(path): another process learns from this folder, and a file must not be learnt twice: "
        + "end that one first, or give each a folder of its own")
    // To predict is nobody else's business.
    var reader = FolderWatch(path, .predicted, every: .seconds(1), polls: false) { _ in }
    #expect(try reader.look(.now) == [])
  }

  @Test(.enabled(if: WatchedSystem.tellsMoves))
  func `what the system could not keep is looked for`() throws {
    let watched = try WatchedFolder()
    #expect(try watched.taken() == [])
    let most = try Int(
      String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
        .filter(\.isNumber))
    let count = try #require(most.flatMap { $0 <= 100_000 ? $0 : nil }) / 2
    let numbers = (0..<count).map { "\($0)" }
    for number in numbers {
      let descriptor = open(watched.folder.file("in/\(number)"), O_WRONLY | O_CREAT, 0o600)
      #expect(Foundation.write(descriptor, "1\n", 2) == 2)
      close(descriptor)
    }
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2).count == count)
    #expect(watched.known == numbers.map { ExactText($0) }.sorted())
  }
}
