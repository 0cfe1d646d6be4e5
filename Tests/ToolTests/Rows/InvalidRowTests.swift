import Testing

/// `--on-invalid`, and the text formats of other programs.
@Suite struct InvalidRowTests {
  static let table = "x,y\n1,2\n1.5,NA\n1.5,2\n,3\n10,11\nz,1\n10,12\n"
  static let command = ["fit", "-k", "2", "--init", "start.npy", "--labels", "-", "--quiet"]

  @Test func `rows that hold no number are skipped where asked`() throws {
    let place = Workplace.withSample()
    place.write(Self.table, to: "p.csv")
    let skipped = try place.run(Program.kmeans, Self.command + ["p.csv", "--on-invalid", "skip"])
    // A label for each row of the file, so that other columns can be pasted beside it.
    #expect(skipped.text == "0\n-1\n0\n-1\n1\n-1\n1\n")
    #expect(skipped.errors == "" && skipped.status == 0)
    for option in [[], ["--on-invalid", "error"]] {
      try place.expectFailure(
        65,
        "p.csv: line 3, column 2: expected a number for 'y', found 'NA' "
          + "(--on-invalid skip leaves such rows out, --on-invalid mean takes the column's mean)",
        Self.command + ["p.csv", "--columns", "x,y"] + option)
    }
    try place.expectFailure(
      64,
      "The value 'drop' is invalid for '--on-invalid <error|skip|mean>'. Please provide one of "
        + "'error', 'skip' or 'mean'. See 'kmeans fit --help'",
      Self.command + ["p.csv", "--on-invalid", "drop"])
  }

  @Test func `NaN in a binary file is skipped where asked`() throws {
    let place = Workplace.withSample()
    var values = Sample.values
    values.insert(contentsOf: [.nan, 1, 1, -.infinity], at: 4)
    place.write(npyFile(values, columns: 2), to: "p.npy")
    let skipped = try place.run(Program.kmeans, Self.command + ["p.npy", "--on-invalid", "skip"])
    #expect(skipped.text == "0\n0\n-1\n-1\n1\n1\n" && skipped.status == 0)
    let refused = try place.run(Program.kmeans, Self.command + ["p.npy"])
    #expect(refused.status == 65)
  }

  @Test(
    arguments: [
      ("p.libsvm", "1 1:1 2:2\n0 1:1.5 2:2 # c\n\n1 1:10 2:11\n1 1:10 2:12\n"),
      ("p.svm", "1:1 2:2\n1:1.5 2:2\n1:10 2:11\n1:10 2:12"),
      ("p.spark", "[1.0,2.0]\n(2,[0,1],[1.5,2.0])\n(0.0,[10.0,11.0])\n1,10 12\n"),
    ])
  func `text of libsvm and of Spark`(_ name: String, _ text: String) throws {
    let place = Workplace.withSample()
    place.write(text, to: name)
    place.write(gzipFile(Array(text.utf8)), to: name + ".gz")
    for input in [name, name + ".gz"] {
      let outcome = try place.run(Program.kmeans, Self.command + [input])
      #expect(outcome.text == Sample.labels && outcome.status == 0)
    }
    let format = name == "p.spark" ? "spark" : "libsvm"
    let outcome = try place.shell(
      "cat \(name) | \"$KMEANS\" \(Self.command.joined(separator: " ")) - --format \(format) "
        + "--dimension 2")
    #expect(outcome.text == Sample.labels && outcome.status == 0)
  }

  @Test func `a pipe of libsvm needs a dimension`() throws {
    let place = Workplace.withSample()
    let outcome = try place.shell(
      "echo 1 1:1 | \"$KMEANS\" \(Self.command.joined(separator: " ")) - --format libsvm")
    #expect(outcome.status == 64 && outcome.text == "")
    #expect(
      outcome.errors
        == "kmeans: standard input: a pipe of libsvm is read once and does not say how long a row "
        + "is: expected --dimension D\n")
  }
}
