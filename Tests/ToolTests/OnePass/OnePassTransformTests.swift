import Foundation
import Testing

/// `kmeans onepass` with `--distance cosine` and `--standardize`.
@Suite struct OnePassTransformTests {
  /// Rows near three axes, of any length.
  private static func rows(_ count: Int) -> [[Double]] {
    var random = TestRandom(3)
    return (0..<count).map { row in
      let length = Double.random(in: 0.01..<100, using: &random)
      return (0..<3).map { (column: Int) -> Double in
        let along: Double = column == row % 3 ? 1 : 0
        return length * (along + 0.05 * random.bell())
      }
    }
  }

  private static func normalized(_ row: [Double]) -> [Double] {
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return row.map { $0 / length }
  }

  @Test func `with the cosine rows are divided by their length as they come`() throws {
    let place = Workplace()
    let rows = Self.rows(3000)
    place.write("x,y,z\n" + csv(rows), to: "p.csv")
    place.write("x,y,z\n" + csv(rows.map(Self.normalized)), to: "n.csv")
    let facts = try place.onePassFacts(
      "p.csv -k 3 --distance cosine --centroids c.csv --labels l.csv --model m")
    try place.onePass("n.csv -k 3 --centroids cn.csv --labels ln.csv --quiet")
    #expect(try place.text("l.csv") == place.text("ln.csv"))
    let centroids = try place.numbers("c.csv")
    #expect(centroids == (try place.numbers("cn.csv").map(Self.normalized)))
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n").map { Int($0)! }
    #expect(Set(labels[0..<3]).count == 3)
    for row in rows.indices { #expect(labels[row] == labels[row % 3]) }
    // The cost is that of the distance: 2 (1 - cosine).
    var cost = 0.0
    for row in rows.indices {
      for (value, mean) in zip(Self.normalized(rows[row]), centroids[labels[row]]) {
        cost += (value - mean) * (value - mean)
      }
    }
    #expect(abs(try #require(facts.cost) - cost) < 1e-9 * cost)
    #expect(facts.costLower > 0 && facts.costLower <= cost && cost <= facts.costUpper)
    // And that of a fit, to some per mille.
    let fit = try place.kmeans("fit", "p.csv", "-k", "3", "--distance", "cosine", "--json")
    let best = try #require(Double(ReportTests.number("inertia", fit)))
    #expect(cost < 1.005 * best)
    // The model remembers.
    #expect(
      try place.kmeans("assign", "p.csv", "--model", "m").text
        == place.text("l.csv", under: "cluster"))
    #expect(try place.kmeans("info", "m").text.contains("distance         cosine"))
    let evaluated = try place.kmeans("evaluate", "p.csv", "--model", "m", "--json")
    let inertia = try #require(evaluated.text.firstMatch(of: #/"inertia":([0-9.e+-]+)/#))
    #expect(abs(Double(inertia.output.1)! - cost) < 1e-9 * cost)
  }

  @Test(arguments: [
    "-dm CosineDistanceMeasure", "-dm org.apache.mahout.common.distance.CosineDistanceMeasure",
    "--distanceMeasure CosineDistanceMeasure --distance cosine",
  ])
  func `Mahout's measure is the cosine`(_ option: String) throws {
    let place = Workplace()
    place.write(csv(Self.rows(300)), to: "p.csv")
    try place.onePass("p.csv -k 3 --distance cosine --centroids c.csv --labels l.npy --quiet")
    try place.onePass("-i p.csv -o out -cl -k 3 \(option) --centroids d.csv --quiet")
    #expect(try place.text("c.csv") == place.text("d.csv"))
    #expect(try place.bytes("l.npy") == place.bytes("out/labels.npy"))
  }

  @Test func `rows of zeros`() throws {
    let place = Workplace()
    place.write("x,y\n1,2\n0,0\n3,1\n-1,2\n", to: "z.csv")
    try place.expectFailure(
      65,
      "z.csv: row 2 has no direction: all its values are zero, or become zero (rows count from 1)",
      "onepass z.csv -k 2 --distance cosine --model m")
    let outcome = try place.onePass("z.csv -k 2 --distance cosine --on-invalid skip --labels l.csv")
    #expect(
      outcome.errors
        == "z.csv: 1 row of zeros is left out, for it has no direction: 2 (rows count from 1)\n")
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n")
    #expect(labels.count == 4 && labels[1] == "-1" && !labels[2...].contains("-1"))
    let facts = try place.onePassFacts("z.csv -k 2 --distance cosine --on-invalid skip")
    #expect(facts.points == 3 && facts.skippedRows == 1)
  }

  @Test func `rows at the mean of all columns`() throws {
    let place = Workplace()
    place.write("1,1\n3,3\n2,2\n0,4\n4,0\n", to: "z.csv")
    let command = "z.csv -k 2 --distance cosine --standardize"
    try place.expectFailure(
      65,
      "z.csv: row 3 has no direction: all its values are zero, or become zero (rows count from 1)",
      "onepass \(command)")
    let outcome = try place.onePass("\(command) --on-invalid skip --labels l.csv")
    #expect(
      outcome.errors == """
        z.csv: standardised by all 5 rows
        z.csv: 1 row is left out, for it has no direction once the columns are standardised

        """)
    #expect(try place.text("l.csv").split(separator: "\n")[3] == "-1")
    let facts = try place.onePassFacts("\(command) --on-invalid skip --labels l.csv -ow --quiet")
    #expect(facts.points == 4 && facts.skippedRows == 1)
    #expect(try #require(facts.cost) <= facts.costUpper)
  }

  @Test func `columns are standardised by the first rows, however they come`() throws {
    let place = Workplace()
    var random = TestRandom(8)
    // The second column is a thousand times the first: as it is it alone decides.
    let rows = (0..<10_500).map { row in
      [Double(row % 2) + 0.1 * random.bell(), 1000 * random.bell()]
    }
    place.write("x,y\n" + csv(rows), to: "p.csv")
    let outcome = try place.onePass(
      "p.csv -k 2 --standardize --model m --labels l.csv --centroids c.csv")
    #expect(outcome.errors == "p.csv: standardised by the first 10,000 rows\n")
    #expect(outcome.text.contains("the cost of all points (rows standardised) "))
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n")
    let right = labels.indices.count { labels[$0] == labels[$0 % 2] }
    #expect(right > 10_000)
    // In the units of the input.
    let centroids = try place.numbers("c.csv").sorted { $0[0] < $1[0] }
    #expect(abs(centroids[0][0]) < 0.1 && abs(centroids[1][0] - 1) < 0.1)
    try place.onePass("- -k 2 --standardize --model pipe --quiet", input: place.bytes("p.csv"))
    #expect(try place.bytes("pipe") == place.bytes("m"))
    #expect(
      try place.kmeans("assign", "p.csv", "--model", "m").text
        == place.text("l.csv", under: "cluster"))
    #expect(try place.kmeans("info", "m").text.contains("standardized     yes"))
    let report = try ReportTests.object(
      place.kmeans("onepass", "p.csv", "-k", "2", "--standardize", "--json", "--quiet"))
    #expect(report["standardized"] as? Bool == true && report["distance"] as? String == "euclidean")
  }
}
