import Foundation
import Testing

/// `kmeans evaluate`: what it prints, from all kinds of inputs.
///
/// Points 0, 1, 10, 12 in pairs: centroids 0.5 and 11, distances 0.5, 0.5, 1, 1; the inertia is
/// 2.5.
@Suite struct EvaluateTests {
  /// Lines without anything in them are rows of a file of one column, at its beginning, too; a text
  /// behind them is no header, as it is none without them.
  @Test func `true labels that begin with blank lines`() throws {
    let place = Workplace.withSample()
    for (text, points) in [
      ("a", 1), ("\na\n", 2), ("\n\na\n", 3), ("\n\na\nb\n", 4), (" \n\r\n\nkind\n\n\n", 4),
      ("\n\n1\n", 3),
      ("kind\n1\n\n1\n", 3), ("\nkind\n1\n2\n", 2),
    ] {
      place.write(text, to: "t.csv")
      place.write(npyFile(Array(Sample.values[..<(2 * points)]), columns: 2), to: "p.npy")
      let outcome = try place.kmeans(
        "evaluate", "p.npy", "--centroids", "start.npy", "--labels-true", "t.csv", "--json")
      #expect(outcome.status == 0, "\(text.debugDescription): \(outcome.errors)")
    }
    // The rule of weights, of which none may be missing.
    place.write("\n1\n1\n1\n", to: "w.csv")
    try place.expectFailure(
      65, "w.csv: line 1, column 1: expected a number, found an empty field",
      "fit a.csv -k 2 --point-weights w.csv --quiet")
    place.write("\nweight\n1\n1\n1\n1\n", to: "w.csv")
    let fit = try place.kmeans("fit", "a.csv", "-k", "2", "--point-weights", "w.csv", "--quiet")
    #expect(fit.status == 0)
  }

  static let table = "x,w,kind,n\n0,1,up,10\n1,1,up,10\n10,1,down,9\n12,1,up,9\n"

  static func withPoints() -> Workplace {
    let place = Workplace()
    place.write(table, to: "t.csv")
    place.write("0\n1\n10\n12\n", to: "x.csv")
    place.write(npyFile([0.0, 1, 10, 12], columns: 1), to: "x.npy")
    place.write(npyFile([0.5, 11], columns: 1), to: "c.npy")
    place.write("0\n0\n1\n1\n", to: "labels.csv")
    place.write(npyFile(bytes([0, 0, 1, 1] as [Int32]), type: "<i4", shape: "(4,)"), to: "l.npy")
    place.write("up\nup\ndown\nup\n", to: "truth.csv")
    return place
  }

