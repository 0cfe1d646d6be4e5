import Testing

/// `--delimiter`, `--comment` and `--decimal`.
@Suite struct TextFormatOptionTests {
  /// The sample, written otherwise, and the options that read it.
  static let texts = [
    ("x:y\n1:2\n1.5:2\n10:11\n10:12\n", "--delimiter :"),
    ("x y\n1 2\n 1.5  2\n10 \t11\n10 12\n", "--delimiter space"),
    ("% c,d\nx,y\n1,2\n% \"\n1.5,2\n10,11\n10,12\n", "--comment %"),
    ("x;y\n1;2\n1,5;2\n10;11,0\n10;12\n", "--decimal ,"),
    ("#\nx/y\n1/2\n1,5/2\n10/11\n10/12\n", "--decimal , --delimiter / --comment #"),
    ("x|y\n1|2\n1.5|2\n10|11\n10|12\n", ""), ("1 2\n1.5 2\n10 11\n10 12\n", "--quiet"),
  ]

  @Test(arguments: texts) func `other texts read like csv`(_ text: String, _ options: String) throws
  {
    let place = Workplace.withSample()
    place.write(text, to: "t.txt")
    let words = options.split(separator: " ").map(String.init)
    let command = ["fit", "t.txt", "-k", "2", "--init", "start.npy", "--labels", "-"]
    let outcome = try place.run(Program.kmeans, command + words)
    #expect(outcome.text == Sample.labels && outcome.status == 0, "\(outcome.errors)")
    let piped = try place.shell(
      "cat t.txt | \"$KMEANS\" convert - - \(words.map { "'\($0)'" }.joined(separator: " "))")
    #expect(piped.text.hasSuffix("1.0,2.0\n1.5,2.0\n10.0,11.0\n10.0,12.0\n"), "\(piped.errors)")
  }

