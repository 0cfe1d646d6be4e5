import Testing

/// `--point-weights`: a file, or a column by name or number; a weight is so many equal rows.
@Suite struct WeightTests {
  static let repeated = "1,2\n1,2\n1,2\n1.5,2\n10,11\n10,12\n10,12\n"
  static let weighted = "x,y,w\n1,2,3\n1.5,2,1\n10,11,1\n10,12,2\n"

  static func withPoints() -> Workplace {
    let place = Workplace.withSample()
    place.write(repeated, to: "repeated.csv")
    place.write(weighted, to: "weighted.csv")
    place.write(
      npyFile([1.0, 2, 3, 1.5, 2, 1, 10, 11, 1, 10, 12, 2], columns: 3), to: "weighted.npy")
    place.write("1,3,2\n1.5,1,2\n10,1,11\n10,2,12\n", to: "middle.csv")
    place.write(npyFile(bytes([3.0, 1, 1, 2]), type: "<f8", shape: "(4,)"), to: "w.npy")
    place.write("3\n1\n1\n2\n", to: "w.csv")
    return place
  }

  static func centroids(_ place: Workplace, _ command: String) throws -> (String, Double) {
    let words = "\(command) -k 2 --init start.npy --json --centroids c.csv"
    let outcome = try place.run(Program.kmeans, words.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try place.text("c.csv").drop { $0 != "\n" }.dropFirst()
    return (String(rows), try Report(outcome.output).inertia)
  }

  @Test(
    arguments: [
      "fit a.csv --point-weights w.npy", "fit a.npy --point-weights w.csv",
      "fit weighted.csv --point-weights w", "fit weighted.csv --point-weights 3",
      "fit weighted.csv --columns x,y --point-weights w",
      "fit weighted.csv --columns 1-2 --point-weights 3", "fit weighted.npy --point-weights 3",
      "fit middle.csv --point-weights 2", "fit weighted.csv --columns 1-3 --point-weights w",
      "fit weighted.csv --columns x,y,w --point-weights 3",
    ])
  func `weights are repeated rows`(_ command: String) throws {
    let place = Self.withPoints()
    let expected = try Self.centroids(place, "fit repeated.csv")
    let (centroids, inertia) = try Self.centroids(place, command)
    #expect(expected.0 == "1.125,2.0\n10.0,11.666666666666666\n")
    #expect(centroids == expected.0)
    #expect((inertia - expected.1).magnitude < 1e-12)
  }

  @Test func `a file goes before a column of the same name`() throws {
    let place = Self.withPoints()
    place.write("1\n1\n1\n1\n", to: "w")
    let (centroids, _) = try Self.centroids(
      place, "fit weighted.csv --columns x,y --point-weights w")
    #expect(centroids == Sample.centroids)
  }

  @Test(
    arguments: [
      Wrong("three.csv", "three.csv: 3 weights for 4 points, expected one each"),
      Wrong(
        "negative.csv",
        "negative.csv: the weight of row 2 is -1.0, expected a finite number that is not negative"),
      Wrong(
        "nan.npy",
        "nan.npy: the weight of row 3 is nan, expected a finite number that is not negative"),
      Wrong("zero.csv", "zero.csv: the weights add up to 0.0, expected a finite number above 0"),
      Wrong("a.csv", "a.csv: 2 columns, expected one weight a row; FILE:COLUMN takes one of them"),
      Wrong("text.csv", "text.csv: no column of numbers in the first 4 records"),
      Wrong(
        "v",
        "weighted.csv: there is no column 'v' to take weights from, nor a file "
          + "of that name", 64),
      Wrong(
        "4",
        "weighted.csv: there is no column '4' to take weights from, nor a file "
          + "of that name", 64),
    ])
  func `wrong weights`(_ wrong: Wrong) throws {
    let place = Self.withPoints()
    place.write("1\n1\n1\n", to: "three.csv")
    place.write("1\n-1\n1\n1\n", to: "negative.csv")
    place.write(npyFile([1.0, 1, .nan, 1], columns: 1), to: "nan.npy")
    place.write("0\n0\n0\n0\n", to: "zero.csv")
    place.write("a\nb\nc\nd\n", to: "text.csv")
    try place.expectFailure(
      wrong.status, wrong.line, "fit weighted.csv -k 2 --point-weights \(wrong.command)")
  }

  @Test func `a negative weight in a column names the column`() throws {
    let place = Workplace()
    place.write("x,w\n1,1\n2,-2\n3,1\n", to: "p.csv")
    try place.expectFailure(
      65,
      "p.csv: column w: the weight of row 2 is -2.0, expected a finite number that is not "
        + "negative", "fit p.csv -k 1 --point-weights w --labels l.npy")
  }

  /// A column is there whatever it holds: the first cell that is no number is named.
  @Test(arguments: [
    ("nan", "expected a finite number for 'w', found 'nan'"),
    ("", "expected a number for 'w', found an empty field"),
    ("NA", "expected a number for 'w', found 'NA'"),
    ("much", "expected a number for 'w', found 'much'"),
  ])
  func `a column of weights without a number`(_ cell: String, _ problem: String) throws {
    let place = Workplace.withSample()
    place.write("x,w,y\n1,\(cell),2\n3,\(cell),4\n5,\(cell),6\n", to: "p.csv")
    place.write("\(cell)\n\(cell)\n\(cell)\n", to: "w.csv")
    let hint = " (--on-invalid skip leaves such rows out)"
    for weights in ["w", "2"] {
      for command in [
        "fit p.csv -k 1", "elbow p.csv -k 1-2", "onepass p.csv -k 1", "stream p.csv -k 1",
        "evaluate p.csv --centroids start.npy", "fit p.csv -k 1 --columns x,y",
        "fit p.csv -k 1 --columns y,x,w",
      ] {
        let outcome = try place.run(
          Program.kmeans,
          command.split(separator: " ").map(String.init)
            + ["--point-weights", weights, "--quiet"])
        #expect(outcome.status == 65, "\(command)")
        #expect(
          outcome.errors == "kmeans: p.csv: line 2, column 2: \(problem)\(hint)\n", "\(command)")
      }
    }
    let skipping = try place.kmeans(
      "fit", "p.csv", "-k", "1", "--point-weights", "w", "--on-invalid", "skip", "--quiet")
    #expect(skipping.status == 65)
    #expect(skipping.errors.hasPrefix("kmeans: p.csv: there are no points; "))
    #expect(skipping.errors.contains(" left out: "))
    // A file of weights of its own has no name for them.
    if cell == "much" || cell == "" { return }
    try place.expectFailure(
      65, "w.csv: line 1, column 1: \(problem.replacing(" for 'w'", with: ""))",
      "fit p.csv -k 1 --columns x,y --point-weights w.csv --quiet")
  }

  @Test func `a folder of that name is none`() throws {
    let place = Self.withPoints()
    _ = try place.shell("mkdir w")
    let (centroids, _) = try Self.centroids(place, "fit weighted.csv --point-weights w")
    #expect(centroids == "1.125,2.0\n10.0,11.666666666666666\n")
  }

  @Test func `a name that two columns have is no choice`() throws {
    let place = Workplace()
    place.write("x,w,w\n1,1,a\n2,2,b\n", to: "p.csv")
    try place.expectFailure(
      64, "p.csv: 2 columns are named 'w', 2, 3: choose by number",
      "fit p.csv -k 1 --point-weights w")
    #expect(
      try place.kmeans("fit", "p.csv", "-k", "1", "--point-weights", "2", "--quiet").status == 0)
  }

  @Test func `weights need something to weigh`() throws {
    let place = Workplace()
    place.write("w\n1\n2\n", to: "p.csv")
    try place.expectFailure(
      64, "p.csv: no column is left beside the weights", "fit p.csv -k 1 --point-weights w")
  }
}
