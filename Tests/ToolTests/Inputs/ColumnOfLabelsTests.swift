import Testing

/// Labels as a column of the input, and notes on columns that are taken for what they may not be.
@Suite struct ColumnOfLabelsTests {
  @Test func `labels that were appended are evaluated by their column`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.csv", "-k", "2", "--append-labels", "l.csv", "--quiet")
    let found = try place.kmeans("evaluate", "l.csv", "--labels", "cluster", "--json", "--quiet")
    #expect(found.status == 0, "\(found.errors)")
    let report = try ReportTests.object(found)
    #expect(report["dimension"] as? Int == 2)
    #expect(report["inertia"] as? Double == 0.625)
    // With the same column for classes, too, as a number.
    let both = try place.kmeans(
      "evaluate", "l.csv", "--labels", "3", "--labels-true", "cluster", "--json", "--quiet")
    #expect(both.status == 0, "\(both.errors)")
  }

  @Test(
    arguments: [
      Wrong(
        "evaluate t.csv --labels kind",
        "t.csv: column kind: row 2: expected a whole number from -1 to 2147483647, found 'b' "
          + "(rows count from 1)"),
      Wrong(
        "evaluate t.csv --labels z",
        "t.csv: there is no column 'z' among 'x', 'kind' (nor is there such a file)", 64),
      Wrong(
        "evaluate - --labels kind",
        "--labels kind: expected a file, for the standard input cannot be read twice", 64),
    ])
  func `refused`(_ wrong: Wrong) throws {
    let place = Workplace()
    place.write("x,kind\n1,0\n2,b\n", to: "t.csv")
    try wrong.check(in: place)
  }

  @Test func `labels of an earlier run are told`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.csv", "-k", "2", "--append-labels", "l.csv", "--quiet")
    let note =
      "l.csv: column 'cluster' looks like labels of an earlier run: --exclude cluster leaves it out\n"
    #expect(try place.kmeans("fit", "l.csv", "-k", "2").errors == note)
    let without = try place.kmeans("fit", "l.csv", "-k", "2", "--exclude", "cluster")
    #expect(without.errors == "l.csv: 2 of 3 columns are selected: 'x', 'y'\n")
    place.write("x,cluster\n1,0.5\n2,1\n", to: "real.csv")
    #expect(try place.kmeans("fit", "real.csv", "-k", "1").errors == "")
  }

  @Test func `a model of an npy knows no names`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.npy", "-k", "2", "--model", "m", "--quiet")
    let outcome = try place.kmeans("assign", "a.csv", "--model", "m", "--json")
    #expect(
      outcome.errors == "a.csv: m knows no names of columns; 'x', 'y' are taken in this order\n")
  }

  @Test func `centroids with names choose the columns that a fit starts with`() throws {
    let place = Workplace()
    place.write("id,y,x\n1,2,1\n2,2,1.5\n3,11,10\n4,12,10\n", to: "t.csv")
    place.write("x,y\n1,2\n10,11\n", to: "c.csv")
    let fit = try place.kmeans(
      "fit", "t.csv", "-k", "2", "--init", "c.csv", "--centroids", "out.csv", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(try place.text("out.csv", under: "x,y") == Sample.centroids)
    try place.expectFailure(
      65, "a.csv: there is no column 'y' among 'x', 'z', expected 'x', 'y' as in c.csv",
      ["fit", "a.csv", "-k", "2", "--init", "c.csv"].map { $0 }, with: ("x,z\n1,2\n3,4\n", "a.csv"))
  }

  @Test func `rows with labels as numbers leave out what was not clustered`() throws {
    let place = Workplace()
    place.write("name,x\na,1\nb,2\n", to: "t.csv")
    let outcome = try place.kmeans("fit", "t.csv", "-k", "1", "--append-labels", "o.npy")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains(
        "--append-labels o.npy: only the columns that are clustered are written before the labels, "
          + "1 of 2; a name in .csv keeps all of them\n"), "\(outcome.errors)")
  }

  @Test func `a model in a pipe`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.npy", "-k", "2", "--model", "m", "--quiet")
    let outcome = try place.shell(
      "mkfifo p; cat m >p & \"$KMEANS\" assign a.csv --model p; s=$?; kill $!; exit $s")
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.hasPrefix(
        "kmeans: p: a model is read from a file, not from a pipe: expected the name of a file\n"))
  }
}

extension Workplace {
  /// The same with a file that is written first.
  fileprivate func expectFailure(
    _ status: Int32, _ line: String, _ words: [String], with file: (text: String, name: String)
  ) throws {
    write(file.text, to: file.name)
    try expectFailure(status, line, words)
  }
}
