import Batching
import Foundation
import KMeansFiles
import Testing

/// Which files of a watched folder are whole, and when.
@Suite struct FolderWatchTests {
  @Test(.enabled(if: WatchedSystem.tellsMoves))
  func `a file that is moved in is whole at once`() throws {
    let watched = try WatchedFolder()
    #expect(try watched.taken() == [])
    try watched.move("a.csv")
    #expect(try watched.taken() == ["a.csv"])
    #expect(try watched.taken(after: 5) == [])
    #expect(watched.said == [])
  }

  @Test(arguments: [false, true])
  func `a file that is written is whole when it has stood still for two intervals`(
    polls: Bool
  ) throws {
    let watched = try WatchedFolder(polls: polls)
    #expect(try watched.taken() == [])
    try watched.write("a.csv")
    #expect(try watched.taken() == [])
    #expect(try watched.taken() == [])
    watched.append("a.csv", "3,4\n")
    #expect(try watched.taken() == [])
    #expect(try watched.taken() == [])
    #expect(try watched.taken() == ["a.csv"])
    #expect(try watched.taken(after: 5) == [])
  }

  @Test func `moves are not known where every file is looked at`() throws {
    let watched = try WatchedFolder(polls: true)
    #expect(try watched.taken() == [])
    try watched.move("a.csv")
    #expect(try watched.taken() == [])
    #expect(try watched.taken() == [])
    #expect(try watched.taken() == ["a.csv"])
  }

  @Test(.enabled(if: WatchedSystem.tellsMoves))
  func `a file that is moved in and then written to is not whole`() throws {
    let watched = try WatchedFolder()
    #expect(try watched.taken() == [])
    try watched.move("a.csv")
    watched.append("a.csv", "3,4\n")
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a.csv"])
  }

