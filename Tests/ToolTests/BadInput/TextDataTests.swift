import Testing

/// Text that cannot be clustered: status 65, with the line and the column.
@Suite struct TextDataTests {
  /// A file of points, of which the third is in question.
  static func table(_ field: String) -> String { "x,y\n1,2\n3,\(field)\n5,6\n" }

  static let hint = " (--on-invalid skip leaves such rows out)"
  static let missingHint =
    " (--on-invalid skip leaves such rows out, --on-invalid mean takes the column's mean)"
  /// What is advised on a field that is no number.
  static func hint(_ field: String) -> String {
    ["", "NA", "nan", "-NaN"].contains(field) ? missingHint : hint
  }

  @Test(
    arguments: [
      ("nan", "expected a finite number, found 'nan'"),
      ("-NaN", "expected a finite number, found '-NaN'"),
      ("inf", "expected a finite number, found 'inf'"),
      ("-Infinity", "expected a finite number, found '-Infinity'"),
      ("1e999", "expected a number that a 64-bit float can hold, found '1e999'"),
      ("", "expected a number, found an empty field"),
    ])
  func `a missing number`(_ field: String, _ problem: String) throws {
    let place = Workplace()
    place.write(Self.table(field), to: "p.csv")
    try place.expectFailure(
      65,
      "p.csv: line 3, column 2: \(problem.replacing(", found", with: " for 'y', found"))"
        + Self.hint(field), "fit p.csv -k 2 --labels l.csv")
  }

  /// What reads text says the same, whichever command it is, and says what is wrong with a number.
  @Test(
    arguments: [
      "fit p.csv -k 1", "assign p.csv --centroids start.npy", "stream p.csv -k 1",
      "onepass p.csv -k 1", "elbow p.csv -k 1-2", "evaluate p.csv --centroids start.npy",
      "convert p.csv o.npy",
    ],
    [
      ("", "a number", "an empty field", false), ("NA", "a number", "'NA'", false),
      ("nan", "a finite number", "'nan'", false),
      ("1e999", "a number that a 64-bit float can hold", "'1e999'", false),
      ("0x1p3", "a number in decimal digits", "'0x1p3'", true),
      ("\"1,5\"", "a number with a decimal point", "'1,5'", true),
      ("\u{2212}1", "a number with the minus sign of ASCII", "'\u{2212}1'", true),
      ("abc", "a number", "'abc'", true),
    ])
  func `the reason, in every command`(
    _ command: String, _ cell: (field: String, expected: String, found: String, isText: Bool)
  ) throws {
    let place = Workplace.withSample()
    place.write(Self.table(cell.field), to: "p.csv")
    let start =
      "kmeans: p.csv: line 3, column 2: expected \(cell.expected) for 'y', found \(cell.found)"
    // Centroids know no means.
    let hint = command.hasPrefix("assign") ? Self.hint : Self.hint(cell.field)
    for (columns, rest) in [
      (["--columns", "x,y"], hint),
      (
        [],
        cell.isText
          ? ", where 2 of 3 fields are numbers; --on-invalid skip leaves such rows out, --exclude y "
            + "leaves the column out" : hint
      ),
    ] {
      let words = command.split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words + columns)
      #expect(outcome.status == 65 && outcome.text == "")
      #expect(outcome.errors == "\(start)\(rest)\n")
    }
  }

  @Test(arguments: ["abc", "1.2.3", "1 2", "1e", "--1", "١"])
  func `text in a column that is asked for`(_ field: String) throws {
    let place = Workplace()
    place.write(Self.table(field), to: "p.csv")
    try place.expectFailure(
      65, "p.csv: line 3, column 2: expected a number for 'y', found '\(field)'" + Self.hint,
      "fit p.csv -k 2 --columns x,y --labels l.csv --quiet")
  }

  @Test func `text behind many numbers is an error, not a column less`() throws {
    let place = Workplace()
    let rows = (0..<2000).map { "\($0),\($0)\n" }.joined()
    place.write("x,y\n\(rows)7,seven\n", to: "p.csv")
    try place.expectFailure(
      65, "p.csv: line 2002, column 2: expected a number for 'y', found 'seven'" + Self.hint,
      "fit p.csv -k 2 --labels l.csv")
  }

  @Test(
    arguments: [
      ("1,2\n3\n5,6\n", "line 2: 1 field, expected 2 as in line 1" + hint),
      ("1,2\n3,4,5\n5,6\n", "line 2: 3 fields, expected 2 as in line 1" + hint),
      ("", "no rows: the file is empty"), ("\n\n", "no rows: the file is empty"),
      ("x,y\n", "no rows after the header"),
      (
        "a,b\nc,d\n",
        "no column of numbers in the first 2 "
          + "records"
      ),
      ("1,2\n3,\"4\n5,6\n", "line 2: the quote in column 2 is never closed" + hint),
      (
        "1,2\n3,4\u{0}\n",
        "line 2: a NUL byte at byte 7 of the file; expected text (--on-invalid skip leaves such rows out)"
      ),
    ])
  func `a table that is none`(_ text: String, _ problem: String) throws {
    let place = Workplace()
    place.write(text, to: "p.csv")
    try place.expectFailure(65, "p.csv: \(problem)", "fit p.csv -k 1 --labels l.csv")
  }

  @Test func `from the standard input the same`() throws {
    try Workplace().expectFailure(
      65,
      "standard input: line 3, column 2: expected a finite number for 'y', found 'nan'"
        + Self.missingHint,
      ["fit", "-", "-k", "2", "--labels", "l.csv"], input: Array(Self.table("nan").utf8))
    try Workplace().expectFailure(
      65, "standard input: no rows: the file is empty", ["fit", "-", "-k", "2"])
  }

  @Test func `more clusters than points`() throws {
    try Workplace.withSample().expectFailure(
      65, "a.csv: 5 clusters for 4 points, expected at most as many clusters as points",
      "fit a.csv -k 5 --labels l.csv")
  }

  @Test func `a number too large for a float`() throws {
    let place = Workplace()
    place.write(Self.table("1e39"), to: "p.csv")
    try place.expectFailure(
      65,
      "p.csv: line 3, column 2: expected a number that a 32-bit float can hold for 'y', "
        + "found '1e39' (--precision double holds it)",
      "fit p.csv -k 2 --precision float --labels l.csv")
  }
}
