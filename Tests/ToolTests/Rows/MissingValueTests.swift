import Foundation
import Testing

/// `--on-invalid mean`: the mean of the column in place of a missing value, which models remember.
@Suite struct MissingValueTests {
  static let table = "x,y\n1,2\n1.5,\n,2\n10,11\n10,NA\n"
  /// The same with the means, 5.625 and 5, in place.
  static let filled = "x,y\n1,2\n1.5,5\n5.625,2\n10,11\n10,5\n"
  static let notes = """
    t.csv: column 'x': 1 value is missing, the mean 5.625 is taken
    t.csv: column 'y': 2 values are missing, the mean 5 is taken

    """

  private func place() -> Workplace {
    let place = Workplace()
    place.write(Self.table, to: "t.csv")
    place.write(Self.filled, to: "f.csv")
    return place
  }

  @Test(arguments: [
    "assign t.csv --model m", "evaluate t.csv --model m", "describe m t.csv",
    "stream t.csv --init m --no-update --quiet", "fit t.csv --init m",
  ])
  func `a model with means says what it can do`(_ command: String) throws {
    let place = place()
    try place.kmeans("fit", "t.csv", "-k", "2", "--on-invalid", "mean", "--model", "m", "--quiet")
    try place.expectFailure(
      65,
      "t.csv: line 3, column 2: expected a number for 'y', found an empty field (--on-invalid mean "
        + "fills it with the mean that the model holds, --on-invalid skip leaves such rows out)",
      command)
  }

  @Test func `so it is with numbers`() throws {
    let place = Workplace()
    place.write(npyFile([1, 2, 3, .nan, 5, 6], columns: 2), to: "n.npy")
    try place.expectFailure(
      65,
      "n.npy: the value in row 2, column 2 is not finite (rows and columns count from 1)"
        + notFiniteHint, "fit n.npy -k 1")
    try place.kmeans("fit", "n.npy", "-k", "1", "--on-invalid", "mean", "--model", "m", "--quiet")
    try place.expectFailure(
      65,
      "n.npy: the value in row 2, column 2 is not finite (rows and columns count from 1); --on-invalid "
        + "mean fills NaN with the mean that the model holds, --on-invalid skip leaves such rows out",
      "assign n.npy --model m")
  }

  @Test func `a fit is that of the filled table, and says what was filled`() throws {
    let place = place()
    let outputs = ["--centroids", "c.csv", "--labels", "l.csv"]
    let command = ["-k", "2", "--max-iterations", "9"] + outputs
    let expected = try place.run(Program.kmeans, ["fit", "f.csv", "--quiet"] + command)
    #expect(expected.status == 0)
    let files = try ["c.csv", "l.csv"].map { try place.text($0) }
    for strategy in ["fused", "auto"] {
      let outcome = try place.run(
        Program.kmeans,
        ["fit", "t.csv", "--on-invalid", "mean", "--strategy", strategy, "--model", "m"] + command)
      #expect(outcome.status == 0 && outcome.errors == Self.notes)
      #expect(try ["c.csv", "l.csv"].map { try place.text($0) } == files)
    }
    let object = try ReportTests.object(
      place.kmeans("fit", "t.csv", "-k", "2", "--on-invalid", "mean", "--json", "--quiet"))
    #expect(object["filledValues"] as? Int == 3 && object["skippedRows"] as? Int == 0)
    let other = try ReportTests.object(place.kmeans("fit", "f.csv", "-k", "2", "--json"))
    #expect(other["filledValues"] == nil)
    let piped = try place.shell(
      "\"$KMEANS\" fit - -k 2 --max-iterations 9 --on-invalid mean --labels - --quiet < t.csv")
    #expect("cluster\n" + piped.text == files[1])
  }

