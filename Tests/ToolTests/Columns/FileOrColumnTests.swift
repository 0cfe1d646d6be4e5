import Testing

/// Options that take a file or a column say which of the two they took.
@Suite struct FileOrColumnTests {
  @Test func `a name that is a file and a column is said to be the file`() throws {
    let place = Workplace()
    place.write("x,w\n1,1\n2,3\n", to: "p.csv")
    place.write("1\n1\n", to: "w")
    place.write("x\n0\n1\n", to: "l.csv")
    for (option, command) in [
      ("--point-weights", "fit p.csv -k 1 --columns x --json"),
      ("--labels-true", "evaluate p.csv --labels l.csv --json"),
    ] {
      let words = "\(command) \(option) w".split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains(
          "\(option) w: the file of that name is taken, not the column of p.csv (2 takes that)\n"))
    }
    for (weights, center) in [("./w", "x,w\n1.5,2.0\n"), ("2", "x\n1.75\n")] {
      let outcome = try place.kmeans(
        "fit", "p.csv", "-k", "1", "--point-weights", weights, "--centroids", "c.csv")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try place.text("c.csv") == center)
    }
    place.write("x,v,v\n1,1,1\n2,3,3\n", to: "twice.csv")
    try place.expectFailure(
      64, "twice.csv: 2 columns are named 'v', 2, 3: choose by number",
      "fit twice.csv -k 1 --point-weights v")
  }
}
