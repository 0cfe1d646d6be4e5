import Foundation
import Testing

/// A live feed with bad rows: they are left out, counted and told, and the stream goes on.
@Suite struct StreamMalformedTests {
  static let feed =
    "x,y\n1,2\n10,11\n1\n1,3\n\"4,5\n10,13\n1,2,3\nnan,1\n1,1e141\n10,12\n"
  static let start = "-k 2 --init start.npy --on-invalid skip"

  @Test func `bad rows of a pipe`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream(
      "- \(Self.start) --predictions p.csv --centroids c.csv", input: Self.feed)
    #expect(try place.text("c.csv", under: "x,y") == "1.0,2.5\n10.0,12.0\n")
    let labels = try place.text("p.csv").split(separator: "\n").dropFirst().map { $0.prefix(2) }
    #expect(labels == ["0,", "1,", "-1", "0,", "-1", "1,", "-1", "-1", "-1", "1,"])
    #expect(
      outcome.errors.contains(
        "standard input: 3 rows are left out, for they are malformed: 3, 5, 7 (rows count from 1); the "
          + "first: line 4: 1 field, expected 2 as in line 1\n"))
    #expect(
      outcome.errors.contains(
        "standard input: 1 row is left out, for a value is beyond 1e140: 9 (rows count from 1)\n"))
    #expect(
      outcome.text.contains(
        "\n5 rows left out: 1 with a value that is missing or no finite number, 3 malformed (the first: "
          + "standard input: line 4: 1 field, expected 2 as in line 1), 1 with a value beyond 1e140\n"
      ))
  }

  /// All commands read by the same readers.
  @Test func `other commands`() throws {
    let place = Workplace.withStream()
    place.write(Self.feed, to: "f.csv")
    let labels = "0\n1\n-1\n0\n-1\n1\n-1\n-1\n-1\n1\n"
    let assigned = try place.kmeans(
      "assign", "f.csv", "--centroids", "start.npy", "--on-invalid", "skip", "--quiet")
    #expect(assigned.status == 0 && assigned.text == labels)
    let fit = try place.kmeans(
      "fit", "f.csv", "-k", "2", "--init", "start.npy", "--on-invalid", "skip", "--labels", "-",
      "--append-labels", "l.csv", "--quiet")
    #expect(fit.status == 0 && fit.text == labels)
    #expect(try place.text("l.csv").split(separator: "\n").count == 11)
    #expect(try place.text("l.csv").hasPrefix("x,y,cluster\n1,2,0\n10,11,1\n,,-1\n"))
    // Without the option it is named.
    try place.expectFailure(
      65,
      "f.csv: line 4: 1 field, expected 2 as in line 1 (--on-invalid skip leaves such rows out)",
      "fit f.csv -k 2")
    place.write("x,y\n1,2\n3,\"4\n", to: "q.csv")
    try place.expectFailure(
      65,
      "q.csv: line 3: the quote in column 2 is never closed (--on-invalid skip leaves such rows out)",
      "fit q.csv -k 1")
  }

  @Test func `too many bad rows`() throws {
    let place = Workplace.withStream()
    place.write(Self.feed, to: "f.csv")
    let outcome = try place.run(
      Program.kmeans,
      ["stream", "a.csv", "f.csv", "b.csv", "-k", "2", "--init", "start.npy", "--quiet"]
        + [
          "--on-invalid", "skip", "--max-bad-rows", "4", "--batch-size", "2", "--centroids",
          "c.csv",
        ]
    )
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "kmeans: f.csv: 5 of 9 rows are left out, expected at most 4 (--max-bad-rows); the last: row "
        + "9 (rows count from 1), where a value is too large\n")
    #expect(try place.text("c.csv", under: "x,y").split(separator: "\n").count == 2)
    try place.stream(
      "a.csv f.csv b.csv \(Self.start) --max-bad-rows 50% --centroids c.csv --quiet")
    // Over all files.
    let all = try place.run(
      Program.kmeans,
      ["stream", "f.csv", "f.csv", "-k", "2", "--init", "start.npy", "--quiet"]
        + ["--on-invalid", "skip", "--max-bad-rows", "6", "--model", "m"])
    #expect(
      all.errors
        == "kmeans: f.csv: 10 of 20 rows are left out, expected at most 6 (--max-bad-rows); the last: "
        + "f.csv: row 9 (rows count from 1), where a value is too large\n")
    #expect(all.status == 65 && place.names.contains("m"))
    try place.expectFailure(
      65,
      "f.csv: 5 of 10 rows are left out, expected at most 10 % (--max-bad-rows); the last: row 9 (rows "
        + "count from 1), where a value is too large",
      "fit f.csv -k 2 --on-invalid skip --max-bad-rows 10%")
    for (words, problem) in [
      ("--max-bad-rows 1", "--max-bad-rows: expected --on-invalid skip, which leaves rows out"),
      (
        "--on-invalid skip --max-bad-rows x",
        "expected a number of rows, or a share of them such as 1%"
      ),
    ] {
      let words = "stream a.csv -k 2 \(words)".split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 64 && outcome.errors.contains(problem), "\(outcome.errors)")
    }
  }

  /// A feed of nothing but bad rows ends, though it gives no batch.
  @Test func `nothing but bad rows`() throws {
    let place = Workplace.withStream()
    let outcome = try place.shell(
      "{ printf '1,2\\n10,11\\n1,2\\n'; yes '1,2,3'; } | \"$KMEANS\" stream - -k 2 --init start.npy "
        + "--on-invalid skip --max-bad-rows 1000 --model m --quiet")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(" rows are left out, expected at most 1000 (--max-bad-rows)"))
    #expect(place.names.contains("m"))
  }

  @Test func `times too far ahead`() throws {
    let place = Workplace.withStream()
    var text = "t,x\n0,1\n1,1\n1700000000000,9\n2,1\n"
    let command =
      "t.csv -k 1 --time-column t --half-life 10 --first-rows 1 --on-invalid skip --batch-size 2"
    place.write(text, to: "t.csv")
    let outcome = try place.stream("\(command) --centroids c.csv --predictions p.csv")
    #expect(try place.text("c.csv", under: "x") == "1.0\n")
    #expect(
      outcome.errors.contains(
        "t.csv: 1 row is left out, for its time is too far after the latest before: 3 (rows count from "
          + "1); the first: line 4: the time 1700000000000.0 is more than 100.0 half-lives after 1.0, the latest "
          + "before it (--max-time-jump)\n"))
    let labels = try place.text("p.csv").split(separator: "\n").dropFirst().map { $0.prefix(2) }
    #expect(labels == ["-1", "-1", "-1", "0,"])
    // After a pause the first rows are left out, and then the clock goes on.
    text += (0..<25).map { "\(100_000 + $0),5\n" }.joined()
    place.write(text, to: "t.csv")
    let later = try place.stream("\(command) --centroids c.csv")
    #expect(later.errors.contains("t.csv: 20 rows in a row are too far ahead"))
    #expect(later.text.contains("20 too far ahead in time"))
    #expect(later.text.contains("clock at 100024.0 seconds"))
    #expect(try place.numbers("c.csv") == [[5]])
  }

  /// The columns of all files are looked at before anything is learnt.
  @Test func `a later file without a column`() throws {
    let place = Workplace.withStream()
    place.write("x,z\n1,2\n", to: "z.csv")
    place.write("1,2,3\n4,5,6\n", to: "three.csv")
    let command = "stream a.csv b.csv z.csv -k 2 --init start.npy --model m --trace t.jsonl --quiet"
    try place.expectFailure(
      65, "z.csv: there is no column 'y' among 'x', 'z', expected 'x', 'y' as in a.csv", command)
    try place.expectFailure(
      65,
      "three.csv: points of 3 columns, expected 2 as in a.csv; --columns chooses some",
      command.replacing("z.csv", with: "three.csv"))
  }
}
