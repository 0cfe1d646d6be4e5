import Testing

/// Data that cannot be clustered in one pass: status 65, one line, and nothing written.
@Suite struct OnePassDataTests {
  @Test func `fewer points than clusters`() throws {
    let place = Workplace.withSample()
    try place.expectFailure(
      65, "a.npy: 5 clusters for 4 points, expected at most as many clusters as points",
      "onepass a.npy -k 5 -o out --quiet")
  }

  @Test func `no points`() throws {
    let place = Workplace()
    place.write(npyFile([], type: "<f8", shape: "(0, 4)"), to: "none.npy")
    place.write("", to: "none.csv")
    try place.expectFailure(
      65, "none.npy: there are no points", "onepass none.npy -k 1 -o out")
    let outcome = try place.kmeans("onepass", "none.csv", "-k", "1", "-o", "out")
    #expect(outcome.status == 65)
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(place.names == ["none.csv", "none.npy"])
  }

  @Test func `no points but such as are left out`() throws {
    let place = Workplace()
    place.write(npyFile([.nan, 1, 2, .nan] as [Double], columns: 2), to: "nan.npy")
    try place.expectFailure(
      65,
      "nan.npy: there are no points; 2 rows left out: 2 with a value that is missing or no finite number",
      "onepass nan.npy -k 1 --on-invalid skip --quiet")
  }

  @Test func `one point`() throws {
    let place = Workplace()
    place.write("x,y\n3,4\n", to: "one.csv")
    try place.expectFailure(
      65, "one.csv: 2 clusters for 1 point, expected at most as many clusters as points",
      "onepass one.csv -k 2 --quiet")
    let facts = try place.onePassFacts("one.csv -k 1 --centroids c.csv --labels l.csv")
    #expect(facts.points == 1)
    #expect(facts.cost == 0)
    #expect(facts.costLower == 0)
    #expect(facts.distanceCutoff == nil)
    #expect(try place.text("c.csv", under: "x,y") == "3.0,4.0\n")
    #expect(try place.text("l.csv", under: "cluster") == "0\n")
  }

