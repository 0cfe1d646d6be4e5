import Clustering
import Foundation
import Testing

/// `kmeans describe`: what clusters mean, by the columns that separate them.
@Suite struct DescribeTests {
  static func withModel(_ options: String...) throws -> Workplace {
    let place = Workplace.withSample()
    let fit = ["fit", "a.csv", "-k", "2", "--init", "start.npy", "--model", "m", "--quiet"]
    #expect(try place.run(Program.kmeans, fit + options).status == 0)
    return place
  }

  /// A model whose column c of cluster k is k + c.
  static func largeModel(clusters: Int, columns: Int) throws -> KMeansModel<Double> {
    var centroids = try Matrix<Double>(rows: clusters, columns: columns)
    for row in 0..<clusters {
      for column in 0..<columns { centroids[row, column] = Double(row + column) }
    }
    return KMeansModel(
      centroids: centroids, clusterWeights: (0..<clusters).map { Double($0 + 1) }, inertia: 0,
      iterations: 1, converged: true)
  }

  struct Report: Decodable {
    struct Column: Decodable {
      let column: String
      let centroid: Double
      let separation: Double?
    }
    struct Example: Decodable, Equatable {
      let row: Int
      let distance: Double
    }
    struct Profile: Decodable {
      let cluster: Int
      let id: Int?
      let size: Double
      let share: Double
      let inertiaShare: Double?
      let centroid: [Double]
      let top: [Column]
      let examples: [Example]?
    }
    let model: String
    let input: String?
    let clusters: Int
    let dimension: Int
    let points: Int?
    let skippedRows: Int?
    let sizeOf: String
    let spreadOf: String
    let distance: String
    let standardized: Bool
    let columns: [String]
    let means: [Double]
    let deviations: [Double]
    let profiles: [Profile]
  }

