import Foundation
import Testing

/// The file of a checkpoint: locked, whole at any time, and never the end of a stream.
@Suite struct CheckpointFileTests {
  @Test func `a lock keeps a second stream off, and goes with the first`() throws {
    let place = Workplace.withStream()
    let pipe = Pipe()
    let words = ["stream", "-", "-k", "2", "--first-rows", "2", "--checkpoint", "s", "--resume"]
    let running = try Running(Program.kmeans, words, in: place, pipe: pipe)
    try #require(eventually { place.names.contains("s.lock") })
    let line =
      "s: another process writes this checkpoint: expected another name, or that process to end"
    try place.expectFailure(75, line, "stream a.csv -k 2 --first-rows 2 --checkpoint s --resume")
    running.send(SIGKILL)
    _ = running.wait()
    // The file that was left behind locks nothing.
    #expect(place.names.contains("s.lock"))
    try place.stream("a.csv -k 2 --first-rows 2 --checkpoint s --resume")
    #expect(!place.names.contains("s.lock"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self"), "there is no /proc"))
  func `a folder in which no file can be made`() throws {
    let place = Workplace.withStream()
    try place.expectFailure(
      74,
      "/proc/c: no file can be made beside it: No such file or directory: expected a checkpoint in a "
        + "folder that files can be made in",
      "stream a.csv -k 2 --first-rows 2 --checkpoint /proc/c")
  }

  @Test func `what a run that was killed left behind is removed`() throws {
    let place = Workplace.withStream()
    for name in [".s.1x2y3z.tmp", ".s2.1x2y3z.tmp", ".s.no-number.tmp"] {
      place.write("half", to: name)
    }
    try place.stream("a.csv -k 2 --first-rows 2 --checkpoint s")
    #expect(!place.names.contains(".s.1x2y3z.tmp"))
    #expect(place.names.contains(".s2.1x2y3z.tmp") && place.names.contains(".s.no-number.tmp"))
  }

  /// 4 KiB, or 8, which no checkpoint of 60 clusters fits into.
  @Test func `where a file cannot grow the one before stays and the stream goes on`() throws {
    let place = Workplace.withSensors()
    let options =
      "-k 60 --columns x,y,z --on-invalid skip --batch-size 700 --quiet --checkpoint s "
      + "--checkpoint-every 1"
    try place.stream("a.csv \(options)")
    let before = try place.bytes("s")
    #expect(before.count > 9000)
    let outcome = try place.shell(
      "ulimit -f 8; exec \"$KMEANS\" stream a.csv b.csv \(options) --resume --cluster-weights w.npy"
    )
    let lines = outcome.errors.split(separator: "\n")
    #expect(
      lines == [
        "kmeans: s: cannot write: File too large; the checkpoint after batch 5 stays, and the run goes "
          + "on",
        "kmeans: s: the last checkpoint could not be written: the one after batch 5 stays",
      ], "\(outcome.errors)")
    #expect(outcome.status == 74)
    #expect(try place.bytes("s") == before)
    // All was learnt, and can be learnt again from the checkpoint.
    let weights = try place.bytes("w.npy")
    try place.stream("a.csv b.csv \(options) --resume --cluster-weights w.npy")
    #expect(try place.bytes("w.npy") == weights)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "only root can mount a small disk"))
  func `a full disk`() throws {
    let place = Workplace.withSensors()
    let disk = try SmallDisk(in: place)
    defer { disk.unmount() }
    let options = "-k 60 --columns x,y,z --on-invalid skip --batch-size 700 --quiet"
    let outcome = try place.shell(
      "exec \"$KMEANS\" stream a.csv \(options) --checkpoint disk/s --checkpoint-every 1 "
        + "--cluster-weights w.npy")
    #expect(outcome.status == 74)
    #expect(
      outcome.errors.hasPrefix("kmeans: disk/s: cannot write: No space left on device"),
      "\(outcome.errors)")
    // Said when it happened; at the end only which one there is.
    let last = outcome.errors.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("kmeans: disk/s: the last checkpoint could not be written: "))
    #expect(place.names.contains("w.npy"))
    #expect(!disk.names.contains { $0.hasSuffix(".tmp") })
  }

  /// Whether calls of the system can be watched here.
  static let canTrace: Bool = {
    let place = Workplace()
    let outcome = try? place.shell("strace -o calls true")
    return outcome?.status == 0
  }()

  /// Before each rename of a checkpoint comes what makes it safe: the outputs are on the disk, then
  /// the file is, then the one before is kept. The folder follows. Meanwhile the stream goes on,
  /// and writes further lines.
  @Test(.enabled(if: canTrace, "strace is missing, or processes may not be traced here"))
  func `the order of write, sync, rename and sync`() throws {
    let place = Workplace.withStream()
    let outcome = try place.shell(
      "strace -f -y -o calls -e trace=write,fsync,rename,renameat,renameat2,link,linkat \"$KMEANS\" "
        + "stream a.csv -k 2 --init start.npy --batch-size 2 --trace t.jsonl --quiet --checkpoint s "
        + "--checkpoint-every 1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let steps = Self.whole(try place.text("calls")).compactMap(Self.step)
    let new = ["write new", "sync new"]
    let last = ["rename", "sync folder"]
    // The first is written before any line; the folder of a new trace is synced once.
    #expect(
      steps.filter { $0 != "write trace" }
        == new + last + ["sync folder", "sync trace"] + new + ["keep"] + last + ["sync trace"] + new
        + ["keep"] + last)
    // No checkpoint knows a line that is not on the disk.
    let writes = steps.indices.filter { steps[$0] == "write trace" }
    let syncs = steps.indices.filter { steps[$0] == "sync trace" }
    #expect(writes.count == 2 && syncs.count == 2)
    #expect(zip(writes, syncs).allSatisfy { $0 < $1 })
  }

  /// The calls in the order in which they ended: those that another thread has interrupted stand on
  /// two lines.
  private static func whole(_ calls: String) -> [String] {
    var begun: [Substring: Substring] = [:]
    return calls.split(separator: "\n").compactMap { line in
      let thread = line.prefix { $0 != " " }
      if let cut = line.range(of: " <unfinished ...>") {
        begun[thread] = line[..<cut.lowerBound]
        return nil
      }
      if let rest = line.range(of: "resumed>"), let start = begun[thread] {
        return "\(start)\(line[rest.upperBound...])"
      }
      return String(line)
    }
  }

  private static func step(_ line: String) -> String? {
    guard line.hasSuffix("= 0") || line.contains("write(") else { return nil }
    if line.contains("rename") {
      return line.contains("/s\"") || line.contains("\"s\"") ? "rename" : nil
    }
    if line.contains("link") { return line.contains("s.previous") ? "keep" : nil }
    let call = line.contains("fsync(") ? "sync" : "write"
    if line.contains("t.jsonl>") { return "\(call) trace" }
    if line.contains("/.s.") { return "\(call) new" }
    return call == "sync" ? "sync folder" : nil
  }
}
