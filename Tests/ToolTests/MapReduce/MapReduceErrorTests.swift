import Foundation
import Testing

/// Folders and options of `-xm mapreduce` that cannot be: one line, and no file is touched.
@Suite struct MapReduceErrorTests {
  private static let run = "onepass p.npy -k 4 -xm mapreduce --splits 2"

  @Test(
    arguments: [
      Wrong("--splits 0", "--splits 0: expected 1 to 65536"),
      Wrong("--splits -1", "--splits -1: expected 1 to 65536"),
      Wrong(
        "--startPhase 2 --endPhase 1", "--startPhase 2 comes after --endPhase 1, expected it not to"
      ),
      Wrong(
        "--startPhase 4",
        "--startPhase 4: expected 0 (split), 1 (map), 2 (reduce) or 3 (ball k-means)"),
      Wrong(
        "--endPhase -1",
        "--endPhase -1: expected 0 (split), 1 (map), 2 (reduce) or 3 (ball k-means)"),
      Wrong("--tempDir -", "--tempDir '-': expected the name of a folder"),
      Wrong(
        "--startPhase 1 --tempDir t",
        "t: there is no such folder, expected one that an earlier phase has left: --startPhase 0 makes it"
      ),
    ])
  func `options that cannot be`(_ wrong: Wrong) throws {
    let place = Workplace.withHeaps()
    try place.expectFailure(
      64, wrong.line, "onepass p.npy -k 4 -xm mapreduce --model m \(wrong.command)")
  }