  static func report(_ place: Workplace, _ command: String) throws -> Report {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, ["describe"] + words + ["--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.hasSuffix("]}\n") && outcome.text.split(separator: "\n").count == 1)
    return try JSONDecoder().decode(Report.self, from: Data(outcome.output))
  }

  @Test func `a model alone`() throws {
    let outcome = try Self.withModel().kmeans("describe", "m")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(
      outcome.text == """
        m: 2 clusters of 2 columns
        mean and sd are those of the centroids, by the weights of their clusters; those of points,
        and examples, take a file of points: kmeans describe MODEL INPUT

             centroid   mean     sd  from the mean
        cluster 0: weight 2, 50.0 %
          x      1.25  5.625  4.375          -1 sd
          y         2   6.75   4.75          -1 sd
        cluster 1: weight 2, 50.0 %
          x        10  5.625  4.375          +1 sd
          y      11.5   6.75   4.75          +1 sd

        """)
  }

  @Test func `with points`() throws {
    let outcome = try Self.withModel().kmeans("describe", "m", "a.csv", "--examples", "1")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(
      outcome.text.replacing(#/assigned in .*/#, with: "assigned") == """
        m: 2 clusters of 2 columns
        a.csv: 4 points, assigned
        mean and sd are those of the points; rows count from 1

             centroid   mean       sd  from the mean
        cluster 0: 2 points, 50.0 %, 20.0 % of the inertia
          x      1.25  5.625  4.37857      -0.999 sd
          y         2   6.75  4.76314      -0.997 sd
          nearest row 1 at 0.25
        cluster 1: 2 points, 50.0 %, 80.0 % of the inertia
          x        10  5.625  4.37857      +0.999 sd
          y      11.5   6.75  4.76314      +0.997 sd
          nearest row 3 at 0.5

        """)
  }

  @Test func `as JSON`() throws {
    let place = try Self.withModel()
    let alone = try Self.report(place, "m")
    #expect(alone.model == "m" && alone.input == nil && alone.points == nil)
    #expect(alone.clusters == 2 && alone.dimension == 2)
    #expect(alone.sizeOf == "weight" && alone.spreadOf == "centroids")
    #expect(alone.profiles.allSatisfy { $0.inertiaShare == nil && $0.examples == nil })
    place.write("x,y\n1.25,2\n1.5,2\n\n1.75,2\nnan,1\n10,11.5\n", to: "b.csv")
    let report = try Self.report(place, "m b.csv --top 1 --on-invalid skip --examples 2 --quiet")
    #expect(report.input == "b.csv" && report.points == 4 && report.skippedRows == 1)
    #expect(report.clusters == 2 && report.dimension == 2)
    #expect(report.sizeOf == "points" && report.spreadOf == "points")
    #expect(report.columns == ["x", "y"] && report.means == [3.625, 4.375])
    let first = report.profiles[0]
    #expect(report.profiles.map(\.cluster) == [0, 1] && report.profiles.map(\.size) == [3, 1])
    #expect(first.share == 0.75 && first.inertiaShare == 1 && first.centroid == [1.25, 2])
    #expect(first.examples == [.init(row: 0, distance: 0), .init(row: 1, distance: 0.25)])
    // The row that is left out counts.
    #expect(report.profiles[1].examples == [.init(row: 4, distance: 0)])
    let score = (1.25 - 3.625) / report.deviations[0]
    #expect(first.top.map(\.column) == ["x"] && first.top[0].centroid == 1.25)
    #expect((first.top[0].separation! - score).magnitude < 1e-12)
  }

  @Test func `the largest cluster and the column that separates most come first`() throws {
    let place = Workplace()
    place.write("k,a,b\n0,0,5\n0,8,5\n0,4,5\n9,5,5\n9,7,5\n", to: "p.csv")
    place.write("k,a,b\n9,6,5\n0,4,5\n", to: "c.csv")
    try place.kmeans("fit", "p.csv", "-k", "2", "--init", "c.csv", "--model", "m")
    let text = try place.kmeans("describe", "m", "p.csv").text
    let lines = text.split(separator: "\n").map(String.init)
    let headings = lines.filter { $0.hasPrefix("cluster") }
    #expect(headings.map { $0.prefix(9) } == ["cluster 1", "cluster 0"])
    let names = lines.filter { line in
      line.hasPrefix("  ") && !["centroid", "nearest"].contains { line.contains($0) }
    }
    #expect(names.map { $0.split(separator: " ")[0] } == ["k", "a", "b", "k", "a", "b"])
    // What holds one value separates nothing.
    #expect(lines.filter { $0.hasPrefix("  b ") }.allSatisfy { $0.hasSuffix(" -") })
    let report = try Self.report(place, "m")
    #expect(report.deviations[2] == 0 && report.profiles[0].top[2].separation == nil)
  }

  @Test func `the table`() throws {
    let place = try Self.withModel()
    let outcome = try place.kmeans("describe", "m", "--csv", "t.csv", "--quiet")
    #expect(outcome.status == 0 && outcome.text == "" && outcome.errors == "")
    #expect(
      try place.text("t.csv")
        == "cluster,size,share,x,y\n0,2,0.5,1.25,2.0\n1,2,0.5,10.0,11.5\n")
    place.write(npyFile([Float(0.1), 0.1], columns: 1), to: "f.npy")
    try place.kmeans("fit", "f.npy", "-k", "1", "--model", "f")
    try place.kmeans("describe", "f", "f.npy", "--csv", "t.csv")
    #expect(try place.text("t.csv") == "cluster,size,share,column1\n0,2,1.0,0.1\n")
  }

  @Test func `points come from the standard input`() throws {
    let place = try Self.withModel()
    let outcome = try place.kmeans("describe", "m", "-", input: Array(Sample.csv.utf8))
    #expect(outcome.status == 0 && outcome.text.contains("standard input: 4 points, "))
  }

  @Test func `the help`() throws {
    let text = try Workplace().kmeans("describe", "--help").text
    for word in ["<model>", "<input>", "--top", "--examples", "--csv", "--json", "--columns"] {
      #expect(text.contains(word), "\(word)")
    }
  }
}
