import Foundation
import KMeansFiles
import Testing

/// What the system tells of folders, and files that are opened without waiting.
@Suite struct FolderTests {
  let folder = Folder()

  #if os(Linux)
    @Test func `changes are told by names`() throws {
      let events = try #require(try FolderEvents(of: folder.path))
      #expect(events.take() == [])
      let outside = Folder()
      let staged = try outside.write([1], to: "staged")
      #expect(rename(staged, folder.file("moved")) == 0)
      #expect(events.take() == [.movedIn("moved")])
      let descriptor = open(folder.file("made"), O_WRONLY | O_CREAT, 0o600)
      for _ in 0..<3 { #expect(write(descriptor, "x", 1) == 1) }
      close(descriptor)
      #expect(events.take() == [.touched("made"), .written("made"), .touched("made")])
      #expect(unlink(folder.file("made")) == 0)
      #expect(rename(folder.file("moved"), outside.file("staged")) == 0)
      #expect(events.take() == [.gone("made"), .gone("moved")])
      // Folders and names that are no text.
      #expect(mkdir(folder.file("sub"), 0o700) == 0)
      #expect(events.take() == [])
      let name = FileName.text([0x66, 0xff, 0x6f])
      close(openFile(folder.file(name), O_WRONLY | O_CREAT, 0o600))
      #expect(events.take() == [.touched(ExactText(name))])
    }

    @Test func `a folder that is none cannot be watched`() throws {
      let path = folder.file("none")
      #expect(throws: FileError.system(path: path, operation: "watch", code: ENOENT)) {
        _ = try FolderEvents(of: path)
      }
      let file = try folder.write([1], to: "file")
      #expect(throws: FileError.system(path: file, operation: "watch", code: ENOTDIR)) {
        _ = try FolderEvents(of: file)
      }
    }
  #endif

  @Test func `file systems of networks`() {
    let list = """
      22 28 0:21 / /proc rw,nosuid shared:5 - proc proc rw
      28 1 8:1 / / rw,relatime shared:1 master:2 - ext4 /dev/sda1 rw
      90 28 0:48 /data /mnt/a\\040b rw - nfs4 server:/data rw,vers=4.2
      """
    #expect(MountedSystem.name(of: "8:1", in: list) == "ext4")
    #expect(MountedSystem.name(of: "0:48", in: list) == "nfs4")
    #expect(MountedSystem.name(of: "9:9", in: list) == nil)
    #expect(["nfs", "cifs", "fuse.sshfs"].allSatisfy(MountedSystem.isShared))
    #expect(!["ext4", "tmpfs", "overlay", "fusectl"].contains(where: MountedSystem.isShared))
  }

  @Test func `nothing but a regular file is opened, and nothing waits`() throws {
    let file = try folder.write([1, 2, 3], to: "file")
    let opened = try InputFile(regularFile: file, called: "it")
    #expect(opened.size == 3 && opened.path == "it" && opened.status?.size == 3)
    #expect(mkfifo(folder.file("fifo"), 0o600) == 0)
    #expect(symlink(file, folder.file("link")) == 0)
    for (name, code) in [("fifo", EINVAL), ("link", ELOOP), ("none", ENOENT)] {
      #expect(throws: FileError.system(path: name, operation: "open", code: code)) {
        _ = try InputFile(regularFile: folder.file(name), called: name)
      }
    }
    #expect(throws: FileError.self) {
      _ = try InputFile(regularFile: folder.path, called: "folder")
    }
  }

  @Test func `names in no order are the same names`() throws {
    for name in ["b", "a", ".c"] { _ = try folder.write([], to: name) }
    var names: [String] = []
    try FolderContents.forEach(in: folder.path) { names.append($0) }
    #expect(try names.sorted() == FolderContents.names(in: folder.path).sorted())
    #expect(names.count == 3)
  }
}
