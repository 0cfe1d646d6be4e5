import Foundation
import Testing

/// kmeans report: each kind makes a page that is whole, and loads nothing.
@Suite struct ReportPageTests {
  private static let names = ["</script><img src=x onerror=alert(1)>", "b & c", "d", "e"]

  /// Three groups of four columns, of which two have nothing to say; 600 rows.
  static func data(_ count: Int = 600) -> String {
    var random = TestRandom(1)
    let rows = (0..<count).map { row in
      let group = Double(row % 3)
      let values = [
        10 * group + random.bell(), 5 * group * group + random.bell(), random.bell(), 7,
      ]
      return values.map { "\($0)" }.joined(separator: ",")
    }
    return (["\"\(names[0])\",\(names[1...].joined(separator: ","))"] + rows).joined(
      separator: "\n") + "\n"
  }

  private static func place() throws -> Workplace {
    let place = Workplace()
    place.write(data(), to: "p.csv")
    return place
  }

  /// Runs a report and reads the page.
  private static func page(
    _ place: Workplace, _ arguments: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let words = arguments.split(separator: " ").map(String.init)
    let outcome = try place.run(
      Program.kmeans, ["report"] + words + ["--out", "r.html"])
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(outcome.text.hasPrefix("r.html: "), sourceLocation: sourceLocation)
    let html = try place.text("r.html")
    check(html, sourceLocation)
    return html
  }

