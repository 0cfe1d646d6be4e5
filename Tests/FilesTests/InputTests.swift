import Foundation
import KMeansFiles
import Testing

@Suite struct InputTests {
  let folder = Folder()

  @Test func `a missing file and a folder are refused`() {
    let path = folder.file("none")
    #expect(throws: FileError.system(path: path, operation: "open", code: ENOENT)) {
      try InputFile(path)
    }
    #expect(throws: FileError.system(path: folder.path, operation: "read", code: EISDIR)) {
      try InputFile(folder.path)
    }
  }

  @Test func `a pipe is read once`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(write(ends[1], "hello", 5) == 5)
    close(ends[1])
    let file = try InputFile("/dev/fd/\(ends[0])")
    close(ends[0])
    #expect(file.size == nil && file.isLive)
    let buffer = InputBuffer(file, capacity: 2)
    try buffer.fill(atLeast: 4)
    try buffer.rewind()  // Nothing is taken yet, so nothing is lost.
    #expect(Array(buffer.unread.prefix(4)) == Array("hell".utf8))
    buffer.consume(1)
    #expect(throws: FileError.self) { try buffer.rewind() }
    try buffer.fill(atLeast: 100)
    #expect(Array(buffer.unread) == Array("ello".utf8))
    #expect(buffer.isAtEnd && buffer.offset == 1)
  }

  @Test(arguments: [1, 2, 3, 7, 64, 1000])
  func `the window shows the bytes in order`(capacity: Int) throws {
    let bytes = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = try folder.write(bytes, to: "a")
    let buffer = InputBuffer(try InputFile(path), capacity: capacity)
    for round in 0..<2 {
      var found: [UInt8] = []
      var step = 1
      while true {
        try buffer.fill(atLeast: step)
        if buffer.unread.isEmpty { break }
        let count = min(step, buffer.unread.count)
        #expect(buffer.offset == found.count)
        let slack = UnsafeRawBufferPointer(
          start: buffer.unread.baseAddress! + buffer.unread.count, count: InputBuffer.slack)
        #expect(slack.allSatisfy { $0 == 0 })
        found += buffer.unread.prefix(count)
        buffer.consume(count)
        step = step % 13 + 1
        if step == 5 {
          var direct = [UInt8](repeating: 0, count: 9)
          let taken = try direct.withUnsafeMutableBytes { try buffer.take(into: $0) }
          found += direct.prefix(taken)
        }
      }
      #expect(found == bytes, "round \(round)")
      try buffer.rewind()
    }
  }

  @Test func `a prefix is recognized`() throws {
    let path = try folder.write([1, 2, 3], to: "a")
    let buffer = InputBuffer(try InputFile(path), capacity: 1)
    #expect(try buffer.begins(with: [1, 2]))
    #expect(try buffer.begins(with: [1, 2, 3]))
    #expect(try !buffer.begins(with: [1, 2, 3, 0]))
    #expect(try !buffer.begins(with: [2]))
  }
}