  static func report(_ place: Workplace, _ command: String) throws -> NSDictionary {
    let words = "evaluate \(command) --json --quiet".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.errors == "" && outcome.status == 0, "\(command)")
    #expect(outcome.text.split(separator: "\n").count == 1)
    return try #require(JSONSerialization.jsonObject(with: Data(outcome.output)) as? NSDictionary)
  }

  /// `==` of Swift's texts takes them for one.
  @Test func `classes that only look the same are two`() throws {
    let place = Self.withPoints()
    place.write("\u{e9}\ne\u{301}\n\u{e9}\ne\u{301}\n", to: "truth.csv")
    let report = try Self.report(place, "x.csv --labels labels.csv --labels-true truth.csv")
    let confusion = try #require(report["confusion"] as? NSDictionary)
    #expect((confusion["classes"] as? [String])?.count == 2, "\(report)")
  }

  @Test(
    arguments: [
      "x.csv --centroids c.npy", "x.npy --centroids c.npy", "x.csv --labels labels.csv",
      "x.csv --labels l.npy", "x.npy --labels labels.csv --centroids c.npy",
      "t.csv --columns x --labels labels.csv",
      "t.csv --columns x --labels labels.csv --point-weights w", "x.csv --model m",
      "x.npy --model m --labels l.npy",
    ])
  func `points, and what says their clusters`(_ command: String) throws {
    let place = Self.withPoints()
    try place.kmeans("fit", "x.npy", "-k", "2", "--init", "c.npy", "--model", "m")
    let report = try Self.report(place, command)
    #expect(report["points"] as? Int == 4)
    #expect(report["dimension"] as? Int == 1)
    #expect(report["clusters"] as? Int == 2)
    #expect(report["inertia"] as? Double == 2.5)
    #expect(report["clusterSizes"] as? [Int] == [2, 2])
    #expect(report["dunn"] as? Double == 10.5)
    #expect(report["daviesBouldin"] as? Double == 1.5 / 10.5)
    #expect(report["silhouetteSample"] as? Int == 4)
  }

  @Test func `the keys are a contract, and what is not defined is null`() throws {
    let place = Self.withPoints()
    place.write("7\n7\n7\n7\n", to: "one.csv")
    let report = try Self.report(place, "x.csv --labels one.csv")
    let contract: Set = [
      "points", "leftOut", "dimension", "clusters", "weight", "inertia", "clusterLabels",
      "clusterSizes", "clusterWeights", "clusterDistances", "daviesBouldin", "calinskiHarabasz",
      "dunn", "simplifiedSilhouette", "silhouette", "silhouetteSample", "undefined",
      "silhouetteUndefined", "calinskiHarabaszUndefined", "adjustedRand",
      "normalizedMutualInformation", "homogeneity",
      "completeness", "vMeasure", "purity", "confusion", "seed", "threads", "isa", "precision",
      "readSeconds", "seconds",
    ]
    #expect(Set(report.allKeys.compactMap { $0 as? String }) == contract)
    for key in [
      "daviesBouldin", "calinskiHarabasz", "dunn", "simplifiedSilhouette", "silhouette",
      "adjustedRand", "normalizedMutualInformation", "homogeneity", "completeness", "vMeasure",
      "purity", "confusion",
    ] { #expect(report[key] is NSNull, "\(key)") }
    #expect(report["undefined"] as? String == "all points are in one cluster")
    #expect(report["clusterLabels"] as? [Int] == [7])
  }

  @Test(
    arguments: [
      "x.csv --labels labels.csv --labels-true truth.csv",
      "t.csv --columns x --labels labels.csv --labels-true kind",
      "t.csv --columns 1 --labels labels.csv --labels-true 3",
      "t.csv --columns x --centroids c.npy --labels-true kind",
    ])
  func `texts are true labels`(_ command: String) throws {
    let report = try Self.report(Self.withPoints(), command)
    let confusion = try #require(report["confusion"] as? NSDictionary)
    #expect(confusion["classes"] as? [String] == ["down", "up"])
    #expect(confusion["counts"] as? [[Int]] == [[0, 1], [2, 1]])
    #expect(report["purity"] as? Double == 0.75)
    #expect(report["adjustedRand"] as? Double == 0)
  }

  /// Numbers stand in their own order, and their column is not one of the points.
  @Test(
    arguments: [
      "n.csv --labels labels.csv --labels-true n", "n.csv --labels labels.csv --labels-true 2",
      "n.csv --columns x,n --labels labels.csv --labels-true n",
      "n.csv --columns 1-2 --labels labels.csv --labels-true n",
      "n.npy --labels labels.csv --labels-true 2", "x.csv --labels labels.csv --labels-true n.txt",
      "x.csv --labels labels.csv --labels-true truth.npy", "plain --labels l.npy --labels-true 2",
    ])
  func `numbers are true labels`(_ command: String) throws {
    let place = Self.withPoints()
    place.write("x,n\n0,10\n1,10\n10,9\n12,9\n", to: "n.csv")
    place.write(npyFile([0.0, 10, 1, 10, 10, 9, 12, 9], columns: 2), to: "n.npy")
    place.write(npyFile([0.0, 10, 1, 10, 10, 9, 12, 9], columns: 2), to: "plain")
    place.write("10\n10\n9\n9\n", to: "n.txt")
    place.write(npyFile([10.0, 10, 9, 9] as [Float], columns: 1), to: "truth.npy")
    let report = try Self.report(place, command)
    #expect(report["dimension"] as? Int == 1)
    #expect(report["inertia"] as? Double == 2.5)
    #expect(report["adjustedRand"] as? Double == 1)
    #expect((report["confusion"] as? NSDictionary)?["classes"] as? [String] == ["9", "10"])
  }

  @Test func `points without a cluster are left out and counted`() throws {
    let place = Self.withPoints()
    place.write("0\n0\n-1\n5\n", to: "some.csv")
    let report = try Self.report(place, "x.csv --labels some.csv --labels-true truth.csv")
    #expect(report["points"] as? Int == 3 && report["leftOut"] as? Int == 1)
    #expect(report["clusterLabels"] as? [Int] == [0, 5])
    #expect(
      (report["confusion"] as? NSDictionary)?["counts"] as? [[Int]] == [[2, 1]])
  }

  @Test func `centroids without points keep their place`() throws {
    let place = Self.withPoints()
    place.write("0.5\n1000\n11\n", to: "three.csv")
    let report = try Self.report(place, "x.csv --centroids three.csv --labels-true truth.csv")
    #expect(report["clusterSizes"] as? [Int] == [2, 0, 2])
    #expect((report["clusterDistances"] as? [Any])?[1] is NSNull)
    #expect(
      (report["confusion"] as? NSDictionary)?["counts"] as? [[Int]] == [[0, 0, 1], [2, 0, 1]])
  }

  @Test func `the seed draws the sample, and threads change nothing`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(4000 * 3, seed: 2), columns: 3), to: "p.npy")
    place.write(npyFile(TestRandom.values(5 * 3, seed: 3), columns: 3), to: "c.npy")
    func silhouette(_ options: String) throws -> [Double?] {
      let report = try Self.report(place, "p.npy --centroids c.npy --sample 300 \(options)")
      #expect(report["silhouetteSample"] as? Int == 300)
      return ["silhouette", "simplifiedSilhouette", "calinskiHarabasz"].map {
        report[$0] as? Double
      }
    }
    let first = try silhouette("--seed 4 --threads 1")
    #expect(try silhouette("--seed 4 --threads 3") == first)
    let other = try silhouette("--seed 5")
    #expect(other[0] != first[0] && other[1] == first[1])
  }

  @Test func `help tells every option and default`() throws {
    let outcome = try Workplace().kmeans("evaluate", "--help")
    #expect(outcome.status == 0 && outcome.errors == "")
    let text = outcome.text.replacing(#/\s+/#, with: " ")
    for word in [
      "--model", "--centroids", "--labels <FILE|COLUMN>", "--labels-true <FILE|COLUMN>", "--all",
      "--point-weights", "--columns",
      "silhouette, drawn without regard to clusters and weights. (default: 10000)",
      "are. (default: 0)",
    ] { #expect(text.contains(word), "\(word)") }
  }

  @Test func `a point without weight agrees with nothing`() throws {
    let place = Self.withPoints()
    place.write("1\n1\n1\n0\n", to: "w.csv")
    let report = try Self.report(
      place, "x.csv --centroids c.npy --labels-true truth.csv --point-weights w.csv")
    #expect(report["points"] as? Int == 3)
    #expect((report["confusion"] as? NSDictionary)?["counts"] as? [[Int]] == [[0, 1], [2, 0]])
    #expect(report["purity"] as? Double == 1)
  }

  @Test func `a column of the model that an option takes away`() throws {
    let place = Self.withPoints()
    #expect(
      try place.kmeans("fit", "t.csv", "-k", "2", "--columns", "x,w,n", "--model", "m3", "--quiet")
        .status == 0)
    for (option, column, found) in [
      ("--labels-true", "n", "'x', 'w'"), ("--point-weights", "w", "'x', 'n'"),
    ] {
      for columns in ["", " --columns x,w,n"] {
        try place.expectFailure(
          65,
          "t.csv: columns \(found), expected 'x', 'w', 'n' as in m3; \(option) \(column) takes "
            + "'\(column)' away: give it as a file",
          "evaluate t.csv --model m3 \(option) \(column) --quiet\(columns)")
      }
    }
  }
}
