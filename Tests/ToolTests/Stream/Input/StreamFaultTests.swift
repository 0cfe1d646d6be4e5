import Foundation
import Testing

/// What is said of times that are none, of means, and of rows before there are centroids.
@Suite struct StreamFaultTests {
  private static let times = """
    t,x
    2026-11-21T09:30:00Z,1
    2026-11-21T09:30:01.5Z,2
    soon,3
    2027-11-21T09:30:00Z,4
    ,5
    2026-11-21T09:30:02Z,9

    """
  private static let options = "-k 1 --first-rows 1 --time-column t --half-life 10s"

  @Test func `times that are none, and dates too far ahead`() throws {
    let place = Workplace.withStream()
    place.write(Self.times, to: "t.csv")
    let outcome = try place.stream("t.csv \(Self.options) --on-invalid skip --metrics m.jsonl")
    let jump =
      "line 5: the time 2027-11-21T09:30:00Z is more than 100.0 half-lives after "
      + "2026-11-21T09:30:01.5Z, the latest before it"
    #expect(
      outcome.errors == """
        t.csv: 1 of 2 columns is numeric: 'x'
        t.csv: 1 row is left out, for its time is too far after the latest before: 4 (rows count from 1); \
        the first: \(jump) (--max-time-jump)
        t.csv: 2 rows are left out, for their time is missing or no time: 3, 5 (rows count from 1); the \
        first: line 4, column 1: expected a time, in seconds or such as 2026-11-21T09:30:00Z, found 'soon'

        """)
    #expect(outcome.text.contains(", half-life 10s, clock at 2026-11-21T09:30:02Z\n"))
    #expect(
      outcome.text.contains("2 with a time that is missing or no time (the first: t.csv: line 4"))
    #expect(try place.text("m.jsonl").contains("\"timeJump\":1,\"time\":2}"))
    // The limit names the last of them.
    try place.expectFailure(
      65,
      "t.csv: 2 of 6 rows are left out, expected at most 1 (--max-bad-rows); the last: line 6, column 1: "
        + "expected a time, in seconds or such as 2026-11-21T09:30:00Z, found an empty field",
      "stream t.csv \(Self.options) --on-invalid skip --max-bad-rows 1 --quiet")
    // Without the bad ones, and without leaving rows out.
    place.write(
      Self.times.replacing("soon,3\n", with: "").replacing("\n,5", with: ""), to: "t.csv")
    try place.expectFailure(
      65,
      "t.csv: \(jump.replacing("line 5", with: "line 4")): that would erase the model; "
        + "--max-time-jump N allows more half-lives", "stream t.csv \(Self.options) --quiet")
  }

  @Test func `a time that is none in a binary file`() throws {
    let place = Workplace.withStream()
    place.write(npyFile([0, 1, .nan, 2, 1, 3] as [Double], columns: 2), to: "t.npy")
    let outcome = try place.stream(
      "t.npy -k 1 --first-rows 1 --time-column 1 --half-life 10 --on-invalid skip")
    #expect(
      outcome.errors.contains(
        "t.npy: 1 row is left out, for its time is missing or no time: 2 (rows count from 1)\n"))
  }

  @Test func `missing values are told of each file`() throws {
    let place = Workplace.withStream()
    place.write("x,y\n1,2\nNA,3\n10,11\n,\n", to: "m.csv")
    place.write("y,x\nNA,1\nNA,4\n", to: "n.csv")
    let command = "m.csv n.csv m.csv -k 2 --first-rows 2 --on-invalid mean"
    let outcome = try place.stream(command)
    let first = """
      m.csv: column 'x': 2 values are missing, the mean 5.5 is taken
      m.csv: column 'y': 1 value is missing, the mean 5.33333 is taken

      """
    #expect(
      outcome.errors
        == "\(first)n.csv: column 'y': 2 values are missing, the mean 5.33333 is taken\n\(first)"
        + "m.csv: the means are those of the 4 rows of the first batch\n")
    let object = try ReportTests.object(place.stream("\(command) --json --quiet"))
    #expect(object["filledValues"] as? Int == 8)
  }

  @Test func `rows before there are centroids`() throws {
    let place = Workplace.withStream()
    let command = "a.csv a.csv a.csv -k 2 --first-rows 8"
    let outcome = try place.stream("\(command) --predictions p.csv")
    #expect(
      outcome.errors
        == "--predictions p.csv: rows get the label -1 until there are centroids; --init MODEL, of a fit "
        + "or of an earlier stream, has some from the first row on\n")
    #expect(try place.stream(command).errors == "")
    #expect(
      try !place.stream("a.csv -k 2 --init start.npy --predictions q.csv").errors.contains(
        "label -1"))
  }
}
