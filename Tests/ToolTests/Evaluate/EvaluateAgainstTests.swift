import Foundation
import Testing

/// `kmeans evaluate --against`: two clusterings of the same rows.
@Suite struct EvaluateAgainstTests {
  static func against(_ place: Workplace, _ command: String) throws -> NSDictionary {
    try #require(try EvaluateTests.report(place, command)["against"] as? NSDictionary)
  }

  /// A clustering agrees with itself, and with a copy under other numbers.
  @Test(arguments: ["c.npy", "c.csv", "turned.npy", "m", "folder", "folder/"])
  func `the same clusters`(_ other: String) throws {
    let place = EvaluateTests.withPoints()
    place.write("0.5\n11\n", to: "c.csv")
    place.write(npyFile([11.0, 0.5], columns: 1), to: "turned.npy")
    place.makeFolder("folder")
    place.write(try place.bytes("c.npy"), to: "folder/centroids.npy")
    try place.kmeans("fit", "x.npy", "-k", "2", "--init", "c.npy", "--model", "m", "--quiet")
    for given in ["--centroids c.npy", "--model m"] {
      let found = try Self.against(place, "x.csv \(given) --against \(other)")
      #expect(found["adjustedRand"] as? Double == 1)
      #expect(found["normalizedMutualInformation"] as? Double == 1)
      #expect(found["variationOfInformation"] as? Double == 0)
      #expect(found["changedPoints"] as? Int == 0 && found["changedShare"] as? Double == 0)
      #expect(found["inertiaRatio"] as? Double == 1 && found["inertia"] as? Double == 2.5)
      #expect(found["matching"] as? String == "optimal")
      let matches = try #require(found["matches"] as? [NSDictionary])
      #expect(matches.map { $0["distance"] as? Double } == [0, 0])
      #expect(matches.map { $0["count"] as? Int } == [2, 2])
      #expect(matches.map { $0["other"] as? Int } == (other == "turned.npy" ? [1, 0] : [0, 1]))
    }
  }

  /// Point 10 goes from the cluster of 12 to that of 0 and 1.
  @Test func `a point that changes its cluster`() throws {
    let place = EvaluateTests.withPoints()
    place.write(npyFile([12.0, 9], columns: 1), to: "d.npy")
    let found = try Self.against(place, "x.csv --centroids c.npy --against d.npy")
    #expect(found["changedPoints"] as? Int == 1 && found["changedShare"] as? Double == 0.25)
    let matches = try #require(found["matches"] as? [NSDictionary])
    #expect(matches.map { $0["other"] as? Int } == [1, 0])
    #expect(matches.map { $0["distance"] as? Double } == [8.5, 1])
    let overlaps = try #require(found["overlaps"] as? [NSDictionary])
    #expect(overlaps.map { $0["count"] as? Int } == [2, 1, 1])
    // 81 + 64 + 1 + 0 in place of 2.5.
    #expect(found["inertia"] as? Double == 146 && found["inertiaRatio"] as? Double == 58.4)
    #expect(found["adjustedRand"] as? Double == 0)
    let weighted = try Self.against(
      place, "t.csv --columns x --centroids c.npy --against d.npy --point-weights n")
    #expect(weighted["comparedWeight"] as? Double == 38)
    #expect(abs((weighted["changedShare"] as? Double ?? 0) - 9.0 / 38) < 1e-15)
  }

