import Testing

/// `--on-invalid mean --max-bad-rows N`: missing values are filled in, other bad rows left out.
@Suite struct MeanLimitTests {
  static let table =
    "x,y\n1,2\nNA,4\n1\n10,11\nfoo,3\n10,12\ninf,1\n1,1e141\n1,2,3\n\"1,2\n1,3\n"
  /// The rows that are kept, with the mean of 1, 10, 10, 1.
  static let filled = "x,y\n1,2\n5.5,4\n10,11\n10,12\n1,3\n"
  static let labels = "0\n0\n-1\n1\n-1\n1\n-1\n-1\n-1\n-1\n0\n"

  private func place() -> Workplace {
    let place = Workplace.withSample()
    place.write(Self.table, to: "t.csv")
    place.write(Self.filled, to: "f.csv")
    return place
  }

  @Test(
    arguments: [
      "fit -k 2 --init start.npy",
      "stream -k 2 --init start.npy", "onepass -k 2",
    ])
  func `the result is that of the filled table`(_ command: String) throws {
    let place = place()
    var words = command.split(separator: " ").map(String.init)
    let name = words.removeFirst()
    func run(_ file: String, _ more: [String]) throws -> String {
      let outcome = try place.run(
        Program.kmeans,
        [name, file] + words + ["--centroids", "\(file).c.csv", "--quiet"] + more)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try place.text("\(file).c.csv")
    }
    #expect(
      try run("t.csv", ["--on-invalid", "mean", "--max-bad-rows", "6"]) == run("f.csv", []))
  }

  @Test func `labels, and what is said`() throws {
    let place = place()
    let options = ["--on-invalid", "mean", "--max-bad-rows", "60%"]
    let fit = try place.run(
      Program.kmeans,
      ["fit", "t.csv", "-k", "2", "--init", "start.npy", "--labels", "-", "--model", "m"] + options)
    #expect(fit.status == 0 && fit.text == Self.labels)
    #expect(
      fit.errors.hasPrefix(
        """
        t.csv: column 'x': 1 value is missing, the mean 5.5 is taken
        t.csv: 2 rows are left out, for a value is missing or no finite number: 5, 7 (rows count from 1)
        t.csv: 3 rows are left out, for they are malformed: 3, 9, 10 (rows count from 1); the first: line \
        4: 1 field, expected 2 as in line 1
        t.csv: 1 row is left out, for a value is beyond 1e140: 8 (rows count from 1)

        """), "\(fit.errors)")
    for command in ["assign t.csv --model m", "assign - --model m --labels -"] {
      let outcome = try place.run(
        Program.kmeans, command.split(separator: " ").map(String.init) + options + ["--quiet"],
        input: Array(Self.table.utf8))
      #expect(outcome.status == 0 && outcome.text == Self.labels, "\(outcome.errors)")
    }
    for command in ["evaluate t.csv --model m", "describe m t.csv"] {
      let outcome = try place.run(
        Program.kmeans, command.split(separator: " ").map(String.init) + options)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    // What is only copied may be large.
    let convert = try place.run(Program.kmeans, ["convert", "t.csv", "o.csv"] + options)
    #expect(convert.status == 0, "\(convert.errors)")
    #expect(
      try place.text("o.csv")
        == "x,y\n1.0,2.0\n4.6,4.0\n10.0,11.0\n10.0,12.0\n1.0,1e+141\n1.0,3.0\n")
  }

  @Test func `without the limit, and beyond it`() throws {
    let place = place()
    try place.expectFailure(
      65, "t.csv: line 4: 1 field, expected 2 as in line 1 (--max-bad-rows N leaves such rows out)",
      "fit t.csv -k 2 --on-invalid mean")
    place.write("x,y\n1,2\n5,3\nfoo,3\n,4\n", to: "x.csv")
    try place.expectFailure(
      65,
      "x.csv: line 4, column 1: expected a number for 'x', found 'foo', where 2 of 3 fields are numbers; "
        + "--max-bad-rows N leaves such rows out, --exclude x leaves the column out",
      "fit x.csv -k 1 --on-invalid mean")
    try place.expectFailure(
      65,
      "t.csv: 6 of 11 rows are left out, expected at most 5 (--max-bad-rows); the last: line 11: the quote "
        + "in column 1 is never closed", "fit t.csv -k 2 --on-invalid mean --max-bad-rows 5")
  }

  @Test(arguments: [
    ("l.svm", "1 1:2 2:3\n1 1:4 2:foo\n0 1:nan 2:4\nbad line\n1 1:3\n", "0\n-1\n0\n-1\n0\n"),
    ("l.spark", "[1.0,2.0]\n[1.0,x]\n[NaN,3.0]\n[1.0]\n", "0\n-1\n0\n-1\n"),
  ])
  func `other texts`(_ name: String, _ text: String, _ labels: String) throws {
    let place = Workplace()
    place.write(text, to: name)
    let format = name == "l.svm" ? "libsvm" : "spark"
    let outcome = try place.kmeans(
      "fit", name, "--format", format, "-k", "1", "--on-invalid", "mean", "--max-bad-rows", "2",
      "--labels", "-")
    #expect(outcome.status == 0 && outcome.text == labels, "\(outcome.errors)")
    #expect(outcome.errors.contains("column 1: 1 value is missing, the mean "))
  }

  @Test func `a file that is read in several passes gives the same`() throws {
    let place = Workplace()
    var values = TestRandom.values(RereadTests.rows * RereadTests.columns, seed: 1)
    values[77 * RereadTests.columns + 5] = .nan
    values[100 * RereadTests.columns] = .infinity
    place.write(npyFile(values, columns: RereadTests.columns), to: "p.npy")
    let command =
      ["fit", "p.npy", "-k", "3", "--max-iterations", "2", "--on-invalid", "mean", "--json"]
      + ["--max-bad-rows", "1", "--centroids", "c.npy", "--labels", "l.npy"]
    func outputs() throws -> [[UInt8]] { try ["c.npy", "l.npy"].map { try place.bytes($0) } }
    let inMemory = try place.run(Program.kmeans, command)
    #expect(inMemory.status == 0, "\(inMemory.errors)")
    let expected = try outputs()
    let outcome = try place.run(Program.kmeans, command + RereadTests.memory)
    for fact in [#""reread":true"#, #""filledValues":1"#, #""skippedRows":1"#] {
      #expect(outcome.text.contains(fact), "\(outcome.text)")
    }
    #expect(try outputs() == expected)
  }

  @Test func `infinity of a binary file`() throws {
    let place = Workplace()
    place.write(npyFile([1, 2, .nan, 3, .infinity, 4, 5, 6] as [Double], columns: 2), to: "n.npy")
    let outcome = try place.kmeans(
      "fit", "n.npy", "-k", "1", "--on-invalid", "mean", "--max-bad-rows", "1", "--centroids",
      "c.csv", "--labels", "-", "--quiet")
    #expect(outcome.text == "0\n0\n-1\n0\n", "\(outcome.errors)")
    #expect(try place.numbers("c.csv") == [[3, 11.0 / 3]])
  }
}
