import Testing

/// Standard streams that whoever started the tool closed: an error where something had to be read
/// or written there, silence where it was only said.
@Suite struct ClosedStreamTests {
  @Test(arguments: [
    "fit - -k 2 <&-", "info - <&-", "stream - -k 2 <&-", "assign - --centroids start.npy <&-",
    "onepass - -k 2 <&-", "fit - -k 2 --labels l.csv <&- >&-", "stream - -k 2 --model m <&- >&-",
  ])
  func `an input that is closed`(_ command: String) throws {
    let place = Workplace.withSample()
    let before = place.names
    let outcome = try place.shell("\"$KMEANS\" \(command)")
    #expect(outcome.status == 74)
    #expect(outcome.errors == "kmeans: standard input is closed\n")
    #expect(place.names == before)
  }

  @Test(arguments: [
    "info a.csv >&-", "info a.csv >&- <&-", "fit a.csv -k 2 >&-", "fit a.csv -k 2 --json >&-",
    "fit a.csv -k 2 --labels - --quiet >&-", "assign a.csv --centroids start.npy --quiet >&-",
    "stream a.csv -k 2 --trace - --quiet >&-", "stream a.csv -k 2 --json >&- <&-",
    "evaluate a.csv --centroids start.npy >&-", "elbow a.csv -k 1-2 >&-", "convert a.csv - >&-",
    "onepass a.csv -k 2 >&-", "--help >&-", "fit --help >&-", "--version >&-",
  ])
  func `an output that is closed`(_ command: String) throws {
    let outcome = try Workplace.withSample().shell("\"$KMEANS\" \(command)")
    #expect(outcome.status == 74)
    #expect(outcome.errors.hasSuffix("kmeans: standard output is closed\n"))
  }

  @Test(arguments: [
    "info a.csv >&- <&- 2>&-", "fit - -k 2 <&- 2>&-", "fit - -k 2 --labels l.csv <&- >&- 2>&-",
    "assign a.csv --centroids start.npy >&- 2>&-", "fit no.csv -k 2 2>&-",
  ])
  func `an error that nobody can be told`(_ command: String) throws {
    let outcome = try Workplace.withSample().shell("\"$KMEANS\" \(command)")
    #expect(outcome.status == 74)
    #expect(outcome.errors == "")
  }

  @Test(arguments: ["2>&-", ">&- 2>&-", "<&- >&- 2>&-", "<&- >&-"])
  func `results go to files all the same`(_ closed: String) throws {
    let place = Workplace()
    place.write("x,y\n1,2\nz,3\n1.5,2\n10,11\n10,12\n", to: "a.csv")
    let outcome = try place.shell(
      """
      set -e
      "$KMEANS" fit a.csv -k 2 --on-invalid skip --labels f.csv --model f.kmeans \(closed)
      "$KMEANS" assign a.csv --model f.kmeans --on-invalid skip --labels a.npy \(closed)
      "$KMEANS" onepass a.csv -k 2 --on-invalid skip --centroids o.csv \(closed)
      "$KMEANS" stream a.csv -k 2 --first-rows 2 --batch-size 2 --on-invalid skip \
        --trace t.jsonl --predictions p.csv --model s.kmeans \(closed)
      """)
    #expect(outcome.status == 0)
    // Notes on the row that is left out.
    #expect(outcome.errors.isEmpty == closed.contains("2>&-"))
    #expect(
      try ["0\n-1\n0\n1\n1\n", "1\n-1\n1\n0\n0\n"].contains(
        place.text("f.csv", under: "cluster")))
    #expect(try place.text("t.jsonl").split(separator: "\n").count == 2)
    #expect(
      place.names == [
        "a.csv", "a.npy", "f.csv", "f.kmeans", "o.csv", "p.csv", "s.kmeans", "t.jsonl",
      ])
  }

  @Test func `names of closed streams lead nowhere`() throws {
    let place = Workplace.withSample()
    for command in [
      "fit /dev/stdin -k 2 <&-", "fit /dev/fd/3 -k 2 3<&-", "fit /dev/fd/4 -k 2 4<&-",
      "stream a.csv -k 2 --trace /dev/stdout --quiet >&-",
    ] {
      let outcome = try place.shell("\"$KMEANS\" \(command)")
      #expect(outcome.status == 74)
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }

  @Test func `a note that nobody reads any more costs no result`() throws {
    let place = Workplace()
    place.write("x,y\n1,2\nz,3\n1.5,2\n10,11\n10,12\n", to: "a.csv")
    // The reader ends at once; then every write on stderr would be a signal.
    let outcome = try place.shell(
      """
      { sleep 0.3; "$KMEANS" fit a.csv -k 2 --on-invalid skip --labels l.csv >out; echo $? >status; } \
        2>&1 | true
      """)
    #expect(outcome.status == 0)
    #expect(try place.text("status") == "0\n")
    #expect(try place.text("l.csv", under: "cluster").split(separator: "\n").count == 5)
    #expect(place.names == ["a.csv", "l.csv", "out", "status"])
  }

  @Test func `an error that nobody reads any more has its status`() throws {
    let place = Workplace.withSample()
    _ = try place.shell("{ sleep 0.3; \"$KMEANS\" fit no.csv -k 2; echo $? >status; } 2>&1 | true")
    #expect(try place.text("status") == "74\n")
  }

  @Test func `a reader of results that ends leaves no temporary file`() throws {
    let place = PipeTests.withPoints()
    _ = try place.shell(
      """
      { "$KMEANS" convert p.npy - --to csv --quiet; echo $? >status; } | head -1
      """)
    #expect(try place.text("status") == "141\n")
    #expect(place.names == ["c.npy", "p.npy", "status"])
  }
}
