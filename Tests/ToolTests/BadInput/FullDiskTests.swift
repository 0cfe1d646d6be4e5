import Foundation
import Testing

/// Outputs that do not fit: status 74, nothing left behind, and an existing file as it was.
@Suite struct FullDiskTests {
  /// Outputs of more than 16 KiB each.
  static func withPoints() -> Workplace {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(4 * 10_000, seed: 4), columns: 4), to: "p.npy")
    place.write(npyFile(TestRandom.values(4 * 1500, seed: 5), columns: 4), to: "c.npy")
    return place
  }

  static let outputs: [(String, String)] = [
    ("fit p.npy -k 1500 --max-iterations 1 --labels", "l.npy"),
    ("fit p.npy -k 1500 --max-iterations 1 --labels", "l.csv"),
    ("fit p.npy -k 1500 --max-iterations 1 --centroids", "o.npy"),
    ("fit p.npy -k 1500 --max-iterations 1 --centroids", "o.csv"),
    ("fit p.npy -k 1500 --max-iterations 1 --model", "o.kmeans"),
    ("assign p.npy --centroids c.npy --labels", "l.npy"),
    ("assign p.npy --centroids c.npy --distances", "d.csv"),
  ]

  @Test(arguments: outputs)
  func `a limit on the size of files`(_ command: String, _ name: String) throws {
    for exists in [false, true] {
      let place = Self.withPoints()
      if exists { place.write("old", to: name) }
      let before = place.contents
      // In blocks of 512 bytes, or of 1024 in some shells.
      let outcome = try place.shell("ulimit -f 8; exec \"$KMEANS\" \(command) \(name)")
      #expect(outcome.errors == "kmeans: \(name): cannot write: File too large\n")
      #expect(outcome.status == 74)
      #expect(outcome.text == "")
      #expect(place.contents == before)
    }
  }

  @Test(.enabled(if: SmallDisk.isPossible, "only root can mount a small disk"), arguments: outputs)
  func `a full disk`(_ command: String, _ name: String) throws {
    let place = Self.withPoints()
    let disk = try SmallDisk(in: place)
    defer { disk.unmount() }
    for exists in [false, true] {
      if exists { place.write("old", to: "disk/\(name)") }
      let outcome = try place.shell("exec \"$KMEANS\" \(command) disk/\(name)")
      #expect(outcome.errors == "kmeans: disk/\(name): cannot write: No space left on device\n")
      #expect(outcome.status == 74)
      #expect(outcome.text == "")
      try #require(disk.names == (exists ? [name] : []))
      if exists { #expect(try place.text("disk/\(name)") == "old") }
    }
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"),
    arguments: [
      "fit c.npy -k 2 --labels -", "fit c.npy -k 2", "fit c.npy -k 2 --json", "info c.npy",
      "assign c.npy --centroids c.npy", "assign c.npy --centroids c.npy --json",
    ])
  func `a standard output that is full`(_ command: String) throws {
    let place = Self.withPoints()
    let outcome = try place.shell("exec \"$KMEANS\" \(command) >/dev/full")
    let last = outcome.errors.split(separator: "\n").last
    #expect(last == "kmeans: standard output: cannot write: No space left on device")
    #expect(outcome.status == 74)
    #expect(place.names == ["c.npy", "p.npy"])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func `a standard error that is full changes no status`() throws {
    let place = Self.withPoints()
    #expect(try place.shell("exec \"$KMEANS\" info no 2>/dev/full").status == 74)
    let fit = try place.shell("exec \"$KMEANS\" fit c.npy -k 2 --labels - 2>/dev/full")
    #expect(fit.status == 0)
    #expect(fit.text.split(separator: "\n").count == 1500)
  }
}

/// A file system of 16 KiB in a workplace.
struct SmallDisk {
  /// Held, for a folder in which something is mounted cannot be removed.
  private let place: Workplace
  private var path: String { "\(place.path)/disk" }
  var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path).sorted() }

  /// Containers may refuse root, too.
  static let isPossible: Bool = {
    guard Program.isRoot, let disk = try? SmallDisk(in: Workplace()) else { return false }
    disk.unmount()
    return true
  }()

  init(in place: Workplace) throws {
    self.place = place
    let mount = try place.shell("mkdir disk && mount -t tmpfs -o size=16k none disk")
    try #require(mount.status == 0, "\(mount.errors)")
  }

  func unmount() { _ = try? place.shell("umount disk") }
}