  @Test func `a model remembers what was said`() throws {
    let place = Workplace.withSample()
    place.write(Self.texts[4].0, to: "t.txt")
    let words = Self.texts[4].1.split(separator: " ").map(String.init)
    let command = ["fit", "t.txt", "-k", "2", "--init", "start.npy", "--model", "m", "--quiet"]
    #expect(try place.run(Program.kmeans, command + words).status == 0)
    #expect(
      try place.kmeans("info", "m").text.contains(
        "delimiter        /\ndecimal          ,\ncomment          #\n"))
    #expect(try place.kmeans("assign", "t.txt", "--model", "m").text == Sample.labels)
    // A file that is plainly written otherwise is read as it is.
    #expect(try place.kmeans("assign", "a.csv", "--model", "m").text == Sample.labels)
    place.write("x\ty\n1,5\t2\n", to: "u.txt")
    #expect(try place.kmeans("assign", "u.txt", "--model", "m").text == "0\n")
    try place.kmeans("fit", "a.csv", "-k", "2", "--model", "n", "--quiet")
    #expect(try !place.kmeans("info", "n").text.contains("delimiter"))
  }

  @Test func `labels are appended in the file's own style`() throws {
    for (text, options, expected) in [
      (
        "# a\nx|y\n1|2\n\n# b\n10|11\n# c\n", "--comment #",
        "# a\nx|y|cluster\n1|2|0\n\n# b\n10|11|1\n# c\n"
      ),
      ("x y\n1  2\n10 11 \n", "--delimiter space", "x y cluster\n1  2 0\n10 11  1\n"),
      ("x;y\n1,5;2\n10;11\n", "--decimal ,", "x;y;cluster\n1,5;2;0\n10;11;1\n"),
      ("x:y\n1:2\n10:11\n", "--delimiter :", "x:y:cluster\n1:2:0\n10:11:1\n"),
      (
        "x\n\n# a\n\n1\n#b\n\n10\n", "--comment # --on-invalid skip",
        "x,cluster\n,-1\n# a\n,-1\n1,0\n#b\n,-1\n10,1\n"
      ),
    ] {
      let place = Workplace()
      place.write(text, to: "t.csv")
      let words = options.split(separator: " ").map(String.init)
      let command = ["fit", "t.csv", "-k", "2", "--append-labels", "o.csv", "--quiet"]
      let outcome = try place.run(Program.kmeans, command + words)
      #expect(outcome.status == 0, "\(outcome.errors)")
      // Which cluster comes first is not the matter here.
      let found = try place.text("o.csv")
      #expect(found == expected || Self.swapLabels(found) == expected, "\(found)")
    }
    let place = Workplace()
    place.write("x y\n1,5  \"2\"\n10 11 \n", to: "t.csv")
    let outcome = try place.kmeans(
      "fit", "t.csv", "-k", "1", "--delimiter", "space", "--decimal", ",", "--append-labels",
      "o.tsv",
      "--quiet")
    #expect(outcome.status == 0)
    #expect(try place.text("o.tsv") == "x\ty\tcluster\n1,5\t\"2\"\t0\n10\t11\t0\n")
  }

  /// The same with the labels 0 and 1 at the ends of lines swapped.
  private static func swapLabels(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.count > 2, let last = line.last, last == "0" || last == "1",
        !line.hasSuffix("-1"), !line.hasPrefix("#")
      else { return String(line) }
      return line.dropLast() + (last == "0" ? "1" : "0")
    }.joined(separator: "\n")
  }

  @Test(
    arguments: [
      Wrong(
        "fit a.csv -k 2 --delimiter ab",
        "The value 'ab' is invalid for '--delimiter <CHAR>': expected one character that is no letter, "
          + "digit, quote, sign or point, or one of comma, semicolon, tab, pipe, space; see "
          + "'kmeans fit --help'", 64),
      Wrong(
        "fit a.csv -k 2 --comment 5",
        "The value '5' is invalid for '--comment <CHAR>': expected one character that is no letter, "
          + "digit, quote, sign, point or blank, such as '#'; see 'kmeans fit --help'", 64),
      Wrong(
        "fit a.csv -k 2 --decimal ;",
        "The value ';' is invalid for '--decimal <.|,>': expected . or ,; see 'kmeans fit --help'",
        64),
      Wrong(
        "fit a.csv -k 2 --decimal , --delimiter comma",
        "--decimal , and --delimiter ,: expected another delimiter; see 'kmeans fit --help'", 64),
      Wrong(
        "fit a.npy -k 2 --comment #",
        "a.npy: --delimiter, --decimal and --comment are for csv and tsv, found npy", 64),
      Wrong(
        "fit a.csv -k 2 --comment ,",
        "a.csv: ',' stands between fields: expected another --comment",
        64),
      Wrong(
        "fit c.csv -k 2",
        "c.csv: line 2: 2 fields, expected 1 as in line 1, which begins with #: --comment '#' passes "
          + "such lines over"),
      Wrong(
        "fit d.csv -k 2",
        "d.csv: line 3: 1 field, expected 2 as in line 1; it begins with #: --comment '#' passes such "
          + "lines over"),
      Wrong(
        "fit e.csv -k 2",
        "e.csv: line 3, column 1: expected a number, found '# c', where 2 of 3 fields are numbers; "
          + "--comment '#' passes such lines over"),
      Wrong(
        "fit p.csv -k 2",
        "p.csv: line 2, column 1: expected a number with a decimal point for 'x', found '1,5'; "
          + "--decimal , reads decimal commas"),
      Wrong(
        "fit g.csv -k 2 --decimal , --quiet",
        "g.csv: line 3, column 1: expected a number with a decimal comma and no points between digits "
          + "for 'x', found '1.234,5' (--on-invalid skip leaves such rows out)"),
    ])
  func `what cannot be`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.write("# c\n1,2\n", to: "c.csv")
    place.write("1,2\n3,4\n# c\n", to: "d.csv")
    place.write("1\n2\n# c\n", to: "e.csv")
    place.write("x;y\n1,5;2\n2,5;3\n", to: "p.csv")
    let rows = (0..<1100).map { "\($0),5;1\n" }.joined()
    place.write("x;y\n\(rows)".replacing("\n1,5;1\n", with: "\n1.234,5;1\n"), to: "g.csv")
    if wrong.command.hasPrefix("fit g.csv") {
      // Within the sample the column is told to be mixed; behind it the row is refused alone.
      place.write("x;y\n\(rows)1.234,5;1\n", to: "g.csv")
      let line = wrong.line.replacing("line 3", with: "line 1102")
      return try place.expectFailure(wrong.status, line, wrong.command)
    }
    try wrong.check(in: place)
  }

  @Test func `a decimal comma of the model is told`() throws {
    let place = Workplace()
    place.write("a;b\n1,5;2,5\n3,5;4,5\n", to: "comma.csv")
    place.write("a;b\n1.5;2.5\n3.5;4.5\n", to: "point.csv")
    try place.kmeans("fit", "comma.csv", "-k", "1", "--decimal", ",", "--model", "m", "--quiet")
    #expect(try place.kmeans("assign", "comma.csv", "--model", "m", "--quiet").text == "0\n0\n")
    try place.expectFailure(
      65,
      "point.csv: line 2, column 1: expected a number with a decimal comma and no points between "
        + "digits for 'a', found '1.5' (the model or the first file has decimal commas; --decimal . "
        + "reads points)", "assign point.csv --model m")
    #expect(
      try place.kmeans("assign", "point.csv", "--model", "m", "--decimal", ".", "--quiet").text
        == "0\n0\n")
  }
}
