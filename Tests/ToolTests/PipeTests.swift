import Testing

/// The tool among others in a pipeline.
@Suite struct PipeTests {
  static func withPoints() -> Workplace {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(200_000, seed: 8), columns: 1), to: "p.npy")
    place.write(npyFile([Float(-5), 0.5], columns: 1), to: "c.npy")
    return place
  }

  @Test(
    arguments: [
      "assign p.npy --centroids c.npy --quiet", "fit p.npy -k 2 --init c.npy --labels - --quiet",
    ])
  func `a reader that has seen enough ends it quietly`(_ command: String) throws {
    let place = Self.withPoints()
    let outcome = try place.shell(
      "{ \"$KMEANS\" \(command); echo $? >status; } | head -1")
    #expect(outcome.status == 0)
    #expect(outcome.text.split(separator: "\n").count == 1)
    #expect(outcome.errors == "")
    // SIGPIPE, which shells do not speak of.
    #expect(try place.text("status") == "141\n")
    #expect(place.names == ["c.npy", "p.npy", "status"])
  }

  @Test func `without --quiet only the note is on stderr`() throws {
    let place = Self.withPoints()
    let outcome = try place.shell("\"$KMEANS\" assign p.npy --centroids c.npy | head -1")
    #expect(outcome.text == "1\n")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.errors.hasPrefix("p.npy: 200000 points of 1 column to 2 centroids in "))
  }

  @Test func `one tool feeds another`() throws {
    let place = Self.withPoints()
    let outcome = try place.shell(
      "\"$KMEANS\" assign p.npy --centroids c.npy --quiet "
        + "| \"$KMEANS\" fit - -k 1 --centroids labels-mean.csv --quiet")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(try place.text("labels-mean.csv", under: "column1") == "1.0\n")
  }

  @Test func `named pipes are read and written as they come`() throws {
    let place = Self.withPoints()
    let outcome = try place.shell(
      """
      mkfifo in.npy out.csv
      cat c.npy >in.npy &
      cat out.csv >copy &
      "$KMEANS" assign in.npy --centroids c.npy --labels out.csv
      wait
      """)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(try place.text("copy", under: "cluster") == "0\n1\n")
  }
}
