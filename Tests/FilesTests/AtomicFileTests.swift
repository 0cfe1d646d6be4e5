import Foundation
import KMeansFiles
import Testing

@Suite struct AtomicFileTests {
  let folder = Folder()

  @Test(arguments: [1, 7, 100, 1 << 20])
  func `writes everything in order`(bufferSize: Int) throws {
    let file = try AtomicFile(folder.file("a"), bufferSize: bufferSize)
    var expected: [UInt8] = []
    for count in [0, 1, 5, 6, 7, 8, 100, 1000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ count) }
      try file.write(bytes)
      try file.write("é\(count)\n")
      expected += bytes + Array("é\(count)\n".utf8)
    }
    #expect(!folder.names.contains("a"))
    try file.commit()
    #expect(try folder.bytes(of: "a") == expected)
    #expect(folder.names == ["a"])
  }

  @Test func `dropped leaves nothing`() throws {
    let path = try folder.write([1, 2, 3], to: "a")
    do {
      let file = try AtomicFile(path)
      try file.write("new")
      #expect(folder.names.count == 2)
      #expect(folder.names[0].hasPrefix(".a."))
    }
    #expect(folder.names == ["a"])
    #expect(try folder.bytes(of: "a") == [1, 2, 3])
  }

  @Test func `a missing folder is named`() {
    let path = folder.file("none/a")
    #expect(throws: FileError.system(path: path, operation: "write", code: ENOENT)) {
      try AtomicFile(path)
    }
  }

  @Test func `a folder is refused`() {
    #expect(throws: FileError.system(path: folder.path, operation: "write", code: EISDIR)) {
      try AtomicFile(folder.path)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func `an unwritable folder is refused`() throws {
    chmod(folder.path, 0o500)
    defer { chmod(folder.path, 0o700) }
    let path = folder.file("a")
    #expect(throws: FileError.system(path: path, operation: "write", code: EACCES)) {
      try AtomicFile(path)
    }
  }

  /// Whether a file system can be mounted, which takes root and more.
  static let canMount: Bool = {
    let folder = Folder()
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") == 0 else { return false }
    return umount2(folder.path, Int32(MNT_DETACH)) == 0
  }()

  @Test(.enabled(if: canMount, "no file system can be mounted here"))
  func `a read only file system is refused`() throws {
    #expect(mount("tmpfs", folder.path, "tmpfs", UInt(MS_RDONLY), "") == 0)
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    let path = folder.file("a")
    #expect(throws: FileError.system(path: path, operation: "write", code: EROFS)) {
      try AtomicFile(path)
    }
  }

  @Test(.enabled(if: canMount, "no file system can be mounted here"))
  func `a full disk keeps the old file`() throws {
    #expect(mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") == 0)
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    let path = try folder.write([1, 2, 3], to: "a")
    let file = try AtomicFile(path, bufferSize: 4096)
    let full = FileError.system(path: path, operation: "write", code: ENOSPC)
    #expect(throws: full) { try file.write([UInt8](repeating: 7, count: 200_000)) }
    // What failed stays failed: half a file is never put in place.
    #expect(throws: full) { try file.write([1]) }
    #expect(throws: full) { try file.commit() }
    #expect(try folder.bytes(of: "a") == [1, 2, 3])
    #expect(folder.names == ["a"])
  }

  @Test func `a device is written as it comes`() throws {
    let file = try AtomicFile("/dev/null")
    try file.write("gone")
    try file.commit()
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    let full = try AtomicFile("/dev/full", bufferSize: 16)
    try full.write("short")
    #expect(throws: FileError.system(path: "/dev/full", operation: "write", code: ENOSPC)) {
      try full.commit()
    }
  }

  @Test func `a FIFO is written as it comes`() throws {
    let path = folder.file("fifo")
    mkfifo(path, 0o600)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let file = try AtomicFile(path)
    try file.write("hello")
    try file.commit()
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(read(reader, &bytes, 10) == 5)
    #expect(folder.names == ["fifo"])
  }

  @Test func `a link stays a link`() throws {
    _ = try folder.write([1], to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("one"), withDestinationPath: "two")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("two"), withDestinationPath: folder.file("target"))
    let file = try AtomicFile(folder.file("one"))
    try file.write([9])
    try file.commit()
    #expect(try folder.bytes(of: "target") == [9])
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("one")) == "two")
    #expect(folder.names == ["one", "target", "two"])
  }

  @Test func `a dangling link makes its target`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: "target")
    let file = try AtomicFile(folder.file("link"))
    try file.write([9])
    try file.commit()
    #expect(try folder.bytes(of: "target") == [9])
    #expect(folder.names == ["link", "target"])
  }

  @Test func `a loop of links is refused`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("loop"), withDestinationPath: "loop")
    let path = folder.file("loop")
    #expect(throws: FileError.system(path: path, operation: "open", code: ELOOP)) {
      try AtomicFile(path)
    }
  }

  @Test func `permission bits are kept`() throws {
    let path = try folder.write([1], to: "a")
    for mode: mode_t in [0o600, 0o644, 0o755] {
      chmod(path, mode)
      let file = try AtomicFile(path)
      try file.write([2])
      try file.commit()
      #expect(try mode_t(permissions(path)) == mode)
    }
    let new = try AtomicFile(folder.file("new"))
    try new.commit()
    let mask = umask(0)
    umask(mask)
    #expect(try mode_t(permissions(folder.file("new"))) == 0o666 & ~mask)
  }

  @Test(arguments: [1, 4, 1 << 20])
  func `what was written can be written again`(bufferSize: Int) throws {
    let file = try AtomicFile(folder.file("a"), bufferSize: bufferSize)
    try file.write("0123456789")
    #expect(file.isRewritable && file.length == 10)
    try file.rewrite(at: 2, Array("xy".utf8))
    try file.write("ab")
    try file.rewrite(at: 9, Array("zAB".utf8))
    try file.rewrite(at: 12, [])
    #expect(file.length == 12)
    try file.commit()
    #expect(try folder.bytes(of: "a") == Array("01xy45678zAB".utf8))
  }

  @Test func `what is gone is not written again`() throws {
    let file = try AtomicFile("/dev/null")
    try file.write("gone")
    #expect(!file.isRewritable && file.length == 4)
    #expect(
      throws: FileError.unusable(
        path: "/dev/null", problem: "what is written here cannot be changed any more")
    ) { try file.rewrite(at: 0, [1]) }
  }

  /// In a process of its own, for it removes the temporary files of all other tests.
  @Test func `all temporaries can be removed`() async {
    await #expect(processExitsWith: .success) {
      let folder = Folder()
      let done = try AtomicFile(folder.file("done"))
      try done.commit()
      let files = try ["a", "b"].map { try AtomicFile(folder.file($0)) }
      precondition(folder.names.count == 3)
      AtomicFile.removeAllTemporaries()
      precondition(folder.names == ["done"], "\(folder.names)")
      do {
        try files[0].commit()
        preconditionFailure("committed without a file")
      } catch FileError.system(_, _, ENOENT) {}
      precondition(folder.names == ["done"])
    }
  }

  private func permissions(_ path: String) throws -> Int {
    try #require(
      FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
    ).intValue
  }
}
