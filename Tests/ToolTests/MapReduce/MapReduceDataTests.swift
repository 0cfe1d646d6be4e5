import Foundation
import Testing

/// Rows with weights, rows that are left out or wrong, and too few of them, with `-xm mapreduce`.
@Suite struct MapReduceDataTests {
  @Test(arguments: ["w.csv", "w.npy"])
  func `points have weights`(_ file: String) throws {
    let place = Workplace()
    let rows = Heaps.rows(900, seed: 2)
    var values: [Double] = []
    for row in 0..<900 {
      for column in 0..<3 { values.append(Double(rows[3 * row + column])) }
      values.append(Double(row % 4))
    }
    place.write(npyFile(values, columns: 4), to: "w.npy")
    let lines = (0..<900).map { (row: Int) -> String in
      values[4 * row..<4 * row + 4].map { (value: Double) -> String in "\(value)" }
        .joined(separator: ",")
    }
    place.write(lines.joined(separator: "\n") + "\n", to: "w.csv")
    let facts = try place.onePassFacts(
      "\(file) -k 4 -xm mapreduce --splits 4 --point-weights 4 --cluster-weights o.csv "
        + "--centroids c.csv --labels l.npy")
    #expect(facts.points == 900)
    #expect(try place.numbers("o.csv").reduce(0) { $0 + $1[0] } == 225.0 * 6)
    #expect(try place.numbers("c.csv")[0].count == 3)
    let cost = try #require(facts.cost)
    #expect(facts.costLower <= cost && cost <= facts.costUpper)
  }

  @Test func `rows that are left out stay out, and have a label`() throws {
    let place = Workplace()
    let rows = (0..<400).map { (row: Int) -> String in
      row % 10 == 3 ? "x,1" : "\(row % 2 * 100 + row / 2 % 5),1"
    }
    place.write("a,b\n" + rows.joined(separator: "\n") + "\n", to: "p.csv")
    let facts = try place.onePassFacts(
      "p.csv -k 2 -xm mapreduce --splits 4 --on-invalid skip --columns a,b --labels l.csv")
    #expect(facts.points == 360)
    #expect(facts.skippedRows == 40)
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n")
    #expect(labels.count == 400)
    #expect(labels.indices.allSatisfy { (labels[$0] == "-1") == ($0 % 10 == 3) })
  }

  @Test func `missing values are means, which the model knows`() throws {
    let place = Workplace()
    let rows = (0..<400).map { (row: Int) -> String in
      row % 10 == 3 ? ",1" : "\(row % 2 * 100 + row / 2 % 5),\(row % 3)"
    }
    place.write("a,b\n" + rows.joined(separator: "\n") + "\n", to: "p.csv")
    try place.onePass("p.csv -k 3 --on-invalid mean --model one --quiet")
    try place.onePass(
      "p.csv -k 3 -xm mapreduce --splits 1 --on-invalid mean --model m --labels l.csv --quiet")
    #expect(try place.bytes("m") == place.bytes("one"))
  }

  @Test func `empty splits are fine`() throws {
    let place = Workplace.withSample()
    let outcome = try place.onePass("a.npy -k 2 -xm mapreduce --centroids c.csv")
    #expect(outcome.errors == "a.npy: 4 rows for 8 splits: 4 of them are empty\n")
    #expect(
      outcome.text.contains(
        "sketch: 4 centroids, 0 collapses, no distance cutoff: no split has two different points"))
    #expect(try Set(place.numbers("c.csv")) == [[1.25, 2], [10, 11.5]])
    let few = try place.kmeans(
      "onepass", "a.npy", "-k", "5", "-xm", "mapreduce", "--quiet", "--centroids", "d.csv")
    #expect(
      few.errors
        == "kmeans: a.npy: 5 clusters for 4 points, expected at most as many clusters as points\n")
    #expect(few.status == 65)
    place.write(npyFile([], type: "<f8", shape: "(0, 4)"), to: "none.npy")
    try place.expectFailure(
      65, "none.npy: there are no points", "onepass none.npy -k 1 -xm mapreduce --centroids d.csv")
    #expect(place.names == ["a.csv", "a.npy", "c.csv", "none.npy", "start.npy"])
  }

  @Test func `what is wrong with a row is told by its place in the input`() throws {
    let place = Workplace()
    var values = Heaps.rows(1000, seed: 1)
    values[3 * 700 + 1] = .nan
    place.write(npyFile(values, columns: 3), to: "p.npy")
    try place.expectFailure(
      65,
      "p.npy: the value in row 701, column 2 is not finite (rows and columns count from 1)"
        + notFiniteHint, "onepass p.npy -k 4 -xm mapreduce --centroids c.csv --quiet")
    place.write(gzipFile(try place.bytes("p.npy")), to: "p.npy.gz")
    try place.expectFailure(
      65,
      "p.npy.gz: the value in row 701, column 2 is not finite (rows and columns count from 1)"
        + notFiniteHint, "onepass p.npy.gz -k 4 -xm mapreduce --centroids c.csv --quiet")
    place.write("1,2\n3,x\n", to: "t.csv")
    let text = try place.kmeans(
      "onepass", "t.csv", "-k", "1", "-xm", "mapreduce", "--columns", "1,2")
    #expect(text.status == 65)
    #expect(text.errors.contains("t.csv: line 2, column 2: "))
    #expect(place.names == ["p.npy", "p.npy.gz", "t.csv"])
  }
}
