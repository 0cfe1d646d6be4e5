import Testing

/// First lines that hold names, or do not: `--header`.
@Suite struct HeaderOptionTests {
  static let table = "None,1\n3,4\n5,6\n"

  @Test func `a first line of text and numbers is asked for`() throws {
    let place = Workplace()
    place.write(Self.table, to: "h.csv")
    let problem =
      "line 1: it may hold names or be a row: 'None' stands over a column of numbers, but '1' in "
      + "column 2 is a number: --header yes takes the line for names, --header no for a row"
    for command in [
      "fit h.csv -k 2", "assign h.csv --centroids c.csv", "stream h.csv -k 2", "onepass h.csv -k 2",
      "elbow h.csv -k 1-2", "evaluate h.csv --labels l.csv", "convert h.csv o.npy", "info h.csv",
    ] {
      place.write("1,2\n3,4\n", to: "c.csv")
      place.write("0\n1\n", to: "l.csv")
      try place.expectFailure(65, "h.csv: \(problem)", command)
      try place.expectFailure(65, "h.csv: \(problem)", "\(command) --on-invalid skip")
    }
  }

  @Test func `a row that is left out has a label, too`() throws {
    let place = Workplace()
    place.write(Self.table, to: "h.csv")
    let outcome = try place.kmeans(
      "fit", "h.csv", "-k", "2", "--header", "no", "--on-invalid", "skip", "--labels", "-",
      "--append-labels", "out.csv", "--quiet")
    #expect(outcome.status == 0 && outcome.text == "-1\n1\n0\n")
    #expect(try place.text("out.csv") == "None,1,-1\n3,4,1\n5,6,0\n")
    let named = try place.kmeans(
      "fit", "h.csv", "-k", "2", "--header", "yes", "--labels", "-", "--append-labels", "out.csv",
      "--quiet")
    #expect(named.status == 0 && named.text == "1\n0\n")
    #expect(try place.text("out.csv") == "None,1,cluster\n3,4,1\n5,6,0\n")
  }

  @Test func `a header of numbers is a row unless it is said, and that is noted`() throws {
    let place = Workplace()
    place.write("0,1,2\n5.5,6,7\n8,9,10\n", to: "p.csv")
    let row = try place.kmeans("convert", "p.csv", "o.csv", "--json")
    #expect(
      row.errors
        == "p.csv: line 1 looks like names (0,1,2) and is taken for a row (--header yes takes it for "
        + "names)\n")
    #expect(try place.text("o.csv") == "0.0,1.0,2.0\n5.5,6.0,7.0\n8.0,9.0,10.0\n")
    let named = try place.kmeans("convert", "p.csv", "o.csv", "--json", "--header", "yes")
    #expect(named.errors == "")
    #expect(try place.text("o.csv") == "0,1,2\n5.5,6.0,7.0\n8.0,9.0,10.0\n")
    #expect(try place.kmeans("fit", "p.csv", "-k", "3", "--quiet").errors == "")
  }

  @Test func `true labels may have a header`() throws {
    let place = Workplace.withSample()
    place.write("kind\nup\nup\ndown\ndown\n", to: "y.csv")
    let command = "evaluate a.csv --centroids start.npy --labels-true y.csv --json"
    try place.expectFailure(
      65,
      "y.csv: 5 true labels for 4 points, expected one each; --header yes takes the first for a "
        + "name", command)
    let outcome = try place.run(
      Program.kmeans, (command + " --header yes").split(separator: " ").map(String.init))
    #expect(outcome.status == 0 && outcome.text.contains("\"adjustedRand\":1"), "\(outcome.text)")
  }

  @Test func `what decides the columns does not depend on when it comes`() throws {
    let place = Workplace()
    let lines = (1...2000).map { $0 == 501 ? "4,None,6\n" : "\($0),2,3.5\n" }
    place.write(lines.joined(), to: "r.csv")
    let problem =
      "line 501, column 2: expected a number, found 'None', where 999 of 1000 fields are numbers; "
      + "--on-invalid skip leaves such rows out, --exclude 2 leaves the column out\n"
    for command in ["fit - -k 1", "onepass - -k 1"] {
      for script in [
        "cat r.csv | \"$KMEANS\" \(command)", "\"$KMEANS\" \(command) < r.csv",
        "(head -n 3 r.csv; sleep 0.3; tail -n +4 r.csv) | \"$KMEANS\" \(command)",
      ] {
        let outcome = try place.shell(script)
        #expect(outcome.errors == "kmeans: standard input: \(problem)" && outcome.status == 65)
        let skipping = try place.shell(
          script.replacing(command, with: "\(command) --on-invalid skip --json --quiet"))
        #expect(skipping.status == 0 && skipping.errors == "")
        #expect(skipping.text.contains("\"dimension\":3") && skipping.text.contains("1999"))
      }
    }
  }

  @Test func `a live stream begins with its first row`() throws {
    let place = Workplace()
    place.write("x,y\n1,2\n", to: "head.csv")
    let outcome = try place.shell(
      "(cat head.csv; sleep 0.5; echo 3,soon; echo 5,6) | \"$KMEANS\" stream - -k 1 --first-rows 1 "
        + "--interval 100ms")
    #expect(outcome.text.hasPrefix("batch 1: 1 point, "))
    #expect(
      outcome.errors
        == "kmeans: standard input: line 3, column 2: expected a number for 'y', found 'soon' "
        + "(--on-invalid skip leaves such rows out)\n")
    #expect(outcome.status == 65)
  }

  @Test func `a column that begins empty is named`() throws {
    let place = Workplace()
    place.write("a,b\n" + (1...1000).map { "\($0),\n" }.joined() + "1,2\n", to: "p.csv")
    let outcome = try place.kmeans("convert", "p.csv", "o.npy")
    #expect(
      outcome.errors
        == "p.csv: 1 of 2 columns is numeric: 'a'\n"
        + "p.csv: column 'b' has no number in the first 999 rows: left out\n")
  }

  @Test func `a blank line of one column has the label of a row that is left out`() throws {
    let place = Workplace()
    place.write("x\n1\n\n3\n4\n\n", to: "p.csv")
    place.write("1\n3\n", to: "c.csv")
    try place.expectFailure(
      65,
      "p.csv: line 3, column 1: expected a number for 'x', found an empty field (--on-invalid skip "
        + "leaves such rows out)",
      "assign p.csv --centroids c.csv")
    let outcome = try place.kmeans(
      "assign", "p.csv", "--centroids", "c.csv", "--on-invalid", "skip", "--labels", "-",
      "--append-labels", "o.csv", "--quiet")
    #expect(outcome.text == "0\n-1\n1\n1\n" && outcome.status == 0)
    #expect(try place.text("o.csv") == "x,cluster\n1,0\n,-1\n3,1\n4,1\n\n")
  }
}