  @Test func `what people read`() throws {
    let place = EvaluateTests.withPoints()
    place.write(npyFile([12.0, 9], columns: 1), to: "d.npy")
    let lines = try EvaluateSummaryTests.lines(place, "x.csv --centroids c.npy --against d.npy")
    let part = Array(lines.drop { !$0.hasPrefix("against") })
    #expect(part.first == "against d.npy: 2 clusters")
    for line in [
      "agreement of both", "clusters, and the ones of the other that they are matched with",
      "points of each pair of clusters",
    ] { #expect(part.contains(line), "\(line)") }
    for (name, end) in [
      ("inertia ", "the other's is 58.4 times this one's"),
      ("adjusted Rand index ", "1: the same partition, 0: by chance"),
      ("points that change cluster ", "25.00 % of them, by the best matching"),
      (
        "distance of matched centroids ",
        "4.75  the mean; the largest is 8.5, in the units of the points"
      ),
      ("cluster  points", "distance"), ("this \\ other", "  1  0"),
    ] {
      let line = part.first { $0.hasPrefix(name) }
      #expect(line?.hasSuffix(end) == true, "\(name)")
    }
  }

  /// Each model reads its own columns; distances in other columns are not compared.
  @Test func `models of other columns`() throws {
    let place = EvaluateTests.withPoints()
    for column in ["x", "n"] {
      try place.kmeans(
        "fit", "t.csv", "-k", "2", "--columns", column, "--model", column, "--quiet")
    }
    let found = try Self.against(place, "t.csv --model x --against n")
    #expect(found["adjustedRand"] as? Double == 1 && found["inertia"] as? Double == 0)
    #expect(found["inertiaRatio"] is NSNull)
    let matches = try #require(found["matches"] as? [NSDictionary])
    #expect(matches.allSatisfy { $0["distance"] is NSNull })
    // A pipe cannot be read twice.
    let piped = try place.kmeans(
      "evaluate", "-", "--model", "x", "--against", "n", "--quiet",
      input: Array(EvaluateTests.table.utf8))
    #expect(piped.status == 65 && piped.output.isEmpty)
    #expect(piped.errors.hasPrefix("kmeans: standard input: column"))
    // Of the same columns it need not be.
    let same = try place.kmeans(
      "evaluate", "-", "--model", "x", "--against", "x", "--json", "--quiet",
      input: Array(EvaluateTests.table.utf8))
    #expect(same.status == 0 && same.text.contains("\"changedPoints\":0"))
  }

  @Test func `models of other transforms assign by their own, and have other units`() throws {
    let place = EvaluateTests.withPoints()
    place.write("1,1\n2,2.1\n1,9\n2,19\n", to: "p.csv")
    for (model, option) in [
      ("plain", []), ("s", ["--standardize"]), ("cos", ["--distance", "cosine"]),
    ] {
      let outcome = try place.run(
        Program.kmeans, ["fit", "p.csv", "-k", "2", "--model", model, "--quiet"] + option)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let scaled = try Self.against(place, "p.csv --model cos --against s")
    #expect(scaled["inertiaRatio"] is NSNull)
    let turned = try Self.against(place, "p.csv --model s --against cos")
    #expect(turned["adjustedRand"] as? Double == scaled["adjustedRand"] as? Double)
    let same = try Self.against(place, "p.csv --model cos --against cos")
    #expect(same["inertiaRatio"] as? Double == 1 && same["changedPoints"] as? Int == 0)
  }

  /// Rows that one clustering leaves out are in none of the pairs; others stay side by side.
  @Test func `rows that are left out`() throws {
    let place = EvaluateTests.withPoints()
    place.write("x,n\n0,10\n1,10\nbad,9\n10,9\n12,bad\n11,9\n", to: "b.csv")
    for column in ["x", "n"] {
      try place.kmeans(
        "fit", "t.csv", "-k", "2", "--columns", column, "--model", column, "--quiet")
    }
    let found = try Self.against(place, "b.csv --model x --against n --on-invalid skip")
    #expect(found["comparedPoints"] as? Int == 4 && found["changedPoints"] as? Int == 0)
  }

  @Test func `given labels are compared with centroids`() throws {
    let place = EvaluateTests.withPoints()
    let found = try Self.against(place, "x.csv --labels labels.csv --against c.npy")
    #expect(found["adjustedRand"] as? Double == 1 && found["inertiaRatio"] as? Double == 1)
    let matches = try #require(found["matches"] as? [NSDictionary])
    #expect(matches.allSatisfy { $0["distance"] is NSNull })
  }

  @Test func `floats and doubles are compared as doubles`() throws {
    let place = EvaluateTests.withPoints()
    place.write(npyFile([0.0, 1, 10, 12] as [Float], columns: 1), to: "f.npy")
    place.write(npyFile([0.5, 11] as [Float], columns: 1), to: "cf.npy")
    for (own, other, precision) in [
      ("cf.npy", "cf.npy", "float"), ("cf.npy", "c.npy", "double"), ("c.npy", "cf.npy", "double"),
    ] {
      let report = try EvaluateTests.report(
        place, "f.npy --centroids \(own) --against \(other)")
      #expect(report["precision"] as? String == precision)
      #expect((report["against"] as? NSDictionary)?["changedPoints"] as? Int == 0)
    }
  }

  @Test(
    arguments: [
      Wrong(
        "evaluate x.csv --centroids c.npy --against none.npy",
        "none.npy: cannot open: No such file or directory", 74),
      Wrong(
        "evaluate x.csv --centroids c.npy --against wide.npy",
        "x.csv: points of 1 column, expected 2 as in wide.npy"),
      Wrong(
        "evaluate x.csv --centroids c.npy --against empty",
        "empty: expected a model, a file of centroids, or a folder with centroids.npy, as 'kmeans "
          + "onepass -o' writes it", 64),
      Wrong(
        "evaluate - --centroids c.npy --against -",
        "only one of the files can be the standard input; see 'kmeans evaluate --help'", 64),
    ])
  func `what cannot be`(_ wrong: Wrong) throws {
    let place = EvaluateTests.withPoints()
    place.write(npyFile([0.5, 11], columns: 2), to: "wide.npy")
    place.makeFolder("empty")
    try wrong.check(in: place)
  }

  @Test func `as many clusters as people can read, unless all are asked for`() throws {
    let place = Workplace()
    place.write((0..<600).map { "\($0)\n" }.joined(), to: "p.csv")
    place.write((0..<30).map { "\($0 * 20 + 9)\n" }.joined(), to: "c.csv")
    place.write((0..<40).map { "\($0 * 15 + 7)\n" }.joined(), to: "d.csv")
    let command = "p.csv --centroids c.csv --against d.csv"
    let some = try EvaluateSummaryTests.lines(place, command)
    #expect(some.contains("... and 10 more"))
    #expect(!some.contains { $0.hasPrefix("this \\ other") })
    let all = try EvaluateSummaryTests.lines(place, command + " --all")
    #expect(all.contains { $0.hasPrefix("this \\ other") })
    #expect(!all.contains { $0.contains(" more") })
  }
}
