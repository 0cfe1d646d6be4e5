import Testing

/// What people read: aligned lines, the largest clusters first.
@Suite struct EvaluateSummaryTests {
  static func lines(_ place: Workplace, _ command: String) throws -> [String] {
    let words = "evaluate \(command)".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 0 && outcome.errors == "")
    return outcome.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The numbers are numpy's and scikit-learn's for `[[0], [1], [10], [12]]` and `[0, 0, 4, 0]`.
  @Test func `a whole summary`() throws {
    let place = EvaluateTests.withPoints()
    place.write("0\n0\n4\n0\n", to: "l.csv")
    var lines = try Self.lines(place, "x.csv --labels l.csv --labels-true truth.csv")
    let second = lines.remove(at: 1)
    #expect(second.wholeMatch(of: #/2 clusters evaluated in \S+ s \(\d+ threads, \w+\)/#) != nil)
    #expect(
      lines == [
        "x.csv: 4 points of 1 column, double",
        "",
        "inertia                88.66666666666667",
        "simplified silhouette           0.114291  -1 to 1, larger is better",
        "silhouette                    -0.0356884  -1 to 1, larger is better",
        "Davies-Bouldin                  0.901961  from 0, smaller is better",
        "Calinski-Harabasz               0.543233  from 0, larger is better",
        "Dunn, of centroids                1.1087  from 0, larger is better",
        "",
        "clusters, and the distances of their points to the centroid",
        "cluster  points   share   mean     sd    min     q1  median  q3    max",
        "      0       3  75.0 %  5.111  1.853  3.333  3.833   4.333   6  7.667",
        "      4       1  25.0 %      0      0      0      0       0   0      0",
        "",
        "agreement with the true labels (2 classes)",
        "adjusted Rand index            1  1: the same partition, 0: by chance",
        "normalized mutual information  1  0 to 1, larger is better",
        "homogeneity                    1  1: clusters of one class each",
        "completeness                   1  1: classes in one cluster each",
        "V-measure                      1  harmonic mean of both",
        "purity                         1  share of points in the main class of their cluster",
        "",
        "class \\ cluster  points  0  4",
        "up                    3  3  .",
        "down                  1  .  1",
        "",
      ])
  }

  @Test func `the reason why a measure is missing`() throws {
    let place = EvaluateTests.withPoints()
    place.write("0\n0\n0\n0\n", to: "l.csv")
    let lines = try Self.lines(place, "x.csv --labels l.csv")
    for name in ["simplified silhouette", "silhouette", "Davies-Bouldin", "Dunn, of centroids"] {
      let line = lines.first { $0.hasPrefix(name) }
      #expect(line?.hasSuffix("  -  not defined: all points are in one cluster") == true, "\(name)")
    }
  }

  @Test func `at most twenty clusters and classes, unless all are asked for`() throws {
    let place = Workplace()
    let rows = (0..<1000).map { "\($0 % 30)" }
    place.write(rows.map { "\($0).5\n" }.joined(), to: "p.csv")
    place.write(rows.joined(separator: "\n"), to: "l.csv")
    place.write(rows.map { "class \($0)\n" }.joined(), to: "t.csv")
    let command = "p.csv --labels l.csv --labels-true t.csv"
    let some = try Self.lines(place, command)
    #expect(some.contains("... and 10 more"))
    #expect(some.contains { $0.hasPrefix("10 others") })
    #expect(some.contains { $0.hasPrefix("class \\ cluster") && $0.hasSuffix("  others") })
    #expect(some.count < 70)
    let all = try Self.lines(place, command + " --all")
    #expect(!all.contains { $0.contains("others") || $0.contains("more") })
    #expect(all.count { $0.hasPrefix("class ") } == 31)
    // Nothing is lost in the sums: all points are there, and the counts of a line are its points.
    for lines in [some, all] {
      var points = 0
      for line in lines.drop(while: { !$0.hasPrefix("class \\") }).dropFirst() where !line.isEmpty {
        let counts = line.split(separator: "  ").dropFirst().map {
          Int($0.filter(\.isNumber)) ?? 0
        }
        #expect(counts.dropFirst().reduce(0, +) == counts.first, "\(line)")
        points += counts.first ?? 0
      }
      #expect(points == 1000)
    }
  }

  @Test func `names steer no terminal and break no column`() throws {
    let place = EvaluateTests.withPoints()
    place.write("\"a\nb\"\n\u{1b}[31m\n\(String(repeating: "x", count: 90))\n\"\"\n", to: "t.csv")
    let lines = try Self.lines(place, "x.csv --labels labels.csv --labels-true t.csv")
    #expect(lines.contains { $0.hasPrefix("a\\nb ") })
    #expect(lines.contains { $0.hasPrefix("\\u{1b}[31m ") })
    #expect(lines.contains { $0.hasPrefix("\(String(repeating: "x", count: 23))~ ") })
    #expect(lines.contains { $0.hasPrefix("(empty) ") })
  }

  @Test func `a sample that misses a cluster says so`() throws {
    let place = Workplace()
    let rows = (0..<400).map { $0 == 7 ? 50 : $0 % 10 }
    place.write(rows.map { "\($0)\n" }.joined(), to: "p.csv")
    place.write(rows.map { $0 == 50 ? "1\n" : "0\n" }.joined(), to: "l.csv")
    let lines = try Self.lines(place, "p.csv --labels l.csv --sample 5")
    let line = lines.first { $0.hasPrefix("silhouette") }
    #expect(
      line?.hasSuffix(
        "not defined: all points of the sample are in one cluster; a larger sample has others")
        == true)
    #expect(
      lines.first { $0.hasPrefix("simplified silhouette") }?.contains("larger is better") == true)
  }

  @Test func `small weights leave one index without a value, with the reason`() throws {
    let place = Workplace()
    place.write("x,w\n0,0.1\n1,0.1\n10,0.1\n11,0.1\n", to: "p.csv")
    place.write("0\n0\n1\n1\n", to: "l.csv")
    let reason = "the weights add up to no more than the number of clusters"
    let lines = try Self.lines(place, "p.csv --labels l.csv --point-weights w")
    #expect(lines.first { $0.hasPrefix("Calinski") }?.hasSuffix("not defined: \(reason)") == true)
    #expect(lines.first { $0.hasPrefix("silhouette") }?.hasSuffix("; weights do not enter") == true)
    let outcome = try place.kmeans(
      "evaluate", "p.csv", "--labels", "l.csv", "--point-weights", "w", "--json")
    #expect(outcome.text.contains("\"calinskiHarabaszUndefined\":\"\(reason)\""))
    #expect(outcome.text.contains("\"calinskiHarabasz\":null"))
  }
}
