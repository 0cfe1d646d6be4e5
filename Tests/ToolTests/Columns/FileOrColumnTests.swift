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

  /// One column of a file that has several, chosen by its name.
  private static func withSides() -> Workplace {
    let place = Workplace.withSample()
    let text = "row,weight,label,kind\n1,1,0,u\n2,3,0,u\n3,1,1,v\n4,1,1,v\n"
    place.write(text, to: "s.csv")
    place.write(text, to: "a:b.csv")
    return place
  }

  @Test(arguments: ["s.csv:weight", "a:b.csv:weight", "s.csv:2", "./s.csv:weight"])
  func `weights are a column of a file`(_ weights: String) throws {
    let outcome = try Self.withSides().kmeans(
      "fit", "a.npy", "-k", "2", "--init", "start.npy", "--point-weights", weights, "--json")
    #expect(outcome.text.contains("\"clusterWeights\":[4,2]"), "\(outcome.errors)")
  }

  @Test func `labels and classes are columns of a file`() throws {
    let outcome = try Self.withSides().kmeans(
      "evaluate", "a.npy", "--labels", "s.csv:label", "--labels-true", "a:b.csv:kind", "--json")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.text.contains("\"adjustedRand\":1,"))
    #expect(outcome.text.contains("\"classes\":[\"u\",\"v\"],\"counts\":[[2,0],[0,2]]"))
  }

  @Test(arguments: [
    Wrong(
      "fit a.npy -k 2 --point-weights s.csv:weigth",
      "s.csv: there is no column 'weigth' among 'row', 'weight', 'label', 'kind': did you mean "
        + "'weight'?", 64),
    Wrong(
      "evaluate a.npy --labels s.csv:lable",
      "s.csv: there is no column 'lable' among 'row', 'weight', 'label', 'kind': did you mean "
        + "'label'?", 64),
    Wrong(
      "evaluate a.npy --labels s.csv:label --labels-true s.csv:kinds",
      "s.csv: there is no column 'kinds' among 'row', 'weight', 'label', 'kind': did you mean "
        + "'kind'?", 64),
    Wrong(
      "fit a.npy -k 2 --point-weights s.csv",
      "s.csv: 3 columns, expected one weight a row; FILE:COLUMN takes one of them"),
    Wrong(
      "evaluate a.npy --labels s.csv:kind",
      "s.csv: line 2, column 4: expected a number for 'kind', found 'u'"),
    Wrong(
      "fit a.npy -k 2 --point-weights no.csv:weight",
      "no.csv: cannot open: No such file or directory", 74),
    Wrong(
      "evaluate a.npy --labels no.csv:label", "no.csv: cannot open: No such file or directory", 74),
    Wrong(
      "fit a.csv -k 2 --point-weights a:b",
      "a.csv: there is no column 'a:b' to take weights from, nor a file of that name", 64),
  ])
  func `what cannot be`(_ wrong: Wrong) throws { try wrong.check(in: Self.withSides()) }

  @Test func `a column of the input may have a colon, too`() throws {
    let place = Workplace()
    place.write("x,w:1\n1,1\n2,3\n", to: "p.csv")
    let outcome = try place.kmeans("fit", "p.csv", "-k", "1", "--point-weights", "w:1", "--json")
    #expect(outcome.text.contains("\"clusterWeights\":[4]"), "\(outcome.errors)")
  }
}
