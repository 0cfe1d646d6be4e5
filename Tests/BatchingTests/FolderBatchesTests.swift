import Batching
import Foundation
import KMeansFiles
import Testing

/// Batches of files that come into folders.
@Suite struct FolderBatchesTests {
  let folder = Folder()
  let lines = Lines()

  /// The lines for the user, and what was wrong with files.
  final class Lines {
    var all: [String] = []
    var bad: [String] = []
  }

  init() throws {
    for name in ["in", "ask"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: false)
    }
  }

  /// Moves a file into a folder; the older ones come first.
  func move(_ name: String, _ text: String, modified: Double? = nil) throws {
    let staged = try folder.write(Array(text.utf8), to: "staged")
    if let modified {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: modified)], ofItemAtPath: staged)
    }
    #expect(rename(staged, folder.file(name)) == 0)
  }

  /// The batches of the folders, which end soon after the last file.
  ///
  /// - Parameter opened: is called with each file before it is read.
  func batches(
    predicting: Bool = false, skips: Bool = false, limit: Int? = nil, canPredict: Bool = true,
    from mark: BatchMark? = nil, memory: Int? = nil,
    opened: @escaping (FolderFile) -> Void = { _ in }
  ) throws -> FolderBatches<Double> {
    var rules = WatchedFolders.Rules()
    rules.interval = .milliseconds(20)
    rules.untilIdle = .milliseconds(200)
    let lines = lines
    let folders = WatchedFolders(
      [(folder.file("in"), .learnt)] + (predicting ? [(folder.file("ask"), .predicted)] : []),
      rules, from: mark, say: { lines.all.append($0) })
    let reader = FolderReader<Double>(limit: limit, memory: memory) { file, input, _ in
      defer { opened(file) }
      var options = ReadingOptions(columns: ColumnSelection("1,2"))
      options.allowsNoRows = true
      return try OpenedVectorFile(source: input, name: file.path, options: options).rows()
    }
    return try FolderBatches(
      folders, reader, canPredict: canPredict,
      onBadFile: { error in
        lines.bad.append("\(error)")
        if !skips { throw error }
      }, say: { lines.all.append($0) })
  }

  @Test func `each file is a batch, or some of as many rows`() throws {
    try move("in/b", "1,2\n3,4\n5,6\n", modified: 2000)
    try move("in/c", "7,8\n", modified: 3000)
    try move("in/a", "9,9\n9,9\n", modified: 1000)
    let whole = try batches()
    #expect(whole.columns == 2)
    #expect(whole.columnSource?.path == folder.file("in/a"))
    #expect(try whole.rest().map(\.firstValues) == [[9, 9], [1, 3, 5], [7]])
  }

  @Test func `files are cut into batches of as many rows`() throws {
    try move("in/b", "1,2\n3,4\n5,6\n", modified: 2000)
    try move("in/c", "7,8\n", modified: 3000)
    let cut = try batches(limit: 2).rest()
    #expect(cut.map(\.firstValues) == [[1, 3], [5], [7]])
    #expect(cut.map(\.rowsBefore) == [0, 2, 0])
    #expect(lines.all == [])
  }

  @Test func `what is learnt comes before what is predicted`() throws {
    try move("ask/q", "5,5\n", modified: 1000)
    try move("in/a", "1,2\n", modified: 3000)
    try move("in/b", "3,4\n", modified: 2000)
    let found = try batches(predicting: true).rest()
    #expect(found.map(\.firstValues) == [[3], [1], [5]])
    #expect(found.map(\.isOnlyPredicted) == [false, false, true])
  }

  @Test func `files to predict wait until they are of use`() throws {
    try move("ask/q", "5,5\n", modified: 1000)
    try move("in/a", "1,2\n", modified: 3000)
    let source = try batches(predicting: true, canPredict: false)
    #expect(try source.next()?.firstValues == [1])
    #expect(try source.next() == nil)
    #expect(lines.all.count == 1 && lines.all[0].contains("nothing can be predicted before"))
    source.canPredict = true
    #expect(try source.next()?.firstValues == [5])
    #expect(try source.next() == nil)
  }

  @Test func `a bad file ends the batches before any of it`() throws {
    try move("in/a", "1,2\n", modified: 1000)
    try move("in/b", "3,4\n5,6\n7,x\n", modified: 2000)
    try move("in/c", "7,8\n", modified: 3000)
    let source = try batches(limit: 1)
    #expect(try source.next()?.firstValues == [1])
    for _ in 0..<2 {
      let error = #expect(throws: FileError.self) { _ = try source.next() }
      #expect(error?.description.hasPrefix("\(folder.file("in/b")): line 3, column 2") ?? false)
    }
  }

  @Test func `a bad file is left out as a whole`() throws {
    try move("in/0", "\n\n", modified: 500)
    try move("in/a", "1,2\n", modified: 1000)
    try move("in/b", "3,4\n5,6\n7,x\n", modified: 2000)
    try move("in/c", "7,8\n", modified: 3000)
    try move("in/d", "1,2,3\n", modified: 4000)
    #expect(try batches(skips: true, limit: 1).rest().map(\.firstValues) == [[1], [7], [1]])
    #expect(lines.bad.count == 1)
    #expect(lines.all == ["\(folder.file("in/0")): it has no rows: it is left out"])
  }

  @Test func `a file that does not fit into memory is a bad one`() throws {
    try move("in/a", "1,2\n", modified: 1000)
    try move("in/b", String(repeating: "3,4\n", count: 100), modified: 2000)
    #expect(try batches(skips: true, limit: 10, memory: 50 * 48).rest().map(\.points.rows) == [1])
    #expect(lines.bad.count == 1 && lines.bad[0].contains("a file of a folder is read whole"))
  }

  @Test func `a file that grows while it is read is read again`() throws {
    try move("in/a", "1,2\n", modified: 1000)
    // The end of a line is on its way when the file is read for the first time.
    var parts = ["3,4\n5", ",6\n"]
    let source = try batches { file in
      guard !parts.isEmpty else { return }
      let part = parts.removeFirst()
      let descriptor = open(file.path, O_WRONLY | O_APPEND)
      #expect(Foundation.write(descriptor, part, part.utf8.count) > 0)
      close(descriptor)
    }
    #expect(try source.rest().map(\.points.rows) == [3])
    let line = "in/a: it has changed while it was read: it is read again once it stands still"
    #expect(lines.all == Array(repeating: folder.file(line), count: 2))
    #expect(lines.bad == [])
  }

  @Test func `a file that is gone before it is read is left out`() throws {
    try move("in/a", "1,2\n", modified: 1000)
    for name in ["in/b", "in/c", "in/d"] { try move(name, "3,4\n", modified: 2000) }
    let source = try batches { [folder] _ in
      _ = unlink(folder.file("in/b"))
      _ = unlink(folder.file("in/c"))
      // What has come in its place must hold nobody up.
      _ = mkfifo(folder.file("in/c"), 0o600)
    }
    #expect(try source.rest().map(\.file.path) == [folder.file("in/a"), folder.file("in/d")])
    #expect(
      lines.all.filter { $0.hasSuffix(": it was gone before it was read: it is left out") }.count
        == 2)
    #expect(lines.bad == [])
  }

  @Test func `it goes on where another run has ended`() throws {
    for (name, time) in [("a", 1000.0), ("b", 2000), ("c", 3000)] {
      try move("in/\(name)", "1,\(time)\n2,\(time)\n3,\(time)\n4,\(time)\n", modified: time)
    }
    try move("ask/q", "8,8\n9,9\n", modified: 1000)
    let all = try batches(predicting: true, limit: 3).rest().map(\.firstValues)
    #expect(all == [[1, 2, 3], [4], [1, 2, 3], [4], [1, 2, 3], [4], [8, 9]])
    for taken in 1..<all.count {
      let mark: BatchMark = try {
        let first = try batches(predicting: true, limit: 3)
        for _ in 0..<taken { _ = try first.next() }
        return try #require(first.mark)
      }()
      #expect(mark.taken.count == (taken + 1) / 2)
      #expect(mark.rows == (taken % 2 == 1 ? 3 : 0))
      let rest = try batches(predicting: true, limit: 3, from: mark).rest()
      #expect(rest.map(\.firstValues) == Array(all[taken...]), "\(taken)")
    }
    // A mark within a batch, where batches are cut otherwise.
    let first = try batches(predicting: true, limit: 3)
    _ = try first.next()
    let mark = try #require(first.mark)
    _ = consume first
    let rest = try batches(predicting: true, limit: 2, from: mark).rest().map(\.firstValues)
    #expect(rest.first == [4] && rest.dropFirst().first == [1, 2])
  }

  /// A mark knows of one file of which rows are left: no other one may come before it.
  @Test func `what was read in part comes first, whatever has come meanwhile`() throws {
    try move("in/b", "1,1\n2,2\n3,3\n4,4\n", modified: 2000)
    let mark: BatchMark = try {
      let first = try batches(limit: 3)
      _ = try first.next()
      return try #require(first.mark)
    }()
    try move("in/a", "7,7\n8,8\n", modified: 1000)
    let rest = try batches(limit: 1, from: mark)
    #expect(try rest.next()?.firstValues == [4])
    let later = try #require(rest.mark)
    #expect(later.rows == 0 && later.taken.map(\.name) == ["b"])
    #expect(try rest.rest().map(\.firstValues) == [[7], [8]])
  }

  /// Those of the folder to predict stand behind a slash in a mark.
  @Test func `a mark keeps names that begin with an accent`() throws {
    try move("in/a", "1,1\n", modified: 1000)
    try move("ask/\u{301}q", "8,8\n9,9\n", modified: 1000)
    let mark: BatchMark = try {
      let first = try batches(predicting: true, limit: 1)
      for _ in 0..<2 { _ = try first.next() }
      return try #require(first.mark)
    }()
    #expect(mark.taken.map(\.name) == ["a", "/\u{301}q"] && mark.rows == 1)
    let rest = try batches(predicting: true, limit: 1, from: mark).rest()
    #expect(rest.map(\.firstValues) == [[9]])
  }

  @Test func `a mark knows files that have left`() throws {
    for name in ["a", "b"] { try move("in/\(name)", "1,1\n", modified: 1000) }
    let mark: BatchMark = try {
      let first = try batches()
      for _ in 0..<2 { _ = try first.next() }
      return try #require(first.mark)
    }()
    let (here, away) = (folder.file("in/a"), folder.file("a"))
    #expect(rename(here, away) == 0)
    try move("in/c", "3,3\n", modified: 1000)
    let later: BatchMark? = try {
      let next = try batches(from: mark)
      #expect(try next.next()?.firstValues == [3])
      #expect(next.mark?.taken.map(\.name) == ["a", "b", "c"])
      #expect(rename(away, here) == 0)
      #expect(try next.next() == nil)
      return next.mark
    }()
    // In another run, too.
    try move("in/d", "4,4\n", modified: 900)
    #expect(try batches(from: later).rest().map(\.firstValues) == [[4]])
  }

  @Test func `no file at all is an error in the end`() throws {
    let error = #expect(throws: FolderError.self) { _ = try batches() }
    #expect(error == .noFile(path: folder.file("in"), .milliseconds(200)))
  }
}
