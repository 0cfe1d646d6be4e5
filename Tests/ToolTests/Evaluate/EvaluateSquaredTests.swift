import Foundation
import Testing

/// `kmeans evaluate --squared`, `--csv` and `--test`: the figures of Mahout's qualcluster, and that
/// command under its own name.
///
/// Centroids 1, 10, 100; points 0, 2, 10, 14, 100 of the input, with the squared distances 1, 1,
/// 0, 16, 0, and 1, 3, 98 to test with: 0, 4, 4.
@Suite struct EvaluateSquaredTests {
  static let header =
    "cluster,distance.mean,distance.sd,distance.q0,distance.q1,distance.q2,distance.q3,distance.q4,"
    + "count,is.train"
  static let train = """
    0,1.0,0.0,1.0,1.0,1.0,1.0,1.0,2,train
    1,8.0,8.0,0.0,4.0,8.0,12.0,16.0,2,train

    """
  static let tested = "0,2.0,2.0,0.0,1.0,2.0,3.0,4.0,2,test\n"

  static func withPoints() -> Workplace {
    let place = Workplace()
    place.write("0\n2\n10\n14\n100\n", to: "p.csv")
    place.write("1\n3\n98\n", to: "t.csv")
    place.write(npyFile([1.0, 10, 100], columns: 1), to: "c.npy")
    place.write(npyFile([2.0, 12, 50, 99], columns: 1), to: "d.npy")
    return place
  }