  @Test func `a model fills in with its means`() throws {
    let place = place()
    let fit = try place.kmeans(
      "fit", "t.csv", "-k", "2", "--on-invalid", "mean", "--standardize", "--model", "m", "--quiet")
    #expect(fit.status == 0)
    #expect(try place.kmeans("info", "m").text.contains("\nmeans            5.625, 5\n"))
    let info = try ReportTests.object(place.kmeans("info", "m", "--json"))
    #expect(info["means"] as? [Double] == [5.625, 5])
    place.write("y,x\n,1\n11,NA\n", to: "new.csv")
    place.write("y,x\n5,1\n11,5.625\n", to: "known.csv")
    for command in ["assign", "evaluate"] {
      let options = ["--model", "m", "--json", "--quiet"]
      let found = try ReportTests.object(
        place.run(Program.kmeans, [command, "new.csv", "--on-invalid", "mean"] + options))
      let expected = try ReportTests.object(
        place.run(Program.kmeans, [command, "known.csv"] + options))
      #expect(found["inertia"] as? Double == expected["inertia"] as? Double)
      #expect(found["filledValues"] as? Int == 2 && found["points"] as? Int == 2)
    }
    let described = try place.kmeans("describe", "m", "new.csv", "--on-invalid", "mean")
    #expect(described.status == 0 && described.errors.contains("the mean 5.625 is taken"))
    for command in [["fit", "-k", "2"], ["stream"]] {
      let outcome = try place.run(
        Program.kmeans,
        command + ["new.csv", "--init", "m", "--on-invalid", "mean", "--model", "n"])
      #expect(outcome.status == 0 && outcome.errors.contains("the mean 5.625 is taken"))
      #expect(try place.kmeans("info", "n").text.contains("means            5.625, 5\n"))
    }
  }

  @Test func `a stream that goes on keeps the means of its model`() throws {
    let place = place()
    try place.kmeans("fit", "t.csv", "-k", "2", "--on-invalid", "mean", "--model", "m", "--quiet")
    for rule in ["error", "skip"] {
      try place.kmeans(
        "stream", "f.csv", "--init", "m", "--on-invalid", rule, "--model", "n", "--quiet")
      #expect(try place.kmeans("info", "n").text.contains("means            5.625, 5\n"))
    }
    // Also in a later file the advice is about the model.
    try place.expectFailure(
      65,
      "t.csv: line 3, column 2: expected a number for 'y', found an empty field (--on-invalid mean fills "
        + "it with the mean that the model holds, --on-invalid skip leaves such rows out)",
      "stream f.csv t.csv --init m --quiet")
  }

