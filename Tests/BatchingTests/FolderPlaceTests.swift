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
  func `a file that leaves and comes back as it was is not taken again`(polls: Bool) throws {
    let watched = try WatchedFolder(polls: polls)
    for name in ["a", "b", "c", "d"] { try watched.move(name, modified: 1000) }
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a", "b", "c", "d"])
    try watched.remove("in/b")
    let (here, away) = (watched.folder.file("in/c"), watched.folder.file("c"))
    #expect(rename(here, away) == 0 && unlink(watched.folder.file("in/d")) == 0)
    #expect(try watched.taken() == [])
    #expect(watched.known == ["a", "b", "c", "d"] && watched.said == [])
    // One of the same size and time, the file itself, and two that are others.
    try watched.move("b", modified: 1000)
    #expect(rename(away, here) == 0)
    try watched.move("d", modified: 1001)
    try watched.move("e", modified: 1000)
    #expect(
      try Set(watched.taken(after: 1) + watched.taken(after: 2)) == ["d", "e"])
    #expect(try watched.taken(after: 5) == [])
    #expect(watched.known == ["a", "b", "c", "d", "e"])
    #expect(watched.said.count == 1, "\(watched.said)")
    #expect(
      watched.said.first?.hasSuffix(
        ": it has come back as it was when it was taken: it is not taken again, nor are others like "
          + "it") ?? false)
  }

  @Test(arguments: [false, true])
  func `the last ones that have left are known`(polls: Bool) throws {
    let watched = try WatchedFolder(polls: polls, mostGone: 2)
    for name in ["a", "b", "c", "d"] { try watched.move(name, modified: 1000) }
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a", "b", "c", "d"])
    for name in ["a", "b", "d"] { try watched.remove("in/\(name)") }
    // All files are looked at once in five minutes at least.
    #expect(try watched.taken(after: 40) == [])
    #expect(watched.known == ["b", "c", "d"])
    for name in ["a", "b", "d"] { try watched.move(name, modified: 1000) }
    #expect(try watched.taken(after: 1) + watched.taken(after: 2) == ["a"])
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