  @Test func `files that are there at the beginning are taken`() throws {
    let watched = try WatchedFolder()
    try watched.move("old.csv", modified: 1000)
    try watched.move("new.csv")
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["old.csv", "new.csv"])
  }

  @Test(.enabled(if: WatchedSystem.tellsMoves))
  func `what is moved in does not overtake what was there`() throws {
    let watched = try WatchedFolder()
    try watched.move("old.csv", modified: 1000)
    try watched.move("late.csv", modified: 3000)
    #expect(try watched.taken() == [])
    try watched.move("older.csv", modified: 900)
    try watched.move("new.csv", modified: 2000)
    #expect(try watched.taken() == ["older.csv"])
    #expect(try watched.taken() == ["old.csv", "new.csv", "late.csv"])
    // From then on nothing waits.
    try watched.write("slow.csv")
    #expect(try watched.taken() == [])
    try watched.move("quick.csv")
    #expect(try watched.taken() == ["quick.csv"])
  }

  @Test func `the oldest comes first, then the first by the bytes of its name`() throws {
    let watched = try WatchedFolder()
    for (name, time) in [("b", 50.0), ("a", 50), ("é", 50), ("Z", 50), ("z", 10), ("y", 4e9)] {
      try watched.move(name, modified: time)
    }
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["z", "Z", "a", "b", "é", "y"])
  }

  @Test(arguments: [0.0, 1, 4e9])
  func `a time far from now holds nothing up`(time: Double) throws {
    let watched = try WatchedFolder(polls: true)
    #expect(try watched.taken() == [])
    try watched.move("a.csv", modified: time)
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a.csv"])
    #expect(try watched.taken(after: 2) == [])
  }

  @Test func `names of what is no data, or not whole, are passed over`() throws {
    let watched = try WatchedFolder()
    #expect(try watched.taken() == [])
    for name in [".a.csv", "_SUCCESS", "a.csv.tmp", "a.csv._COPYING_", "tmp", "a_.csv"] {
      try watched.move(name)
    }
    #expect(try watched.taken(after: 3).sorted() == ["a_.csv", "tmp"])
    // Whoever has written one gives it its name.
    #expect(rename(watched.folder.file("in/a.csv.tmp"), watched.folder.file("in/a.csv")) == 0)
    #expect(try watched.taken(after: 1) + watched.taken(after: 2) == ["a.csv"])
    #expect(watched.said == [])
  }

  @Test func `an empty file is waited for`() throws {
    let watched = try WatchedFolder()
    #expect(try watched.taken() == [])
    try watched.write("a.csv", "")
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 5) == [])
    watched.append("a.csv", "1,2\n")
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a.csv"])
  }

  @Test func `what is no file of the folder is not read, and said once of each kind`() throws {
    let watched = try WatchedFolder()
    let (folder, manager) = (watched.folder, FileManager.default)
    _ = try folder.write(Array("1,2\n".utf8), to: "outside.csv")
    #expect(mkfifo(folder.file("in/f1"), 0o600) == 0 && mkfifo(folder.file("in/f2"), 0o600) == 0)
    try manager.createDirectory(atPath: folder.file("in/sub"), withIntermediateDirectories: false)
    _ = try folder.write(Array("1,2\n".utf8), to: "in/sub/b.csv")
    _ = try folder.write(Array("1,2\n".utf8), to: "in/.hidden")
    try watched.move("a.csv")
    for (link, target) in [
      ("out1", "../outside.csv"), ("out2", "/dev/null"), ("deep", "sub/b.csv"), ("same", "a.csv"),
      ("shown", ".hidden"), ("nowhere", "none"), ("loop", "loop"), ("folder", "sub"),
    ] {
      try manager.createSymbolicLink(atPath: folder.file("in/\(link)"), withDestinationPath: target)
    }
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2).sorted() == ["a.csv", "deep", "shown"])
    #expect(watched.said.count == 2)
    #expect(
      watched.said.contains {
        $0.hasSuffix(": no regular file: it is not read, nor are others like it")
      })
    #expect(
      watched.said.contains {
        $0.hasSuffix(
          ": a link to a place outside of the folder: it is not read, nor are others like it")
      })
  }

  @Test(arguments: [false, true])
  func `a file that has changed is another one`(polls: Bool) throws {
    let watched = try WatchedFolder(polls: polls)
    try watched.move("a.csv", modified: 1000)
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == ["a.csv"])
    try watched.move("a.csv", "3,4\n", modified: 1000)
    #expect(
      try watched.taken(after: 1) + watched.taken(after: 3) == [], "size and time are the same")
    try watched.move("a.csv", "5,6\n", modified: 900)
    #expect(try watched.taken(after: 1) + watched.taken(after: 2) == ["a.csv"])
    #expect(
      watched.said == [
        "in/a.csv: it was taken before and has changed: it is taken anew, as a whole"
      ])
  }

  /// Names that `==` of `String` takes for one, and such as begin with an accent.
  @Test(.enabled(if: WatchedSystem.tellsMoves), arguments: [false, true])
  func `names of files are bytes`(polls: Bool) throws {
    let watched = try WatchedFolder(polls: polls)
    let names: [ExactText] = ["e\u{301}", "\u{e9}", "\u{301}"]
    for name in names { try watched.move(name.text, modified: 1000) }
    try watched.move(".\u{301}hidden")
    #expect(try watched.taken() == [])
    #expect(try watched.taken(after: 2) == names)
    #expect(watched.known == names)
    try watched.move("\u{e9}", "3,4\n", modified: 900)
    #expect(try watched.taken(after: 1) + watched.taken(after: 2) == ["\u{e9}"])
    #expect(watched.known == names && watched.said.count == 1)
    try watched.remove("in/e\u{301}")
    #expect(try watched.taken(after: 2) == [])
    #expect(watched.known.contains("\u{e9}"))
  }
}

/// What the system that tests run on can do.
enum WatchedSystem {
  #if os(Linux)
    static let tellsMoves = true
  #else
    static let tellsMoves = false
  #endif
}
