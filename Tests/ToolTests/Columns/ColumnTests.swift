import Testing

/// Which columns are clustered, and what is said of those that are not.
@Suite struct ColumnTests {
  static let table = "name,x,word,y\na,1,p,2\nb,1.5,q,2\nc,10,r,11\nd,10,s,12\n"

  @Test(
    arguments: [
      ("numeric", "2 of 4 columns are numeric: 'x', 'y'"),
      ("x,y", "2 of 4 columns are selected: 'x', 'y'"),
      ("2,4", "2 of 4 columns are selected: 'x', 'y'"),
      ("2, y", "2 of 4 columns are selected: 'x', 'y'"),
    ])
  func `columns are chosen and named in one line`(_ columns: String, _ note: String) throws {
    let place = Workplace.withSample()
    place.write(Self.table, to: "t.csv")
    let outcome = try place.kmeans(
      "fit", "t.csv", "-k", "2", "--init", "start.npy", "--columns", columns, "--centroids", "c.csv"
    )
    #expect(outcome.status == 0)
    #expect(outcome.errors == "t.csv: \(note)\n")
    #expect(try place.text("c.csv", under: "x,y") == Sample.centroids)
  }

  @Test(arguments: ["2-3", "x,y", "x,3"]) func `a range is columns`(_ columns: String) throws {
    let place = Workplace.withSample()
    place.write("i,x,y\n7,1,2\n9,1.5,2\n8,10,11\n3,10,12\n", to: "t.csv")
    let outcome = try place.kmeans(
      "fit", "t.csv", "-k", "2", "--init", "start.npy", "--columns", columns, "--centroids", "c.csv"
    )
    #expect(outcome.errors == "t.csv: 2 of 3 columns are selected: 'x', 'y'\n")
    #expect(try place.text("c.csv", under: "x,y") == Sample.centroids)
  }

  @Test func `the order of the list is that of the centroids`() throws {
    let place = Workplace.withSample()
    place.write(npyFile([2.0, 1, 11, 10], columns: 2), to: "turned.npy")
    let outcome = try place.kmeans(
      "fit", "a.npy", "-k", "2", "--init", "turned.npy", "--columns", "2,1", "--centroids", "c.csv")
    #expect(outcome.status == 0)
    #expect(try place.text("c.csv", under: "column2,column1") == "2.0,1.25\n11.5,10.0\n")
  }

  @Test(
    arguments: [
      Wrong(
        "fit t.csv -k 2 --columns x,z",
        "t.csv: there is no column 'z' among 'name', 'x', 'word', 'y'", 64),
      Wrong("fit t.csv -k 2 --columns 5", "t.csv: there is no column 5, the columns are 1-4", 64),
      Wrong("fit t.csv -k 2 --columns 0", "t.csv: there is no column 0, the columns are 1-4", 64),
      Wrong("fit t.csv -k 2 --columns 2,x", "t.csv: column 2 is selected twice", 64),
      Wrong(
        "fit a.npy -k 2 --columns x",
        "a.npy: there is no column 'x': the columns have no names, only numbers 1-2", 64),
      Wrong(
        "fit t.csv -k 2 --columns word --quiet",
        "t.csv: line 2, column 3: expected a number for 'word', found 'p'"
          + " (--on-invalid skip leaves such rows out)"),
    ])
  func `a column that cannot be`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.write(Self.table, to: "t.csv")
    try wrong.check(in: place)
  }
}
