import Foundation
import Testing

/// `kmeans report`: values behind pictures, and what a page says of its data.
@Suite struct ReportDetailTests {
  private static func page(_ place: Workplace, _ arguments: String) throws -> String {
    let outcome = try place.run(
      Program.kmeans,
      ["report"] + arguments.split(separator: " ").map(String.init)
        + ["--out", "r.html", "--quiet"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let html = try place.text("r.html")
    #expect(WellFormedPage.problem(html) == nil)
    return html
  }

  /// Two columns and two clusters of two points each.
  private static func place() -> Workplace {
    let place = Workplace()
    place.write(
      "id,a_rather_long_name_of_a_column,b\nw,0,1\nx,2,1\ny,10,5\nz,12,5\n", to: "p.csv")
    return place
  }

  @Test func `the values of centroids, means and deviations are listed`() throws {
    let html = try Self.page(Self.place(), "p.csv -k 2 --id-column id")
    #expect(html.contains("The values of the centroids"))
    // Means 6 and 3; deviations sqrt(26) and 2.
    func row(_ name: String, _ cells: [String]) -> Bool {
      let line = cells.map { "<td>\($0)</td>" }.joined()
      return html.contains("<td class=\"first\">\(name)</td>\(line)")
    }
    let name = "a_rather_long_name_of_a_column"
    #expect(row(name, ["6", "5.099", "1", "11"]) || row(name, ["6", "5.099", "11", "1"]))
    #expect(row("b", ["3", "2", "1", "5"]) || row("b", ["3", "2", "5", "1"]))
    // Rows are named by their ids.
    #expect(html.contains("nearest rows (id)") && html.contains("<td>w, x</td>"))
    // On paper there is nothing to press.
    #expect(html.contains(".controls{display:none!important}"))
  }

  @Test func `a column that has nearly all of the variance is told on the page`() throws {
    let place = Workplace()
    let rows = (0..<40).map { "\(($0 % 2) * 1000 + $0 * 7 % 11),\($0 % 2)" }
    place.write("large,small\n" + rows.joined(separator: "\n") + "\n", to: "p.csv")
    let html = try Self.page(place, "p.csv -k 2")
    #expect(html.contains("has 99.9 % of the variance: --standardize gives all columns the same."))
    let equal = try Self.page(place, "p.csv -k 2 --standardize")
    #expect(!equal.contains("of the variance: --standardize"))
  }

  @Test func `all centroids of a sketch are inside of its picture`() throws {
    let place = Workplace()
    place.write(ReportPageTests.data(3000), to: "p.csv")
    try place.kmeans("onepass", "p.csv", "-k", "2", "--sketch", "s", "--quiet")
    let html = try Self.page(place, "--sketch s -k 2")
    let picture = try #require(html.components(separatedBy: "aria-label=\"The sketch\"").last)
      .components(separatedBy: "</figure>")[0]
    let places = picture.matches(of: #/<circle cx="([-0-9.]+)" cy="([-0-9.]+)"/#).map {
      (x: Double($0.output.1) ?? .nan, y: Double($0.output.2) ?? .nan)
    }
    #expect(places.count > 10)
    #expect(places.allSatisfy { $0.x > 84 && $0.x < 724 && $0.y > 12 && $0.y < 424 })
  }

  @Test func `a sketch of few points says why it cannot be seen to grow`() throws {
    let place = Workplace()
    place.write(ReportPageTests.data(900), to: "p.csv")
    let html = try Self.page(place, "p.csv -k 3 --onepass")
    #expect(html.contains("900 points are too few to see it grow"))
    #expect(!html.contains("shows that"))
    let many = Workplace()
    many.write(ReportPageTests.data(2000), to: "p.csv")
    let grown = try Self.page(many, "p.csv -k 3 --onepass")
    #expect(grown.contains("becomes one by chance, with the probability distance / cutoff"))
  }

  @Test(arguments: [
    Wrong(
      "report --model m --id-column id --out r.html",
      "--id-column id: expected INPUT, a file with that column", 64),
    Wrong(
      "report --sweep a.csv -k 2 --id-column id --out r.html",
      "--id-column id: expected a report of clusters, not of a stream", 64),
  ]) func `ids need rows that are named`(_ wrong: Wrong) throws {
    try wrong.check(in: Workplace.withSample())
  }
}
