import Foundation
import Testing

/// Files that are larger than `--memory`.
@Suite struct RereadTests {
  /// 52 MB of points: more than 60 MiB together with what the program and each point take.
  static let rows = 200_000
  static let columns = 64
  static let memory = ["--memory", "60M"]
  static let command = [
    "-k", "5", "--max-iterations", "3", "--tolerance", "0", "--centroids", "c.npy", "--labels",
    "l.npy", "--model", "m",
  ]

  private func place() -> Workplace {
    let place = Workplace()
    let values = TestRandom.values(Self.rows * Self.columns, seed: 1)
    place.write(npyFile(values, columns: Self.columns), to: "p.npy")
    return place
  }

  @Test func `the outputs are those of a fit in memory`() throws {
    let place = place()
    for name in ["p.fvecs", "p.fbin", "p.f32"] { try place.kmeans("convert", "p.npy", name) }
    for options in ["", "--init k-means++ --standardize", "--init random --distance cosine"] {
      let extra = Self.command + options.split(separator: " ").map(String.init)
      let inMemory = try place.run(Program.kmeans, ["fit", "p.npy", "--quiet"] + extra)
      #expect(inMemory.errors == "" && inMemory.status == 0)
      let expected = try ["c.npy", "l.npy", "m"].map { try place.bytes($0) }
      for name in ["p.npy", "p.fvecs", "p.fbin", "p.f32"] {
        let dimension = name == "p.f32" ? ["--dimension", "\(Self.columns)"] : []
        let outcome = try place.run(
          Program.kmeans, ["fit", name, "--json"] + dimension + extra + Self.memory)
        // A slow machine tells of its progress behind it.
        #expect(
          outcome.errors.hasPrefix(
            "\(name): more than fits into memory, so it is read in several passes\n"))
        #expect(outcome.text.contains(#""reread":true"#))
        #expect(try ["c.npy", "l.npy", "m"].map { try place.bytes($0) } == expected, "\(name)")
      }
    }
  }

  @Test func `weights, rows that are left out and appended labels`() throws {
    let place = place()
    var values = TestRandom.values(Self.rows * Self.columns, seed: 1)
    for row in [0, 77, 199_999] { values[row * Self.columns + 5] = .nan }
    place.write(npyFile(values, columns: Self.columns), to: "p.npy")
    let outputs = ["c.npy", "l.npy", "all.npy"]
    let command =
      ["fit", "p.npy", "-k", "3", "--max-iterations", "2", "--on-invalid", "skip", "--centroids"]
      + ["c.npy", "--labels", "l.npy", "--append-labels", "all.npy", "--point-weights", "3"]
    let inMemory = try place.run(Program.kmeans, command + ["--quiet"])
    #expect(inMemory.status == 0, "\(inMemory.errors)")
    let expected = try outputs.map { try place.bytes($0) }
    let outcome = try place.run(Program.kmeans, command + Self.memory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("3 rows are left out"))
    #expect(try outputs.map { try place.bytes($0) } == expected)
  }

  @Test func `what cannot be read again is refused with the way out`() throws {
    let place = place()
    try place.kmeans("convert", "p.npy", "p.csv")
    _ = try place.shell("gzip -1k p.npy")
    func line(_ name: String, _ form: String) -> String {
      "\(name): a fit takes 55 MiB of memory or more, expected at most 60 MiB (--memory), or a file "
        + "of npy in row order, fbin or fvecs, which is read in several passes; \(form) is for a "
        + "method that reads once (onepass)"
    }
    for (name, form) in [("p.csv", "csv"), ("p.npy.gz", "gzip")] {
      let outcome = try place.run(
        Program.kmeans, ["fit", name, "-k", "2", "--precision", "float"] + Self.memory)
      #expect(outcome.status == 64)
      let text = outcome.errors.replacing(#/takes \d+ MiB/#, with: "takes 55 MiB")
      #expect(text == "kmeans: \(line(name, form))\n")
    }
    let piped = try place.shell("\"$KMEANS\" fit - -k 2 --memory 60M < p.npy.gz | cat")
    #expect(piped.errors.contains("expected at most 60 MiB (--memory)"))
    try place.expectFailure(
      64,
      "--verify takes all points in memory, about 102 MiB, expected at least as much by --memory",
      ["fit", "p.npy", "-k", "2", "--verify"] + Self.memory)
    // The bytes that are missing are said, and suffice.
    let little = try place.kmeans("fit", "p.npy", "-k", "2", "--memory", "1M")
    #expect(little.status == 64)
    let form = #/kmeans: p.npy: --memory: 1048576 bytes, expected at least (\d+)\n/#
    let needed = little.errors.wholeMatch(of: form)?.1 ?? ""
    let enough = try place.kmeans(
      "fit", "p.npy", "-k", "2", "--quiet", "--max-iterations", "2", "--memory", String(needed))
    #expect(enough.status == 0, "\(little.errors)\(enough.errors)")
    // No file does with less than the program takes: the same status, and no other file is named.
    for name in ["p.csv", "p.npy.gz"] {
      let none = try place.kmeans("fit", name, "-k", "2", "--memory", "1M")
      #expect(none.status == 64)
      let form =
        #/kmeans: \S+: a fit takes \d+ MiB of memory or more, expected at most 1 MiB \(--memory\)\n/#
      #expect(none.errors.wholeMatch(of: form) != nil, "\(none.errors)")
    }
    try place.expectFailure(
      64,
      "The value '12X' is invalid for '--memory <SIZE>': expected a number of bytes, such as 512M "
        + "or 8G; see 'kmeans fit --help'", "fit p.npy -k 2 --memory 12X")
  }
}

extension RereadTests {
  /// The seeds of greedy k-means++ do not depend on what happens to be free.
  @Test func `no budget changes the result`() throws {
    let workplace = Workplace()
    workplace.write(npyFile(TestRandom.values(20_000 * 10, seed: 3), columns: 10), to: "a.npy")
    func fit(_ memory: String) throws -> (json: String, labels: [UInt8]) {
      let outcome = try workplace.kmeans(
        "fit", "a.npy", "-k", "30", "--max-iterations", "2", "--threads", "1", "--memory", memory,
        "--labels", "l.npy", "--json")
      #expect(outcome.errors == "" || outcome.errors.contains("read in several passes"))
      try #require(outcome.status == 0)
      let inertia = outcome.text.firstMatch(of: #/"inertia":[^,]*/#)!.output
      return (String(inertia), try workplace.bytes("l.npy"))
    }
    let refused = try workplace.kmeans(
      "fit", "a.npy", "-k", "30", "--threads", "1", "--memory", "1M")
    let needed = try #require(
      refused.errors.firstMatch(of: #/expected at least (\d+)/#), "\(refused.errors)")
    let least = try #require(Int(needed.1))
    let expected = try fit("1G")
    for memory in [least, least + 100_000, least + 500_000] {
      let found = try fit("\(memory)")
      #expect(found.json == expected.json && found.labels == expected.labels, "\(memory)")
    }
  }
}
