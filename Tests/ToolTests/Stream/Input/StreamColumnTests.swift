import Foundation
import Testing

/// Columns of times, weights and keys.
@Suite struct StreamColumnTests {
  static let text =
    "host,when,x,w\n\"a,b\",1970-01-01T00:00:10Z,1,1\n\"two\nlines\",1970-01-01T01:00:11+01:00,3,3\n"
    + "c,12,5,0\nd,1970-01-01 00:00:13.5,7,2\n"
  static let columns = "--time-column when --key-column host --point-weights w"

  static func withText() -> Workplace {
    let place = Workplace.showing(columns: 1)
    place.write(text, to: "s.csv")
    return place
  }

  @Test func `none of them is a coordinate`() throws {
    let place = Workplace.showing(columns: 1)
    // Where times are given they are those of the batches, too: one for each.
    let text = Self.text.replacing(":11+", with: ":10+").replacing(":13.5", with: ":12")
    place.write(text, to: "s.csv")
    for columns in [
      Self.columns, "--time-column 2 --key-column 1 --point-weights 4",
      "--columns x,w,when,host \(Self.columns)",
    ] {
      #expect(
        try place.batches("s.csv \(columns) --batch-size 2")
          == [
            SeenBatch(2, mean: [2.5], weight: 4), SeenBatch(2, mean: [7], weight: 2),
          ])
      #expect(
        try place.batches("- \(columns) --batch-size 2", input: text).map(\.mean)
          == [[2.5], [7]])
    }
  }

  @Test(arguments: ["s.csv", "-"]) func `predictions have the keys`(input: String) throws {
    let place = Self.withText()
    let outcome = try place.stream(
      "\(input) \(Self.columns) --batch-size 3 -k 1 --init zero.csv --predictions - --quiet",
      input: Self.text)
    let lines = outcome.text.replacing("two\nlines", with: "two lines").split(separator: "\n")
    #expect(
      lines.map { $0.prefix { $0 != "0" } } == [
        "key,label,cluster,squared_distance,margin,outlier_score,tail_probability", "\"a,b\",",
        "\"two lines\",", "c,", "d,",
      ])
  }

  /// Half of it is gone after a second: what is said in text is what is said in numbers.
  @Test func `times in text are seconds`() throws {
    let place = Self.withText()
    place.write("10,1,1\n11,3,3\n12,5,0\n13.5,7,2\n", to: "n.csv")
    place.write(
      npyFile([10, 1, 1, 11, 3, 3, 12, 5, 0, 13.5, 7, 2] as [Double], columns: 3), to: "n.npy")
    let command = "-k 1 --init zero.csv --half-life 1 --batch-size 3"
    let expected = try place.trace("s.csv \(Self.columns) \(command)")
    #expect(expected.map(\.time) == [12, 13.5])
    // Weights 1 and 3 are two seconds and one second old at 12, and 1.5 seconds older at 13.5.
    #expect(expected[0].weights == [1.75])
    for name in ["n.csv", "n.npy"] {
      #expect(
        try place.trace("\(name) --time-column 1 --point-weights 3 \(command)") == expected)
    }
  }

  /// A float knows the seconds since 1970 to two minutes.
  @Test func `times are doubles whatever the points are`() throws {
    let place = Workplace.showing(columns: 1)
    place.write("2026-11-21T09:30:00Z,1\n2026-11-21T09:30:01Z,2\n", to: "s.csv")
    place.write(
      npyFile([1_795_253_400, 1, 1_795_253_401, 2] as [Double], columns: 2), to: "s.npy")
    for name in ["s.csv", "s.npy"] {
      let lines = try place.trace(
        "\(name) --time-column 1 --precision float -k 1 --init zero.csv --half-life 1")
      #expect(lines.map(\.time) == [1_795_253_401])
      #expect(lines.map(\.weights) == [[1.5]])
    }
  }

  @Test func `what a column may not hold`() throws {
    let place = Self.withText()
    place.write("t,x,w\n1,1,1\nsoon,2,1\n", to: "t.csv")
    place.write("t,x,w\n1,1,1\n2026-02-29,2,1\n", to: "d.csv")
    place.write("t,x,w\n1,1,1\n2,2,\n", to: "w.csv")
    place.write(npyFile([1, 1, 2, 2, .nan, 3] as [Double], columns: 2), to: "t.npy")
    for (file, line) in [
      (
        "t.csv --time-column t",
        "t.csv: line 3, column 1: expected a time, in seconds or such as 2026-11-21T09:30:00Z, "
          + "found 'soon' (--on-invalid skip leaves such rows out)"
      ),
      (
        "d.csv --time-column 1",
        "d.csv: line 3, column 1: expected a time with a day from 1 to 28, found '2026-02-29'"
          + " (--on-invalid skip leaves such rows out)"
      ),
      (
        "w.csv --point-weights w",
        "w.csv: line 3, column 3: expected a number for 'w', found an empty field"
          + " (--on-invalid skip leaves such rows out)"
      ),
      (
        "t.npy --time-column 1 --batch-size 2",
        "t.npy: the time of row 3 is nan, expected a finite number (rows count from 1)"
      ),
    ] {
      try place.expectFailure(
        65, line, "stream \(file) --columns 2 -k 1 --init zero.csv --time-unit batches --quiet")
    }
    for file in ["t.csv", "d.csv"] {
      #expect(
        try place.batches("\(file) --time-column t --point-weights w --on-invalid skip").map(
          \.points)
          == [1])
    }
    #expect(try place.batches("t.npy --time-column 1 --on-invalid skip").map(\.points) == [2])
  }

  @Test func `a weight below 0 is named by its row in the file`() throws {
    let place = Workplace.showing(columns: 1)
    let text = "1,1\nNA,1\n2,1\nNA,2\n3,-1\n"
    place.write(text, to: "w.csv")
    for (input, name) in [("w.csv", "w.csv"), ("-", "standard input")] {
      let words =
        "stream \(input) -k 1 --init zero.csv --columns 1 --point-weights 2 "
        + "--on-invalid skip --batch-size 2 --quiet"
      try place.expectFailure(
        65,
        "\(name): column 2: the weight of row 5 is -1.0, expected a finite number that is not "
          + "negative", words.split(separator: " ").map(String.init), input: Array(text.utf8))
    }
  }

  @Test func `columns that are not there`() throws {
    let place = Self.withText()
    for (options, line) in [
      (
        "--time-column then",
        "s.csv: there is no column 'then' among 'host', 'when', 'x', 'w': did you mean 'when'?"
      ),
      ("--key-column 5", "s.csv: there is no column 5, the columns are 1-4"),
      (
        "--point-weights x --columns x", "s.csv: no column is left beside column 'x'"
      ),
    ] {
      try place.expectFailure(64, line, "stream s.csv \(options) -k 1 --init zero.csv")
    }
  }
}
