import Testing

/// Columns that are left out by `--exclude`, and lists with ranges and patterns.
@Suite struct ExcludeTests {
  static let table = "id,x,word,y\n7,1,p,2\n5,1.5,q,2\n9,10,r,11\n6,10,s,12\n"

  @Test(
    arguments: [
      "--exclude id", "--exclude 1", "--exclude id,word", "--exclude i*",
      "--columns 2- --exclude 3",
      "--columns x-y --exclude word", "--columns ?", "--columns x,y --exclude id-id",
    ])
  func `what is left is clustered`(_ options: String) throws {
    let place = Workplace.withSample()
    place.write(Self.table, to: "t.csv")
    let command = "fit t.csv -k 2 --init start.npy --centroids c.csv \(options)"
    let outcome = try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
    #expect(outcome.status == 0)
    #expect(outcome.errors == "t.csv: 2 of 4 columns are selected: 'x', 'y'\n")
    #expect(try place.text("c.csv", under: "x,y") == Sample.centroids)
  }

  @Test(
    arguments: [
      "assign t.csv --centroids start.npy", "stream t.csv -k 1", "onepass t.csv -k 1",
      "elbow t.csv -k 1-2", "evaluate t.csv --centroids start.npy", "convert t.csv o.npy",
      "info t.csv",
    ])
  func `every command that reads points takes it`(_ command: String) throws {
    let place = Workplace.withSample()
    place.write(Self.table, to: "t.csv")
    let words = "\(command) --exclude id --json".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let note = "2 of 4 columns are selected: 'x', 'y'"
    #expect((command.hasPrefix("info") ? outcome.text : outcome.errors).contains(note))
  }

  @Test(
    arguments: [
      Wrong(
        "fit t.csv -k 2 --exclude *",
        "t.csv: --exclude leaves no column: it takes away 'id', 'x', 'y'",
        64),
      Wrong(
        "fit t.csv -k 2 --columns x --exclude 2",
        "t.csv: --exclude leaves no column: it takes away 'x'", 64),
      Wrong(
        "fit a.npy -k 2 --exclude 1-", "a.npy: --exclude leaves no column: it takes away 1-2", 64),
      Wrong(
        "fit t.csv -k 2 --exclude ID",
        "t.csv: there is no column 'ID' among 'id', 'x', 'word', 'y': did you mean 'id'?", 64),
      Wrong(
        "fit t.csv -k 2 --exclude income",
        "t.csv: there is no column 'income' among 'id', 'x', 'word', 'y'", 64),
      Wrong(
        "fit t.csv -k 2 --columns X",
        "t.csv: there is no column 'X' among 'id', 'x', 'word', 'y': did you mean 'x'?", 64),
      Wrong(
        "fit t.csv -k 2 --quiet --point-weights Word",
        "t.csv: there is no column 'Word' to take weights from, nor a file of that name: did you "
          + "mean 'word'?", 64),
      Wrong(
        "fit t.csv -k 2 --columns z*",
        "t.csv: no column matches 'z*' among 'id', 'x', 'word', 'y'", 64),
      Wrong(
        "fit t.csv -k 2 --columns y-x",
        "t.csv: the range 'y-x' goes from column 4 back to column 2, expected 'x-y'", 64),
      Wrong(
        "fit t.csv -k 2 --columns 5-", "t.csv: there is no column 5-, the columns are 1-4", 64),
      Wrong(
        "fit twice.csv -k 1 --exclude x",
        "twice.csv: 2 columns are named 'x', 1, 3: choose by number", 64),
      Wrong(
        "fit twice.csv -k 1 --columns x",
        "twice.csv: 2 columns are named 'x', 1, 3: choose by number", 64),
    ])
  func `what cannot be`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.write(Self.table, to: "t.csv")
    place.write("x,y,x\n1,2,3\n", to: "twice.csv")
    try wrong.check(in: place)
  }

  @Test func `columns of one name are left out by number`() throws {
    let place = Workplace()
    place.write("x,y,x\n1,2,3\n", to: "twice.csv")
    let outcome = try place.kmeans("convert", "twice.csv", "o.csv", "--exclude", "3", "--quiet")
    #expect(outcome.status == 0)
    #expect(try place.text("o.csv") == "x,y\n1.0,2.0\n")
  }

  @Test func `a mark of the byte order is no part of the first name`() throws {
    let place = Workplace()
    place.write("\u{feff}" + Self.table, to: "t.csv")
    let outcome = try place.kmeans("convert", "t.csv", "o.csv", "--exclude", "id", "--quiet")
    #expect(outcome.status == 0)
    #expect(try place.text("o.csv").hasPrefix("x,y\n1.0,2.0\n"))
  }

  /// A model that was fitted without a column says which one is too many.
  @Test func `a model of many columns names the others`() throws {
    let place = Workplace()
    let names = (1...50).map { "column_\($0)" }.joined(separator: ",")
    let values = (1...50).map { "\($0)" }.joined(separator: ",")
    place.write("id,\(names)\n7,\(values)\n", to: "t.csv")
    try place.kmeans("fit", "t.csv", "-k", "1", "--exclude", "id", "--model", "m", "--quiet")
    #expect(try place.kmeans("assign", "t.csv", "--model", "m").status == 0)
    let outcome = try place.kmeans("assign", "t.csv", "--model", "m", "--columns", "1-51")
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasSuffix("as in m; --exclude id leaves the others out\n"))
    let chosen = try place.kmeans(
      "assign", "t.csv", "--model", "m", "--columns", "1-51", "--exclude", "id")
    #expect(chosen.status == 0)
  }

  @Test func `classes beside the points may be anywhere`() throws {
    let place = Workplace.withSample()
    place.write(Self.table, to: "t.csv")
    let outcome = try place.kmeans(
      "evaluate", "t.csv", "--centroids", "start.npy", "--labels-true", "word", "--exclude", "1,3",
      "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    try place.expectFailure(
      64,
      "t.csv: there is no column 'Word' among 'id', 'x', 'word', 'y': did you mean 'word'? (nor is "
        + "there such a file)",
      "evaluate t.csv --centroids start.npy --labels-true Word --exclude id")
  }
}
