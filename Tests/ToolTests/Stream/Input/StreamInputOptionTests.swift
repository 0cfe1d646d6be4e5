import Testing

/// Command lines of inputs that no stream can have.
@Suite struct StreamInputOptionTests {
  static let wrong = [
    Wrong(
      "stream a.csv - -k 2",
      "the standard input (-) among other inputs: expected it alone, or files alone", 64),
    Wrong(
      "stream - - -k 2",
      "the standard input (-) among other inputs: expected it alone, or files alone", 64),
    Wrong("stream a.csv -k 2 --batch-size 0", "--batch-size 0: expected at least 1", 64),
    Wrong("stream a.csv -k 2 --batch-size -5", "--batch-size -5: expected at least 1", 64),
    Wrong(
      "stream a.csv -k 2 --interval 1s",
      "--interval: expected the standard input (-), and no --batch-size, for it to cut", 64),
    Wrong(
      "stream - -k 2 --interval 1s --batch-size 4",
      "--interval: expected the standard input (-), and no --batch-size, for it to cut", 64),
  ]

  @Test(arguments: wrong) func `inputs that do not go together`(wrong: Wrong) throws {
    let line = "\(wrong.line); see 'kmeans stream --help'"
    try Wrong(wrong.command, line, wrong.status).check(in: .withSample())
  }

  @Test(
    arguments: [
      "1", "s", "0s", "-1s", "0.5ms", "25h", "1441m", "1e3s", "0x10s", "1 s", "nans", "infs", "1ss",
      "1..5s", "",
    ])
  func `times that are none`(interval: String) throws {
    try Workplace.withSample().expectFailure(
      64,
      "The value '\(interval)' is invalid for '--interval <TIME>': expected a time from 1ms to a day, "
        + "such as 500ms, 1.5s or 2m; see 'kmeans stream --help'",
      ["stream", "-", "-k", "2", "--interval", interval])
  }

  @Test(arguments: ["1ms", "500ms", "2s", "1.5s", "0.001s", ".5m", "1440m"])
  func `times that are some`(interval: String) throws {
    let place = Workplace.showing(columns: 2)
    #expect(
      try place.batches("- --interval \(interval)", input: "1,2\n") == [SeenBatch(1, mean: [1, 2])])
  }

  @Test func `an empty name`() throws {
    try Workplace.withSample().expectFailure(
      64,
      "an input is an empty name: expected a file, or - for standard input; "
        + "see 'kmeans stream --help'", ["stream", "a.csv", "", "-k", "2"])
  }
}
