import Testing

/// Half-lives and jumps as times, and weights of initial centroids one by one.
@Suite struct StreamDurationTests {
  @Test func `half-lives as times`() throws {
    let place = Workplace.withStream()
    place.write("t,x\n0,1\n3600,3\n", to: "t.csv")
    let options = "t.csv -k 1 --time-column t --first-rows 1 --centroids c.csv"
    // (1/2 + 3) / 1.5
    for halfLife in ["1h", "60m", "3600s", "3600", "3600000ms"] {
      let outcome = try place.stream("\(options) --half-life \(halfLife)")
      #expect(try place.numbers("c.csv") == [[3.5 / 1.5]])
      #expect(outcome.text.contains(", half-life 1h, clock at 3600.0 seconds\n"))
    }
    #expect(try place.facts("\(options) --half-life 1.5d").halfLife == 129_600)
    #expect(try place.stream("\(options) --half-life 5400").text.contains("half-life 90m,"))
    #expect(try place.stream("\(options) --half-life 0.5d").text.contains("half-life 12h,"))
  }

  @Test func `jumps as times`() throws {
    let place = Workplace.withStream()
    place.write("t,x\n0,1\n7200,3\n", to: "t.csv")
    let options = "stream t.csv -k 1 --time-column t --first-rows 1 --half-life 1h --quiet"
    try place.expectFailure(
      65,
      "t.csv: line 3: the time 7200.0 is more than 1.5 half-lives after 0.0, the latest before it: that "
        + "would erase the model; --max-time-jump N allows more half-lives",
      "\(options) --max-time-jump 90m")
    #expect(
      try place.run(
        Program.kmeans, "\(options) --max-time-jump 2h".split(separator: " ").map(String.init)
      ).status == 0)
  }

  @Test(
    arguments: [
      (
        "--half-life 1h --time-unit batches",
        "--half-life 1h: it is a time of the points, expected no --time-unit batches"
      ),
      (
        "--half-life 90s",
        "--half-life 90s: expected the times, --time-column COLUMN, or a number of batches"
      ),
      ("--half-life soon", "expected a number, or a time such as 90s, 1h or 7d"),
      ("--half-life 1y", "expected a number, or a time such as 90s, 1h or 7d"),
      ("--half-life 0s --time-column x", "--half-life 0.0: expected a number above 0"),
      ("--init-weight w.csv", "w.csv: cannot open: No such file or directory"),
      (
        "--init-weight many",
        "--init-weight many: expected a number, or a file of one weight for each centroid"
      ),
    ])
  func `what does not go together`(_ options: String, _ line: String) throws {
    let place = Workplace.withStream()
    let outcome = try place.run(
      Program.kmeans,
      "stream a.csv -k 2 --init start.npy \(options)".split(separator: " ").map(String.init))
    #expect(outcome.status == (line.contains("No such file") ? 74 : 64), "\(outcome.errors)")
    #expect(outcome.errors.contains(line), "\(outcome.errors)")
  }

  @Test func `a weight for each centroid`() throws {
    let place = Workplace.withStream()
    place.write("3\n1\n", to: "w.txt")
    place.write("weight\n3\n1\n", to: "w.csv")
    place.write(npyFile([3.0, 1.0], columns: 1), to: "w.npy")
    // (3 (1, 2) + (2, 2)) / 4
    for name in ["w.txt", "w.csv", "w.npy"] {
      let lines = try place.trace("b.csv -k 2 --init start.npy --init-weight \(name)")
      #expect(lines.map(\.weights) == [[4, 1]])
      #expect(lines.map(\.centroids) == [[[1.25, 2], [10, 11]]])
    }
    let command = "stream b.csv -k 2 --quiet --init"
    for (text, line) in [
      ("1\n2\n3\n", "w.csv: 3 weights for 2 initial centroids, expected one each"),
      (
        "1\n-2\n",
        "w.csv: the weight in row 2 is -2.0, expected a number from 0 to 1e150 (rows count from 1)"
      ),
      ("1\nnan\n", "w.csv: line 2, column 1: expected a finite number, found 'nan'"),
      ("1,2\n3,4\n", "w.csv: 2 columns, expected one weight a row"),
    ] {
      place.write(text, to: "w.csv")
      try place.expectFailure(65, line, "\(command) start.npy --init-weight w.csv")
    }
    place.write(npyFile([3.0, Double.nan], columns: 1), to: "w.npy")
    try place.expectFailure(
      65,
      "w.npy: the weight in row 2 is nan, expected a number from 0 to 1e150 (rows count from 1)",
      "\(command) start.npy --init-weight w.npy")
    try place.expectFailure(
      64,
      "--init-weight w.csv: gaussian centroids weigh all the same, expected a number, or a file of "
        + "centroids by --init",
      "\(command) gaussian --init-weight w.csv")
  }

  /// Spark's `setInitialCenters` with weights, in Spark's own text.
  @Test func `centroids of Spark's text`() throws {
    let place = Workplace.withStream()
    place.write("[1.0,2.0]\n[10.0,11.0]\n", to: "cent.txt")
    place.write("[2.0,2.0]\n", to: "points.txt")
    place.write("3\n1\n", to: "w.txt")
    let lines = try place.trace(
      "points.txt --format spark --compat spark -k 2 --init cent.txt --init-weight w.txt")
    #expect(lines.map(\.centroids) == [[[1.25, 2], [10, 11]]])
  }
}