  @Test func `a model without means is no help`() throws {
    let place = place()
    try place.kmeans("fit", "f.csv", "-k", "2", "--model", "m", "--centroids", "c.csv", "--quiet")
    let rest =
      "it remembers no means of columns: expected a model that was learnt with --on-invalid mean, "
      + "or --on-invalid skip"
    for command in [
      "assign t.csv --model m", "evaluate t.csv --model m", "describe m t.csv",
      "fit t.csv -k 2 --init m", "stream t.csv --init m",
    ] {
      try place.expectFailure(65, "m: \(rest)", "\(command) --on-invalid mean")
      // Without the option, no advice that would not help.
      let words = command.split(separator: " ").map(String.init)
      let plain = try place.run(Program.kmeans, words + ["--quiet"])
      #expect(plain.status == 65)
      #expect(plain.errors.hasSuffix(" (--on-invalid skip leaves such rows out)\n"), "\(command)")
    }
    try place.expectFailure(
      65, "c.csv: \(rest)", "assign t.csv --centroids c.csv --on-invalid mean")
    // Centroids alone leave the means to the points.
    for command in ["evaluate t.csv --centroids c.csv", "stream t.csv --init c.csv"] {
      let words = "\(command) --on-invalid mean".split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 0 && outcome.errors.contains("5.625 is taken"), "\(outcome.errors)")
    }
  }

  @Test func `streams and one pass take means of the first rows`() throws {
    let place = place()
    place.write("x,y\n3,4\n,8\n5,\n", to: "u.csv")
    let outcome = try place.kmeans(
      "stream", "t.csv", "u.csv", "-k", "2", "--on-invalid", "mean", "--model", "m", "--json")
    let notes = """
      t.csv: column 'x': 1 value is missing, the mean 5.625 is taken
      t.csv: column 'y': 2 values are missing, the mean 5 is taken
      u.csv: column 'x': 1 value is missing, the mean 5.625 is taken
      u.csv: column 'y': 1 value is missing, the mean 5 is taken
      t.csv: the means are those of the 5 rows of the first batch

      """
    #expect(try ReportTests.object(outcome, notes: notes)["filledValues"] as? Int == 5)
    #expect(try place.kmeans("info", "m").text.contains("\nmeans            5.625, 5\n"))
    let piped = try place.shell(
      "cat t.csv | \"$KMEANS\" onepass - -k 2 --on-invalid mean --model n")
    #expect(
      piped.status == 0 && piped.errors == Self.notes.replacing("t.csv", with: "standard input"))
    #expect(try place.kmeans("info", "n").text.contains("\nmeans            5.625, 5\n"))
    place.write("x,y\n1,\n2,\n", to: "v.csv")
    try place.expectFailure(
      65,
      "v.csv: column 'y' has no value in the first batch to take a mean of: --exclude y leaves it out",
      "stream v.csv -k 1 --columns x,y --on-invalid mean --quiet")
  }

  @Test func `a file that is read in several passes gives the same`() throws {
    let place = Workplace()
    var values = TestRandom.values(RereadTests.rows * RereadTests.columns, seed: 1)
    for row in [0, 77, 199_999] { values[row * RereadTests.columns + 5] = .nan }
    place.write(npyFile(values, columns: RereadTests.columns), to: "p.npy")
    let command =
      ["fit", "p.npy", "-k", "3", "--max-iterations", "2", "--on-invalid", "mean", "--json"]
      + ["--centroids", "c.npy", "--model", "m", "--append-labels", "all.npy"]
    func outputs() throws -> [[UInt8]] {
      try ["c.npy", "m", "all.npy"].map { try place.bytes($0) }
    }
    let inMemory = try place.run(Program.kmeans, command)
    #expect(inMemory.status == 0, "\(inMemory.errors)")
    let expected = try outputs()
    let outcome = try place.run(Program.kmeans, command + RereadTests.memory)
    #expect(outcome.text.contains(#""reread":true"#) && outcome.text.contains(#""filledValues":3"#))
    #expect(outcome.errors.contains("p.npy: column 6: 3 values are missing, the mean "))
    #expect(try outputs() == expected)
  }

  @Test func `convert writes the means`() throws {
    let place = place()
    let outcome = try place.kmeans("convert", "t.csv", "o.csv", "--on-invalid", "mean", "--json")
    let object = try ReportTests.object(outcome, notes: Self.notes)
    #expect(object["filledValues"] as? Int == 3)
    #expect(
      try place.text("o.csv") == "x,y\n1.0,2.0\n1.5,5.0\n5.625,2.0\n10.0,11.0\n10.0,5.0\n")
    let piped = try place.shell("cat t.csv | \"$KMEANS\" convert - p.csv --on-invalid mean")
    #expect(piped.status == 64)
    #expect(
      piped.errors
        == "kmeans: standard input: the means of columns take reading twice, which a pipe does not "
        + "allow: expected a file, or --on-invalid skip\n")
  }

  @Test(
    arguments: [
      Wrong(
        "fit e.csv -k 1 --columns x,y --on-invalid mean",
        "e.csv: column 'y' has no value to take a mean of: --exclude y leaves it out"),
      Wrong(
        "fit x.csv -k 1 --on-invalid mean --quiet",
        "x.csv: line 3, column 1: expected a number for 'x', found 'z', where 2 of 3 fields are "
          + "numbers; --max-bad-rows N leaves such rows out, --exclude x leaves the column out"),
      Wrong(
        "fit i.csv -k 1 --on-invalid mean",
        "i.csv: line 3, column 2: expected a finite number for 'y', found 'inf' (--max-bad-rows N "
          + "leaves such rows out)"),
      Wrong(
        "fit t.csv -k 1",
        "t.csv: line 3, column 2: expected a number for 'y', found an empty field (--on-invalid skip "
          + "leaves such rows out, --on-invalid mean takes the column's mean)"),
    ])
  func `what has no mean`(_ wrong: Wrong) throws {
    let place = place()
    place.write("x,y\n1,\n2,NA\n", to: "e.csv")
    place.write("x,y\n1,2\nz,3\n4,5\n", to: "x.csv")
    place.write("x,y\n1,2\n3,inf\n4,\n", to: "i.csv")
    try wrong.check(in: place)
  }
}
