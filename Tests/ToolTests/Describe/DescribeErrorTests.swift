import Clustering
import Foundation
import Testing

/// What `kmeans describe` refuses, and what it cuts.
@Suite struct DescribeErrorTests {
  static let see = "see 'kmeans describe --help'"

  @Test(
    arguments: [
      Wrong("describe a.csv", "a.csv: expected a model, as 'kmeans fit --model' writes it"),
      Wrong("describe no", "no: cannot open: No such file or directory", 74),
      Wrong("describe m no.csv", "no.csv: cannot open: No such file or directory", 74),
      Wrong(
        "describe m x.csv",
        "x.csv: there is no column 'y' among 'x', expected 'x', 'y' as in m"),
      Wrong(
        "describe m turned.csv --columns 1,2",
        "turned.csv: columns 'y', 'x', expected 'x', 'y' as in m; --columns x,y chooses them"),
      Wrong("describe m m", "m: expected points, found a k-means model"),
      Wrong("describe m empty.npy", "empty.npy: there are no points"),
      Wrong("describe m --top 0", "--top 0: expected at least 1; \(see)", 64),
      Wrong(
        "describe m a.csv --examples -1",
        "--examples -1: expected a number that is not negative; \(see)", 64),
      Wrong(
        "describe m --examples 2",
        "--examples 2: expected INPUT, a file to take rows from; \(see)", 64),
      Wrong(
        "describe m --columns x", "--columns x: expected INPUT, a file with these columns; \(see)",
        64),
      Wrong("describe m --csv t.npy", "--csv 't.npy': expected a name that ends in .csv", 64),
      Wrong("describe m --csv -", "--csv -: expected a file", 64),
      Wrong(
        "describe m a.csv --csv a.csv", "--csv a.csv: expected another file than the input a.csv",
        64),
    ])
  func `one clear line`(_ wrong: Wrong) throws {
    let place = try DescribeTests.withModel()
    place.write("x\n1\n2\n", to: "x.csv")
    place.write("y,x\n1,2\n3,4\n", to: "turned.csv")
    place.write(npyFile([], type: "<f8", shape: "(0, 2)"), to: "empty.npy")
    try wrong.check(in: place)
  }

  @Test func `a table where there is no folder`() throws {
    let place = try DescribeTests.withModel()
    let folder = try #require(realpath(place.path, nil).map { String(cString: $0) })
    try place.expectFailure(
      74, "no/t.csv: cannot write: there is no folder \(folder)/no", "describe m --csv no/t.csv")
  }

  @Test func `a very large model is cut, which is said`() throws {
    let place = Workplace()
    try DescribeTests.largeModel(clusters: 10_000, columns: 1000).save(to: "\(place.path)/m")
    let outcome = try place.kmeans("describe", "m")
    #expect(outcome.status == 0 && outcome.errors == "")
    let lines = outcome.text.split(separator: "\n")
    #expect(lines[0] == "m: 10000 clusters of 1000 columns, the 5 that separate each most")
    #expect(lines.last == "... 9950 more clusters: --json or --csv OUT has all")
    #expect(lines.count { $0.hasPrefix("cluster ") } == 50 && lines.count < 400)
    #expect(lines.allSatisfy { $0.count <= 100 })
    // The heaviest first.
    #expect(lines.contains { $0.hasPrefix("cluster 9999: weight 10000, ") })
    #expect(!lines.contains { $0.hasPrefix("cluster 9949: ") })
  }

  @Test func `all clusters are in the table and in JSON`() throws {
    let place = Workplace()
    var model = try DescribeTests.largeModel(clusters: 60, columns: 3)
    let name = String(repeating: "a long name\u{1b} ", count: 20)
    model.inputColumns = InputColumns(format: "csv", fileColumns: 3, names: ["a", name, "b"])
    try model.save(to: "\(place.path)/m")
    let outcome = try place.kmeans("describe", "m", "--csv", "t.csv")
    #expect(outcome.text.hasSuffix("\n... 10 more clusters: --json or --csv OUT has all\n"))
    #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(!outcome.text.contains("\u{1b}"))
    #expect(try place.text("t.csv").split(separator: "\n").count == 61)
    #expect(try DescribeTests.report(place, "m").profiles.count == 60)
  }
}