  @Test(arguments: ["--splits x", "--startPhase 1.5", "--endPhase none"])
  func `numbers that are none`(_ options: String) throws {
    let place = Workplace.withHeaps()
    let outcome = try place.kmeans(
      "onepass p.npy -k 4 -xm mapreduce \(options)".split(separator: " ").map(String.init))
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("expected a whole number"), "\(outcome.errors)")
  }

  @Test(arguments: ["--splits 2", "-rskm", "--tempDir t", "--startPhase 0", "--endPhase 3"])
  func `without mapreduce they have no meaning`(_ options: String) throws {
    let place = Workplace.withHeaps()
    let option = options.split(separator: " ")[0]
    for method in ["", " -xm sequential"] {
      try place.expectFailure(
        64, "\(option) divides a run of -xm mapreduce, expected that, too",
        "onepass p.npy -k 4 \(options)\(method)")
    }
  }

  @Test func `a folder of another run, or of other things`() throws {
    let place = Workplace.withHeaps()
    try place.onePass("p.npy -k 4 -xm mapreduce --splits 2 --tempDir t --endPhase 1 --quiet")
    try place.onePass("a.npy -k 2 -xm mapreduce --splits 2 --tempDir a --endPhase 1 --quiet")
    place.makeFolder("other")
    place.write("mine", to: "other/notes.txt")
    place.makeFolder("half")
    place.write("", to: "half/rows.npy")
    place.write("text", to: "file")
    let end = ": give another --tempDir, or remove the folder"
    for wrong in [
      Wrong(
        "--tempDir t --seed 2", "t: it holds a run of other options: --seed 0, not --seed 2\(end)",
        64),
      Wrong(
        "--tempDir t --standardize", "t: it holds a run of other options: no --standardize\(end)",
        64),
      Wrong(
        "--tempDir t --splits 3",
        "t: it holds a run of other options: --splits 2, not --splits 3\(end)", 64),
      Wrong(
        "--tempDir other",
        "other: it holds other files, such as 'notes.txt': expected a new or empty folder, or that of "
          + "an interrupted run", 64),
      Wrong(
        "--tempDir half",
        "half: it holds 'rows.npy', and no file 'run' that says of which run: expected another "
          + "--tempDir, or an empty folder", 64),
      Wrong("--tempDir file", "file: cannot use as a folder: Not a directory", 74),
      Wrong("--tempDir no/t", "no/t: cannot make: No such file or directory", 74),
    ] {
      try place.expectFailure(
        wrong.status, wrong.line, "\(Self.run) \(wrong.command) --model m --quiet")
    }
    let found = try place.kmeans(
      "\(Self.run) --tempDir a --model m --quiet".split(separator: " ").map(String.init))
    #expect(found.status == 64)
    #expect(found.errors.contains("a: it holds a run of other inputs: "), "\(found.errors)")
    #expect(try place.text("other/notes.txt") == "mine")
    // The file of the points is another one now.
    place.write(npyFile(Heaps.rows(2000, seed: 1), columns: 3), to: "p.npy")
    let changed = try place.kmeans(
      "\(Self.run) --tempDir t --model m --quiet".split(separator: " ").map(String.init))
    #expect(changed.status == 64)
    #expect(changed.errors.contains("p.npy has changed since\(end)"), "\(changed.errors)")
    #expect(FileManager.default.fileExists(atPath: "\(place.path)/t/split-1.sketch"))
  }

  @Test func `a phase that is not there`() throws {
    let place = Workplace.withHeaps()
    try place.onePass("p.npy -k 4 -xm mapreduce --splits 2 --tempDir t --endPhase 0 --quiet")
    try place.expectFailure(
      64,
      "--startPhase 2: t/split-0.sketch is not there, which phase 1 makes: expected --startPhase 1 or 0",
      "\(Self.run) --tempDir t --startPhase 2 --model m --quiet")
    try place.expectFailure(
      64,
      "--startPhase 3: t/union.sketch is not there, which phase 2 makes: expected --startPhase 2 or less",
      "\(Self.run) --tempDir t --startPhase 3 --model m --quiet")
    place.makeFolder("new")
    try place.expectFailure(
      64, "--startPhase 1: new lacks what phase 0 finds, expected --startPhase 0",
      "\(Self.run) --tempDir new --startPhase 1 --model m --quiet")
    // A union is no sketch of the union.
    try place.onePass("p.npy -k 4 -xm mapreduce --splits 2 --tempDir t --endPhase 2 --quiet")
    try place.expectFailure(
      64,
      "--startPhase 3: t/resketched.sketch is not there, which phase 2 makes: expected --startPhase 2 "
        + "or less", "\(Self.run) --tempDir t --startPhase 3 -rskm --model m --quiet")
  }

  @Test func `a full disk leaves no output, and the run goes on when there is room`() throws {
    let place = Workplace.withHeaps()
    let names = place.names
    let run = "onepass p.npy -k 90 -xm mapreduce --splits 2 --tempDir t --model m"
    let outcome = try place.shell("ulimit -f 16; exec \"$KMEANS\" \(run) --quiet")
    #expect(outcome.status == 74)
    #expect(
      outcome.errors.hasSuffix("split-0.sketch: cannot write: File too large\n"),
      "\(outcome.errors)")
    #expect(outcome.text == "")
    #expect(!place.names.contains("m"))
    try place.onePass(run.replacing("onepass ", with: "") + " --quiet")
    #expect(place.names == (names + ["m"]).sorted())
    // Rows that cannot be kept leave nothing at all.
    place.write(gzipFile(try place.bytes("p.npy")), to: "p.gz")
    let gz = try place.shell(
      "ulimit -f 16; exec \"$KMEANS\" onepass p.gz -k 4 -xm mapreduce --tempDir t --model n --quiet"
    )
    #expect(gz.status == 74)
    #expect(gz.errors == "kmeans: t/rows.npy: cannot write: File too large\n")
    #expect(place.names == (names + ["m", "p.gz"]).sorted())
  }

  @Test func `a folder that another run is at work in`() throws {
    let place = Workplace.withHeaps()
    place.makeFolder("t")
    let pipe = Pipe()
    let words = ["onepass", "-", "-k", "4", "-xm", "mapreduce", "--tempDir", "t", "--quiet"]
    let running = try Running(Program.kmeans, words, in: place, pipe: pipe)
    eventually {
      FileManager.default.fileExists(atPath: "\(place.path)/t/run") || !running.isRunning
    }
    let second = try place.run(Program.kmeans, words, input: try place.bytes("p.npy"))
    #expect(second.status == 64)
    #expect(
      second.errors == "kmeans: t: another run is at work there, expected another --tempDir\n")
    running.send(SIGTERM)
    #expect(running.wait().status == 128 + SIGTERM)
    try pipe.fileHandleForWriting.close()
  }
}
