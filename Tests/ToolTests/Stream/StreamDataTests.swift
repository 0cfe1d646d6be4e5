import Testing

/// Data that no stream can be made of: status 65, the file and the row in one line, and what the
/// batches before have taught is written.
@Suite struct StreamDataTests {
  /// Runs a command whose second batch is wrong.
  static func check(
    _ place: Workplace, _ line: String, _ command: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = Set(place.names)
    let words = command.split(separator: " ").map(String.init)
    let outcome = try place.run(
      Program.kmeans,
      ["stream"] + words + ["--trace", "t.jsonl", "--predictions", "p.csv", "--centroids", "c.npy"]
        + ["--cluster-weights", "w.npy", "--model", "m", "--quiet"])
    #expect(outcome.errors == "kmeans: \(line)\n", sourceLocation: sourceLocation)
    #expect(outcome.status == 65, sourceLocation: sourceLocation)
    #expect(outcome.text == "", sourceLocation: sourceLocation)
    #expect(
      Set(place.names).subtracting(before) == ["t.jsonl", "p.csv", "c.npy", "w.npy", "m"],
      sourceLocation: sourceLocation)
    let lines = try place.traceLines("t.jsonl")
    #expect(
      Array(try place.bytes("c.npy").suffix(2 * 2 * 8)) == bytes(lines[0].centroids.flatMap { $0 }),
      sourceLocation: sourceLocation)
    let info = try place.kmeans("info", "m")
    #expect(info.text.contains("batches          1\n"), sourceLocation: sourceLocation)
    #expect(try place.traceLines("t.jsonl").map(\.batch) == [1], sourceLocation: sourceLocation)
    #expect(try place.text("p.csv").split(separator: "\n").count == 5)
  }

  @Test func `a row that holds no number`() throws {
    let place = Workplace.withStream()
    place.write(npyFile([1, 2, .nan, 2] as [Double], columns: 2), to: "n.npy")
    try Self.check(
      place,
      "n.npy: the value in row 2, column 1 is not finite (rows and columns count from 1)"
        + notFiniteHint,
      "a.csv n.npy -k 2 --init start.npy")
  }

  @Test func `another number of columns`() throws {
    let place = Workplace.withStream()
    place.write(csv([[1, 2, 3]]), to: "three.csv")
    try place.expectFailure(
      65, "three.csv: points of 3 columns, expected 2 as in a.csv; --columns chooses some",
      "stream a.csv three.csv -k 2 --init start.npy --model m --trace t.jsonl --quiet")
  }

  @Test func `a jump of time is refused by line`() throws {
    let place = Workplace.withStream()
    place.write("t,x,y\n1,1,2\n2,1,2\n3,10,11\n4,10,11\n5,1,2\n5000,1,2\n", to: "s.csv")
    try Self.check(
      place,
      "s.csv: line 7: the time 5000.0 is more than 20.0 half-lives after 5.0, the latest before it: that "
        + "would erase the model; --max-time-jump N allows more half-lives",
      "s.csv -k 2 --init start.npy --time-column t --half-life 10 --max-time-jump 20 --batch-size 4"
    )
  }

  @Test func `a weight below 0`() throws {
    let place = Workplace.withStream()
    place.write("x,y,w\n1,2,1\n2,2,-3\n", to: "w.csv")
    try place.expectFailure(
      65,
      "w.csv: column w: the weight of row 2 is -3.0, expected a finite number that is not negative",
      "stream w.csv -k 2 --init start.npy --point-weights w --batch-size 1 --quiet")
  }

  @Test func `fewer rows than clusters`() throws {
    let place = Workplace.withStream()
    let outcome = try place.run(
      Program.kmeans, ["stream", "a.csv", "b.csv", "-k", "6", "--centroids", "c.npy"])
    #expect(
      outcome.errors
        == "kmeans: b.csv: 6 clusters for 5 points, expected at most as many clusters as points\n")
    place.write("x,y\n", to: "none.csv")
    try place.expectFailure(
      65, "none.csv: there are no points: expected at least 3 points to find as many clusters",
      "stream none.csv -k 3 --quiet --centroids c.npy")
    place.write("x,y,w\n1,2,0\n", to: "w.csv")
    try place.expectFailure(
      65,
      "w.csv: all points have the weight 0: expected at least 1 point to find as many clusters",
      "stream w.csv -k 1 --quiet --point-weights w --centroids c.npy")
    #expect(outcome.status == 65)
    #expect(!place.names.contains("c.npy"))
  }

  @Test func `centroids that do not fit`() throws {
    let place = Workplace.withStream()
    place.write(csv([[1, 2], [1, 2]]), to: "same.csv")
    place.write(csv([[1, 2, 3], [4, 5, 6]]), to: "three.csv")
    try place.expectFailure(
      65,
      "same.csv: initial centroids 0 and 1 are equal, expected different ones: the second would "
        + "never get a point (they count from 0)",
      "stream a.csv -k 2 --init same.csv")
    try place.expectFailure(
      65, "start.npy: 2 initial centroids, expected 3 as -k says; without -k there are 2 clusters",
      "stream a.csv -k 3 --init start.npy")
    try place.expectFailure(
      65, "a.csv: points of 2 columns, expected 3 as in three.csv",
      "stream a.csv -k 2 --init three.csv")
  }

  @Test func `a file that does not exist`() throws {
    try Workplace.withStream().expectFailure(
      74, "no.csv: cannot open: No such file or directory", "stream no.csv -k 2 --trace t")
  }
}
