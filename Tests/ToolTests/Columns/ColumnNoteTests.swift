import Testing

/// Notes on columns that may not be meant to be clustered: ids, and one that outweighs all others.
@Suite struct ColumnNoteTests {
  /// Two columns of about the same variance, behind one that a closure makes of the row.
  private func table(_ name: String, rows: Int = 120, _ first: (Int) -> Any) -> String {
    "\(name),x,y\n"
      + (0..<rows).map { "\(first($0)),\($0 % 7).5,\($0 * 5 % 11).25\n" }.joined()
  }

  private func notes(_ text: String, _ command: String) throws -> String {
    let place = Workplace()
    place.write(text, to: "p.csv")
    let outcome = try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.errors
  }

  private static let words = "holds a different whole number in each row, as ids do: --exclude"

  @Test(arguments: ["fit p.csv -k 2 --json", "elbow p.csv -k 1-2 --json"])
  func `ids are named`(_ command: String) throws {
    let row = "p.csv: column 'row' \(Self.words) row leaves it out\n"
    #expect(try notes(table("row") { $0 + 1 }, command) == row)
    let id = "p.csv: column 'customerID' \(Self.words) customerID leaves it out\n"
    let ids = table("customerID") { $0 * 7919 % 100_003 }
    #expect(try notes(ids, command) == id)
    // Where the columns are listed, or the id is left out, nothing is said of it.
    #expect(!(try notes(ids, "\(command) --columns 1-").contains("ids do")))
    #expect(!(try notes(ids, "\(command) --exclude 1").contains("ids do")))
    #expect(try notes(ids, "\(command) --quiet") == "")
  }

  @Test func `names that a shell would split are in quotes`() throws {
    #expect(
      try notes(table("\"row, of 'all'\"") { $0 }, "fit p.csv -k 2 --json")
        == "p.csv: column 'row, of 'all'' \(Self.words) '\"row, of '\\''all'\\''\"' leaves it out\n"
    )
    let bare = table("") { $0 }.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(
      try notes(bare, "fit p.csv -k 2 --json") == "p.csv: column 1 \(Self.words) 1 leaves it out\n")
  }

  @Test func `one pass looks at the first rows`() throws {
    #expect(
      try notes(table("row") { $0 }, "onepass p.csv -k 2 --json")
        == "p.csv: column 'row' holds a different whole number in each of the first 120 rows, as ids "
        + "do: --exclude row leaves it out\n")
  }

  @Test func `what is no id`() throws {
    let command = "fit p.csv -k 2 --standardize --json"
    // Fractions, one number twice, distinct numbers under another name, few rows.
    #expect(try notes(table("id") { Double($0) + 0.5 }, command) == "")
    #expect(try notes(table("id") { $0 == 119 ? 3 : $0 }, command) == "")
    #expect(try notes(table("price") { $0 * 7919 % 100_003 }, command) == "")
    #expect(try notes(table("id", rows: 99) { $0 }, command) == "")
    // Where all columns look so, they are the data.
    let counts = "id,x\n" + (1...120).map { "\($0),\($0 + 5)\n" }.joined()
    #expect(try notes(counts, command) == "")
  }

  @Test func `a column with nearly all of the variance is named`() throws {
    let income = table("income") { $0 % 13 * 1000 }
    let note =
      #/p.csv: column 'income' has 99\.9 % of the variance: --standardize gives all columns the same\n/#
    for command in ["fit p.csv -k 2 --json", "elbow p.csv -k 1-2 --json"] {
      #expect(try notes(income, command).wholeMatch(of: note) != nil)
      #expect(try notes(income, "\(command) --columns x,1").contains(note))
      for options in [
        "--standardize", "--distance cosine --exclude income", "--exclude income", "--quiet",
      ] {
        #expect(!(try notes(income, "\(command) \(options)").contains("variance")), "\(options)")
      }
    }
    // Nine tenths are not so much, and beside constants there is nothing to weigh.
    #expect(try notes(table("z") { $0 % 7 * 3 }, "fit p.csv -k 2 --json") == "")
    #expect(
      try notes("a,b\n" + (0..<20).map { "\($0 % 5),7\n" }.joined(), "fit p.csv -k 2 --json") == "")
  }
}