  @Test func `all points equal`() throws {
    let place = Workplace()
    place.write(String(repeating: "1,2\n", count: 2500), to: "same.csv")
    try place.expectFailure(
      65,
      "same.csv: the sketch has 1 centroid for 2 clusters: the points have no more distinct values, "
        + "expected a smaller -k", "onepass same.csv -k 2 --quiet")
    let facts = try place.onePassFacts("same.csv -k 1 --centroids c.csv --cluster-weights w.csv")
    #expect(facts.sketchCentroids == 1)
    #expect(facts.costUpper < 1e-20)
    #expect(try place.text("c.csv", under: "column1,column2") == "1.0,2.0\n")
    #expect(try place.text("w.csv", under: "weight") == "2500.0\n")
    #expect(
      try place.onePass("same.csv -k 1").text.contains(
        "sketch: 1 centroid, 0 collapses, all points are equal, in "))
  }

  @Test func `a cutoff that is too large`() throws {
    try Workplace.withSample().expectFailure(
      65,
      "a.csv: the sketch has 1 centroid for 2 clusters: the distance cutoff -e 1e+30 made distinct "
        + "points one, expected a smaller one", "onepass a.csv -k 2 -e 1e30 --quiet")
    let place = Workplace()
    place.write("x,w\n0,1e-9\n1,1e-9\n10,1e-9\n11,1e-9\n", to: "w.csv")
    try place.expectFailure(
      65,
      "w.csv: the sketch has 1 centroid for 2 clusters: the distance cutoff -e 1e+30 made distinct "
        + "points one (it is for points of weight 1; others are compared by weight times squared "
        + "distance), expected a smaller one",
      "onepass w.csv -k 2 --point-weights w -e 1e30 --quiet")
    // The first rows are whole numbers, all others lie between two of them.
    let rows = (0..<1000).map { "\($0 % 2 * 1000)\n" } + (0..<1000).map { "0.\(1000 + $0)\n" }
    place.write("x\n" + rows.joined(), to: "coarse.csv")
    try place.expectFailure(
      65,
      "coarse.csv: the sketch has 2 centroids for 9 clusters: the distance cutoff 1e+06, the smallest "
        + "squared distance among the first rows, made distinct points one, expected a smaller one as -e",
      "onepass coarse.csv -k 9 --quiet")
  }

  @Test func `a sketch that was to be too small`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(3 * 2000, seed: 2), columns: 3), to: "u.npy")
    let option = "-k 20 -km 21 --log-factor 0 --overshoot 1 --collapse paper --quiet -ow --model m"
    var seen = 0
    for seed in 0..<12 {
      let outcome = try place.run(
        Program.kmeans,
        ["onepass", "u.npy", "--seed", "\(seed)"] + option.split(separator: " ").map(String.init))
      if outcome.status == 0 { continue }
      seen += 1
      let line =
        #/kmeans: u.npy: the sketch has 1?\d centroids for 20 clusters: a collapse left so few of about 21 that it was to keep, expected a -km above 21, or a smaller --beta\n/#
      #expect(outcome.status == 65)
      #expect(outcome.errors.wholeMatch(of: line) != nil, "\(outcome.errors)")
    }
    #expect(seen > 0)
  }

  /// Rows that are far from all others, first, last, or among the rows.
  @Test(arguments: ["1e20", "-3.4028235e38"]) func `a huge row`(_ value: String) throws {
    let place = Workplace()
    let noise = TestRandom.values(4000, seed: 5)
    let rows = (0..<2000).map { row in
      "\(Float(row % 2) * 10 + noise[2 * row]),\(Float(row / 2 % 2) * 10 + noise[2 * row + 1])\n"
    }
    let huge = "\(value),\(value)\n"
    place.write(rows.joined() + huge, to: "last.csv")
    place.write(huge + rows.joined(), to: "first.csv")
    place.write(String(repeating: huge, count: 600) + rows.joined(), to: "many.csv")
    let last = try place.onePassFacts("last.csv -k 5 --labels l.csv -ow")
    let first = try place.onePassFacts("first.csv -k 5 --labels l.csv -ow")
    let fit = try ReportTests.object(place.kmeans("fit", "last.csv", "-k", "5", "--json"))
    let best = try #require(fit["inertia"] as? Double)
    for facts in [first, last] {
      let cost = try #require(facts.cost)
      #expect(cost < 1.05 * best && facts.sketchCentroids > 40)
      #expect(facts.costLower <= cost && cost <= facts.costUpper)
    }
    let outcome = try place.kmeans("onepass", "many.csv", "-k", "5", "--quiet")
    let line =
      #/kmeans: many.csv: the sketch has 2 centroids for 5 clusters: the points have no more distinct values \(such as are nearer to each other than [\d.e+]+ count as one, so far from the first rows\), expected a smaller -k\n/#
    #expect(outcome.status == 65 && outcome.errors.wholeMatch(of: line) != nil, "\(outcome.errors)")
  }

  @Test(arguments: ["1e9", "1e-3", "5e-5", "1e-6", "1e-9", "1e-200"])
  func `the unit of the weights does not matter`(_ weight: String) throws {
    let place = Workplace.withHeaps()
    let rows = Heaps.rows(3000, seed: 11)
    let lines = (0..<3000).map { "\(rows[3 * $0]),\(rows[3 * $0 + 1]),\(rows[3 * $0 + 2])" }
    place.write("x,y,z,w\n" + lines.map { "\($0),1\n" }.joined(), to: "one.csv")
    place.write("x,y,z,w\n" + lines.map { "\($0),\(weight)\n" }.joined(), to: "w.csv")
    let options = "-k 20 --point-weights w -ow --labels"
    let one = try place.onePassFacts("one.csv \(options) one-labels.csv")
    let other = try place.onePassFacts("w.csv \(options) labels.csv")
    #expect(try place.text("labels.csv") == place.text("one-labels.csv"))
    #expect(other.sketchCentroids == one.sketchCentroids)
    let (cost, expected) = (try #require(other.cost), try #require(one.cost))
    #expect(abs(cost / Double(weight)! - expected) < 1e-9 * expected)
  }

  @Test(arguments: [("nan", Double.nan), ("inf", .infinity), ("minus", -.infinity)])
  func `a value that is not finite`(_ name: String, _ value: Double) throws {
    let place = Workplace()
    place.write(npyFile([1, 2, 3, value, 5, 6], columns: 2), to: "p.npy")
    try place.expectFailure(
      65,
      "p.npy: the value in row 2, column 2 is not finite (rows and columns count from 1)"
        + notFiniteHint,
      "onepass p.npy -k 2 -o out")
    try place.expectFailure(
      65,
      "p.npy: the value in row 2, column 2 is not finite (rows and columns count from 1)"
        + notFiniteHint,
      "onepass p.npy -k 2 -o out --columns 2 --quiet")
    let outcome = try place.onePass(
      "p.npy -k 2 --on-invalid skip --labels l.csv --centroids c.csv --json")
    #expect(
      outcome.errors
        == "p.npy: 1 row is left out, for a value is missing or no finite number: 2 (rows count from "
        + "1)\n"
    )
    #expect(outcome.text.contains("\"points\":2,"))
    #expect(outcome.text.contains("\"skippedRows\":1,"))
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n")
    #expect(labels.count == 3)
    #expect(labels[1] == "-1")
    #expect(Set([labels[0], labels[2]]) == ["0", "1"])
    #expect(try Set(place.numbers("c.csv")) == [[1, 2], [5, 6]])
  }

  /// Blocks of 4 MiB have 4,096 rows of 256 floats.
  @Test func `the row is that of the file, blocks and rows that are left out included`() throws {
    let place = Workplace()
    var values = TestRandom.values(256 * 5000, seed: 3)
    values[256 * 4500 + 7] = 3e30
    values[256 * 10] = .nan
    values[256 * 4400 + 1] = .nan
    place.write(npyFile(values, columns: 256), to: "p.npy")
    try place.expectFailure(
      65,
      "p.npy: the value in row 11, column 1 is not finite (rows and columns count from 1)"
        + notFiniteHint,
      "onepass p.npy -k 1 -e 1e9 --quiet")
    values[256 * 10] = 0
    place.write(npyFile(values, columns: 256), to: "p.npy")
    try place.expectFailure(
      65,
      "p.npy: the value in row 4401, column 2 is not finite (rows and columns count from 1)"
        + notFiniteHint,
      "onepass p.npy -k 1 -e 1e9 --quiet")
    place.write("x,w\n1,1\n,1\n3,-1\n", to: "w.csv")
    try place.expectFailure(
      65,
      "w.csv: column w: the weight of row 3 is -1.0, expected a finite number that is not negative",
      "onepass w.csv -k 1 --point-weights w --on-invalid skip --quiet")
  }

  @Test func `a value that becomes infinite as a float`() throws {
    let place = Workplace()
    place.write(npyFile([1, 2, 3, 1e50], columns: 2), to: "p.npy")
    try place.expectFailure(
      65,
      "p.npy: the value in row 2, column 2 is not finite (rows and columns count from 1); a 32-bit "
        + "float holds numbers up to 3.4e38, --precision double more",
      "onepass p.npy -k 1 --precision float")
  }

  @Test func `weights that are all zero`() throws {
    let place = Workplace()
    place.write("x,w\n1,0\n2,0\n3,0\n", to: "w.csv")
    let outcome = try place.kmeans(
      "onepass", "w.csv", "-k", "1", "--point-weights", "w", "--quiet", "-o", "out")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "kmeans: w.csv: column w: the weights add up to 0.0, expected a finite number above 0\n")
    #expect(place.names == ["w.csv"])
  }

  @Test func `what cannot be read`() throws {
    let place = Workplace.withSample()
    try place.expectFailure(
      74, "no.npy: cannot open: No such file or directory", "onepass -i no.npy -k 2 --labels l.npy")
    place.write(Array(Sample.npy.prefix(150)), to: "cut.npy")
    try place.expectFailure(
      65,
      "cut.npy: byte 150: the data ends here, after 22 bytes; expected 64 (4 x 2 values of type <f8)",
      "onepass cut.npy -k 1")
  }
}