  @Test func `the table is that of Mahout, byte by byte`() throws {
    let place = Self.withPoints()
    try place.kmeans(
      "evaluate", "p.csv", "--centroids", "c.npy", "--squared", "--csv", "out.csv")
    #expect(try place.text("out.csv") == "\(Self.header)\n\(Self.train)")
    try place.kmeans(
      "evaluate", "p.csv", "--centroids", "c.npy", "--squared", "--test", "t.csv", "--csv",
      "out.csv")
    #expect(try place.text("out.csv") == "\(Self.header)\n\(Self.train)\(Self.tested)")
    try place.kmeans("evaluate", "p.csv", "--centroids", "c.npy", "--csv", "plain.csv")
    #expect(
      try place.text("plain.csv", under: Self.header) == """
        0,1.0,0.0,1.0,1.0,1.0,1.0,1.0,2,train
        1,2.0,2.0,0.0,1.0,2.0,3.0,4.0,2,train

        """)
  }

  @Test func `clusters without a line are told`() throws {
    let place = Self.withPoints()
    let one = try place.kmeans(
      "evaluate", "p.csv", "--centroids", "c.npy", "--csv", "out.csv")
    #expect(one.errors == "out.csv: 1 cluster of fewer than 2 points has no line: 2\n")
    let two = try place.kmeans(
      "evaluate", "p.csv", "--centroids", "c.npy", "--test", "t.csv", "--csv", "out.csv")
    #expect(
      two.errors == """
        out.csv: 1 cluster of fewer than 2 points among the train points has no line: 2
        out.csv: 2 clusters of fewer than 2 points among the test points have no line: 1, 2

        """)
  }

  @Test func `figures of the input, of the test points, and of both`() throws {
    let report = try EvaluateTests.report(
      Self.withPoints(), "p.csv --centroids c.npy --squared --test t.csv")
    #expect(report["mahoutDunn"] as? Double == 81.0 / 8)
    #expect(report["maxSquaredDistance"] as? Double == 16)
    let index = (9.0 / 81 + 9.0 / 81 + 8.0 / 8100) / 3
    #expect(abs(try #require(report["mahoutDaviesBouldin"] as? Double) - index) < 1e-15)
    let squares = try #require(report["clusterSquaredDistances"] as? [NSDictionary])
    #expect(squares[1]["median"] as? Double == 8 && squares[2]["mean"] as? Double == 0)
    let distances = try #require(report["clusterDistances"] as? [NSDictionary])
    #expect(distances[1]["median"] as? Double == 2)
    let test = try #require(report["test"] as? NSDictionary)
    #expect(test["input"] as? String == "t.csv" && test["points"] as? Int == 3)
    #expect(test["clusterSizes"] as? [Int] == [2, 0, 1] && test["inertia"] as? Double == 8)
    #expect(test["maxSquaredDistance"] as? Double == 4)
    let both = try #require(test["together"] as? NSDictionary)
    #expect(both["mahoutDunn"] as? Double == 81.0 / 8)
    let pooled = (9.5 / 81 + 9.5 / 81 + 10.0 / 8100) / 3
    #expect(abs(try #require(both["mahoutDaviesBouldin"] as? Double) - pooled) < 1e-15)
  }

  @Test func `only options add keys`() throws {
    let place = Self.withPoints()
    let plain = try EvaluateTests.report(place, "p.csv --centroids c.npy")
    let added: [(String, Set<String>)] = [
      (
        "--squared",
        ["clusterSquaredDistances", "mahoutDaviesBouldin", "mahoutDunn", "maxSquaredDistance"]
      ),
      ("--test t.csv", ["test"]), ("--against d.npy", ["against"]), ("--csv out.csv", []),
    ]
    for (option, keys) in added {
      let report = try EvaluateTests.report(place, "p.csv --centroids c.npy \(option)")
      let found = Set(report.allKeys.compactMap { $0 as? String })
      #expect(found.subtracting(plain.allKeys.compactMap { $0 as? String }) == keys)
      for (key, value) in plain where !"\(key)".lowercased().contains("seconds") {
        #expect((report[key] as? NSObject) == (value as? NSObject), "\(option): \(key)")
      }
    }
  }

  @Test func `weights of a column hold for test points, those of a file do not`() throws {
    let place = Workplace()
    place.write("x,w\n0,1\n2,3\n10,1\n14,1\n", to: "p.csv")
    place.write("x,w\n1,1\n3,3\n", to: "t.csv")
    place.write("1\n3\n1\n1\n", to: "w.csv")
    place.write(npyFile([1.0, 10], columns: 1), to: "c.npy")
    for (weights, mean, weight) in [("w", 3.0, 4.0), ("w.csv", 2, 2)] {
      let report = try EvaluateTests.report(
        place,
        "p.csv --columns x --centroids c.npy --squared --test t.csv --point-weights \(weights)")
      #expect(report["weight"] as? Double == 6)
      let test = try #require(report["test"] as? NSDictionary)
      #expect(test["weight"] as? Double == weight)
      let squares = try #require(test["clusterSquaredDistances"] as? [Any])
      #expect((squares[0] as? NSDictionary)?["mean"] as? Double == mean)
    }
  }

  @Test func `one cluster has no index, with the reason`() throws {
    let place = Self.withPoints()
    place.write(npyFile([1.0], columns: 1), to: "one.npy")
    let report = try EvaluateTests.report(place, "p.csv --centroids one.npy --squared")
    #expect(report["mahoutDunn"] is NSNull && report["mahoutDaviesBouldin"] is NSNull)
    let largest = try #require(report["maxSquaredDistance"] as? Double)
    #expect(abs(largest - 99 * 99) < 1e-9)
    let lines = try EvaluateSummaryTests.lines(place, "p.csv --centroids one.npy --squared")
    for name in ["Davies-Bouldin, Mahout's", "Dunn, Mahout's"] {
      let line = lines.first { $0.hasPrefix(name) }
      #expect(line?.hasSuffix("  -  not defined: there is one cluster") == true, "\(name)")
    }
  }

  @Test func `units are those of the transformed rows`() throws {
    let place = Self.withPoints()
    try place.kmeans("fit", "p.csv", "-k", "2", "--standardize", "--model", "m", "--quiet")
    let lines = try EvaluateSummaryTests.lines(place, "p.csv --model m --squared")
    #expect(
      lines.contains(
        "clusters, and the squared distances of their points to the centroid (rows standardised)"))
    let report = try EvaluateTests.report(place, "p.csv --model m --squared")
    let squares = try #require(report["clusterSquaredDistances"] as? [NSDictionary])
    let (sizes, inertia) = (report["clusterSizes"] as? [Int], report["inertia"] as? Double)
    let sum = zip(squares, try #require(sizes)).reduce(0.0) {
      $0 + ($1.0["mean"] as? Double ?? 0) * Double($1.1)
    }
    #expect(abs(sum - (try #require(inertia))) < 1e-12)
  }

  @Test(
    arguments: [
      Wrong(
        "evaluate p.csv --centroids c.npy --csv out.txt",
        "--csv 'out.txt': expected a name that ends in .csv", 64),
      Wrong(
        "evaluate p.csv --centroids c.npy --csv p.csv",
        "--csv p.csv: expected another file than the input p.csv", 64),
      Wrong(
        "evaluate p.csv --centroids c.npy --csv t.csv --test t.csv",
        "--csv t.csv: expected another file than the input t.csv", 64),
      Wrong(
        "evaluate p.csv --centroids c.npy --csv old.csv --no-clobber",
        "--csv old.csv: the file exists: expected another name, or leave out --no-clobber", 64),
      Wrong(
        "evaluate p.csv --centroids c.npy --test none.csv",
        "none.csv: cannot open: No such file or directory", 74),
      Wrong(
        "evaluate p.csv --centroids c.npy --test wide.csv",
        "wide.csv: points of 2 columns, expected 1 as in p.csv; --columns chooses some"),
      Wrong(
        "evaluate p.csv --labels l.csv --test t.csv",
        "--test: its points belong to the nearest centroid: expected no --labels; "
          + "see 'kmeans evaluate --help'", 64),
    ])
  func `what cannot be`(_ wrong: Wrong) throws {
    let place = Self.withPoints()
    place.write("", to: "old.csv")
    place.write("1,2\n3,4\n", to: "wide.csv")
    place.write("0\n0\n1\n1\n2\n", to: "l.csv")
    try wrong.check(in: place)
  }

  @Test func `a table is written where there is a folder`() throws {
    let place = Self.withPoints()
    let outcome = try place.kmeans(
      "evaluate", "p.csv", "--centroids", "c.npy", "--csv", "none/out.csv")
    #expect(outcome.status == 74)
    #expect(outcome.errors.hasPrefix("kmeans: none/out.csv: cannot write: there is no folder "))
  }
}
