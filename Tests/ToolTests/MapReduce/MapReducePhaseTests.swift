import Foundation
import Testing

/// Runs that stop between phases, or are stopped, and go on.
@Suite struct MapReducePhaseTests {
  private let options = "-k 4 -xm mapreduce --splits 5"

  private func expected(_ place: Workplace, _ input: String = "p.npy") throws -> [UInt8] {
    try place.onePass("\(input) \(options) --model expected --quiet")
    return try place.bytes("expected")
  }

  /// The names in the folder of a run.
  private func names(_ place: Workplace, _ folder: String = "t") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(place.path)/\(folder)")) ?? [])
      .sorted()
  }

  private let sketches = (0..<5).map { "split-\($0).sketch" }

  @Test func `phase by phase`() throws {
    let place = Workplace.withHeaps()
    let expected = try expected(place)
    let run = "p.npy \(options) --tempDir t --model m"
    for (phase, files) in [
      (0, ["run"]), (1, ["run"] + sketches), (2, ["run"] + sketches + ["union.sketch"]),
    ] {
      let outcome = try place.onePass("\(run) --startPhase \(phase) --endPhase \(phase)")
      #expect(names(place) == files)
      #expect(
        outcome.text.contains("with --startPhase \(phase + 1), and without --endPhase, goes on"))
      #expect(!place.names.contains("m"))
    }
    let mode = try FileManager.default.attributesOfItem(atPath: "\(place.path)/t")
    #expect(mode[.posixPermissions] as? Int == 0o700)
    try place.onePass("\(run) --startPhase 3 --quiet")
    #expect(try place.bytes("m") == expected)
    #expect(!place.names.contains("t"))
  }

  @Test func `JSON of a run that stops`() throws {
    let place = Workplace.withHeaps()
    let json = try place.onePass("p.npy \(options) --tempDir t --endPhase 1 --json").text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["nextPhase"] as? Int == 2)
    #expect(object["points"] as? Int == 3000)
    #expect(object["tempDir"] as? String == "t")
  }

  /// Files of any kind that an interrupted run may leave.
  @Test(arguments: ["p.npy", "p.csv", "p.npy.gz"])
  func `it goes on from what is there, to the same bytes`(_ input: String) throws {
    let place = Workplace.withHeaps()
    let rows = Heaps.rows(3000, seed: 11)
    let lines = (0..<3000).map { (row: Int) -> String in
      (0..<3).map { (column: Int) -> String in "\(rows[3 * row + column])" }
        .joined(separator: ",")
    }
    place.write(lines.joined(separator: "\n") + "\n", to: "p.csv")
    place.write(gzipFile(try place.bytes("p.npy")), to: "p.npy.gz")
    let expected = try expected(place, input)
    let run = "\(input) \(options) --tempDir t --model m"
    func sketch(_ split: Int) -> String { "t/split-\(split).sketch" }
    for damage in ["removed", "cut", "changed", "another's", "empty", "killed"] {
      try place.onePass("\(run) --endPhase 1 --quiet")
      let bytes = try place.bytes(sketch(2))
      switch damage {
      case "removed": try FileManager.default.removeItem(atPath: "\(place.path)/\(sketch(2))")
      case "cut": place.write(Array(bytes.dropLast(9)), to: sketch(2))
      case "changed":
        var other = bytes
        other[other.count - 20] ^= 4
        place.write(other, to: sketch(2))
      case "another's": place.write(try place.bytes(sketch(3)), to: sketch(2))
      case "empty": place.write("", to: sketch(2))
      default:
        try FileManager.default.moveItem(
          atPath: "\(place.path)/\(sketch(2))", toPath: "\(place.path)/t/.split-2.sketch.1z141.tmp")
      }
      let missing = try place.kmeans(
        ["onepass"] + run.split(separator: " ").map(String.init) + ["--startPhase", "2"])
      #expect(missing.status != 0)
      #expect(missing.errors.contains("t/split-2.sketch"), "\(missing.errors)")
      let outcome = try place.onePass(run)
      #expect(
        outcome.errors.contains("t: the run goes on with 4 of 5 sketches\n"), "\(outcome.errors)")
      if damage != "removed", damage != "killed" {
        #expect(outcome.errors.contains("; the sketch is made anew\n"), "\(outcome.errors)")
      }
      #expect(try place.bytes("m") == expected, "\(damage)")
      #expect(!place.names.contains("t"))
    }
  }

  @Test func `kept rows that were changed are made anew`() throws {
    let place = Workplace.withHeaps()
    let run = "a.csv -k 2 -xm mapreduce --splits 2 --tempDir t"
    try place.onePass("\(run) --endPhase 0 --quiet")
    #expect(names(place) == ["rows.npy", "run"])
    var bytes = try place.bytes("t/rows.npy")
    bytes[bytes.count - 1] ^= 1
    place.write(bytes, to: "t/rows.npy")
    try place.expectFailure(
      65,
      "t/rows.npy: it is missing, or was changed since phase 0 has kept it, expected --startPhase 0",
      "onepass \(run) --startPhase 1 --quiet")
    let outcome = try place.onePass("\(run) --model m")
    #expect(outcome.errors.contains("t/rows.npy: it is missing, or was changed"))
    try place.onePass("a.csv -k 2 -xm mapreduce --splits 2 --model n --quiet")
    #expect(try place.bytes("m") == place.bytes("n"))
  }

  @Test func `a pipe is read once: later phases need none`() throws {
    let place = Workplace.withHeaps()
    let bytes = try place.bytes("p.npy")
    let run = "- \(options) --tempDir t --model m --quiet"
    try place.onePass(run, input: bytes)
    let expected = try place.bytes("m")
    try place.onePass("\(run) --endPhase 0", input: bytes)
    try place.onePass("\(run) --startPhase 1")
    #expect(try place.bytes("m") == expected)
    // From phase 0 on it is read again.
    try place.onePass("\(run) --endPhase 1", input: bytes)
    try place.onePass(run, input: bytes)
    #expect(try place.bytes("m") == expected)
    #expect(!place.names.contains("t"))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
  func `a run that is stopped goes on when it is started again`(_ signal: Int32) throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(200_000 * 16, seed: 6), columns: 16), to: "p.npy")
    let words = [
      "onepass", "p.npy", "-k", "40", "-xm", "mapreduce", "--splits", "16", "--threads", "2",
      "--quiet", "--model", "m",
    ]
    #expect(try place.kmeans(words).status == 0)
    let expected = try place.bytes("m")
    try FileManager.default.removeItem(atPath: "\(place.path)/m")
    let running = try Running(Program.kmeans, words + ["--tempDir", "t"], in: place)
    eventually { names(place).contains { $0.hasPrefix("split-") } || !running.isRunning }
    running.send(signal)
    let stopped = running.wait()
    // A fast machine may have been done.
    if stopped.status != 0 {
      #expect(stopped.status == 128 + signal)
      if signal != SIGKILL {
        #expect(stopped.errors.contains("the same command goes on from what is in t\n"))
        #expect(!names(place).contains { $0.hasSuffix(".tmp") })
      }
      #expect(names(place).contains("split-0.sketch") || names(place).contains("split-1.sketch"))
      #expect(!place.names.contains("m"))
    }
    #expect(try place.kmeans(words + ["--tempDir", "t"]).status == 0)
    #expect(try place.bytes("m") == expected)
    #expect(place.names == ["m", "p.npy"])
  }

  @Test func `the usual folder lies beside the output, and the same command finds it`() throws {
    let place = Workplace.withHeaps()
    place.makeFolder("out")
    let run = "p.npy \(options) --model out/m --quiet"
    try place.onePass("\(run) --endPhase 1")
    let found = names(place, "out")
    #expect(found.count == 1 && found[0].hasPrefix(".kmeans-onepass-"))
    // Another run has another.
    try place.onePass("\(run) --seed 2 --endPhase 0")
    #expect(names(place, "out").count == 2)
    try place.onePass("\(run) --startPhase 2")
    #expect(names(place, "out").count == 2)
    #expect(names(place, "out").contains("m"))
    #expect(try place.bytes("out/m") == expected(place))
  }

  @Test func `a folder that was there stays, and what else is done does not matter`() throws {
    let place = Workplace.withHeaps()
    place.makeFolder("t")
    try place.onePass("p.npy \(options) --tempDir t --endPhase 1 --threads 1 -nbkm 2 --quiet")
    try place.onePass(
      "p.npy \(options) --tempDir t --threads 2 --strategy fused --model m --quiet")
    #expect(try place.bytes("m") == expected(place))
    #expect(place.names.contains("t"))
    #expect(names(place) == [])
  }
}