  /// Checks what holds of every page.
  static func check(_ html: String, _ sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(WellFormedPage.problem(html) == nil, sourceLocation: sourceLocation)
    for word in ["http:", "https:", " src=\"", "url(", "@import", "<img", "nan %", ">nan", "\"nan"]
    {
      #expect(!html.contains(word), "\(word)", sourceLocation: sourceLocation)
    }
    #expect(
      html.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-"),
      sourceLocation: sourceLocation)
    #expect(html.utf8.count < 2_000_000, sourceLocation: sourceLocation)
  }

  /// The titles of the parts of a page.
  private static func parts(_ html: String) -> [String] {
    html.components(separatedBy: "<h2>").dropFirst().map {
      $0.components(separatedBy: "</h2>")[0]
    }
  }

  @Test func `a fit is drawn`() throws {
    let place = try Self.place()
    let html = try Self.page(place, "p.csv -k 3 --standardize --seed 4")
    #expect(
      Self.parts(html) == [
        "Where the points lie", "Sizes", "What each cluster means", "Silhouettes",
        "Inertia by iteration",
      ])
    #expect(html.contains("<h1>3 clusters of p.csv</h1>"))
    #expect(html.contains("200, 33.3 %"))
    #expect(html.contains("All 600 points are drawn."))
    #expect(html.contains("&lt;/script&gt;&lt;img"))
    #expect(html.contains("(rows standardised)"))
    // A column that holds one value separates nothing.
    #expect(html.contains("7, always"))
  }

  @Test func `the same command makes the same bytes, whatever the threads`() throws {
    let place = try Self.place()
    let one = try Self.page(place, "p.csv -k 3 --threads 1 --sample 100")
    let two = try Self.page(place, "p.csv -k 3 --threads 4 --sample 100")
    #expect(one == two)
    #expect(one.contains("100 of 600 points are drawn, at random"))
    let dots = one.components(separatedBy: "h0").count - 1
    #expect(dots == 100)
  }

  @Test func `a model is drawn with its points and without`() throws {
    let place = try Self.place()
    try place.kmeans("fit", "p.csv", "-k", "3", "--model", "m", "--quiet")
    let alone = try Self.page(place, "--model m")
    #expect(
      Self.parts(alone) == ["Where the centroids lie", "Sizes", "What each cluster means"])
    let html = try Self.page(place, "--model m p.csv")
    #expect(
      Self.parts(html) == [
        "Where the points lie", "Sizes", "What each cluster means", "Silhouettes",
      ])
    #expect(html.contains("Variance of columns that the clusters explain"))
  }

  @Test func `numbers of clusters are compared`() throws {
    let place = try Self.place()
    let html = try Self.page(place, "p.csv --clusters 1-6 --exclude d,e")
    #expect(Self.parts(html)[0] == "How many clusters")
    #expect(html.contains("Most criteria suggest 3 clusters"))
    #expect(html.contains("<h1>3 clusters of p.csv</h1>"))
    let asked = try Self.page(place, "p.csv --clusters 2-5 -k 2")
    #expect(asked.contains("The rest of this page is about 2, as asked for."))
    #expect(asked.contains("<h1>2 clusters of p.csv</h1>"))
  }

  @Test func `one pass is drawn with the sketch, its growth and its bounds`() throws {
    let place = Workplace()
    place.write(Self.data(6000), to: "p.csv")
    let html = try Self.page(place, "p.csv -k 3 --onepass")
    #expect(
      Self.parts(html).prefix(3) == [
        "What the cost lies between", "The sketch", "How the sketch grew",
      ])
    #expect(html.contains("for certain") && html.contains("by a second look at the points"))
    #expect(html.contains("The distance cutoff as points come"))
    // The same run, kept as a sketch.
    try place.kmeans("onepass", "p.csv", "-k", "3", "--sketch", "s", "--quiet")
    let alone = try Self.page(place, "--sketch s -k 3")
    #expect(alone.contains("A sketch does not keep how it grew"))
    #expect(!alone.contains("by a second look"))
    let both = try Self.page(place, "--sketch s -k 3 p.csv")
    func cost(_ html: String) -> Substring? {
      html.firstMatch(of: #/It is (\S+), by a second look/#)?.output.1
    }
    #expect(cost(both) != nil && cost(both) == cost(html))
    let piped = try place.shell(
      "cat p.csv | \"$KMEANS\" report - -k 3 --onepass --out r.html")
    #expect(piped.status == 0, "\(piped.errors)")
    let pipe = try place.text("r.html")
    Self.check(pipe)
    #expect(pipe.contains("of 6000 points are drawn, at random"))
  }

  @Test(arguments: ["cosine", "mahalanobis", "weighted-euclidean --distance-weights w.csv"])
  func `other distances are drawn`(_ distance: String) throws {
    let place = try Self.place()
    place.write("1\n2\n3\n", to: "w.csv")
    let html = try Self.page(place, "p.csv -k 3 --exclude e --distance \(distance)")
    #expect(html.contains(distance.split(separator: " ")[0]))
    try place.kmeans(
      "fit", "p.csv", "-k", "3", "--exclude", "e", "--distance", "cosine", "--model", "m", "--quiet"
    )
    let model = try Self.page(place, "--model m p.csv")
    #expect(model.contains("centroids are directions"))
  }

  @Test func `distances without squares have no silhouettes`() throws {
    let place = try Self.place()
    let html = try Self.page(place, "p.csv -k 3 --onepass --distance manhattan")
    #expect(html.contains("There are none: they go by Euclidean distances"))
    #expect(html.contains("the clusters go by manhattan"))
  }

  @Test func `one column is a histogram`() throws {
    let place = try Self.place()
    let html = try Self.page(place, "p.csv -k 3 --columns 1")
    #expect(html.contains("Points along their only column"))
    try place.kmeans("fit", "p.csv", "-k", "3", "--columns", "1", "--model", "m", "--quiet")
    #expect(try Self.page(place, "--model m").contains("The value of each centroid"))
    #expect(
      try Self.page(place, "p.csv -k 3 --columns 1 --onepass").contains(
        "centroids stand for 600 points"))
  }

  @Test func `many clusters are summed up`() throws {
    let place = Workplace()
    place.write((0..<1500).map { "\($0 * $0),\($0 % 7)\n" }.joined(), to: "p.csv")
    let html = try Self.page(place, "p.csv -k 1200 --max-iterations 2")
    #expect(html.contains("How many clusters have how many points"))
    #expect(html.contains("The 100 largest of 1200 clusters are listed"))
    #expect(html.contains("The 24 largest of 1200 clusters are shown."))
    #expect(html.contains("900 smaller clusters have no mark."))
  }

  @Test func `what has no spread has a picture`() throws {
    let place = Workplace()
    place.write("5,5,5\n5,5,5\n5,5,5\n", to: "same.csv")
    #expect(try Self.page(place, "same.csv -k 1").contains("There are none: "))
    place.write("1,2,3\n", to: "one.csv")
    _ = try Self.page(place, "one.csv -k 1")
    place.write("1e139,2e139,1\n-1e139,0,2\n3e138,5,9\n", to: "large.csv")
    _ = try Self.page(place, "large.csv -k 2")
    place.write("1e-130,2e-130,0\n-1e-130,0,0\n0,0,0\n", to: "small.csv")
    _ = try Self.page(place, "small.csv -k 2")
  }

  @Test func `the page goes to the standard output, too`() throws {
    let place = try Self.place()
    let outcome = try place.kmeans("report", "p.csv", "-k", "3", "--out", "-")
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("<!DOCTYPE html>"))
    #expect(outcome.errors.contains("standard output") || outcome.errors.contains("Sizes"))
  }

  @Test func `facts are printed as JSON`() throws {
    struct Facts: Decodable {
      let kind: String
      let points, clusters, sampledPoints, bytes: Int
      let out: String
    }
    let place = try Self.place()
    let outcome = try place.kmeans(
      "report", "p.csv", "-k", "3", "--out", "r.html", "--sample", "50", "--json")
    let facts = try JSONDecoder().decode(Facts.self, from: Data(outcome.output))
    #expect(facts.kind == "fit" && facts.points == 600 && facts.clusters == 3)
    #expect(facts.sampledPoints == 50 && facts.out == "r.html")
    #expect(facts.bytes == (try place.bytes("r.html").count))
  }
}
