import Foundation
import Testing

/// `kmeans report` of streams whose batches are not those of the truth, or of the input.
@Suite struct AlignedTraceTests {
  /// A jump in batch 14 of 40, learnt in batches of two of these.
  private static func place(_ options: String = "") throws -> Workplace {
    let place = Workplace()
    let outcome = try place.shell(
      """
      "$KMEANS" generate jump --seed 2 --out jump.csv --truth truth.jsonl --quiet \\
        && "$KMEANS" stream jump.csv --batch-size 200 -k 4 --half-life 2 --trace t.jsonl --quiet \(options)
      """)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return place
  }

  /// The page of a command, which has nothing to say.
  private static func page(_ place: Workplace, _ arguments: String, errors: String = "") throws
    -> String
  {
    let outcome = try place.run(
      Program.kmeans,
      ["report"] + arguments.split(separator: " ").map(String.init)
        + ["--out", "r.html", "--json"])
    #expect(outcome.status == 0 && outcome.errors == errors)
    let html = try place.text("r.html")
    #expect(WellFormedPage.problem(html) == nil)
    return html
  }

  @Test func `a change is drawn where the points changed`() throws {
    let place = try Self.place()
    let html = try Self.page(place, "--trace t.jsonl --truth truth.jsonl")
    #expect(html.contains(">jump of 4 clusters, batch 7</text>"))
    #expect(!html.contains("batch 14</text>"))
    #expect(html.contains("<td>7</td><td class=\"first\">in truth: jump of cluster 0</td>"))
    let every = try Self.place("--trace-every 3")
    #expect(
      try Self.page(every, "--trace t.jsonl --truth truth.jsonl").contains(
        ">jump of 4 clusters, batch 9</text>"))
  }

  @Test func `a sweep recovers from where the points changed`() throws {
    let place = try Self.place()
    let html = try Self.page(
      place, "--sweep jump.csv --batch-size 200 -k 4 --half-lives 1,2 --truth truth.jsonl")
    #expect(html.contains("<dt>change in batch</dt><dd>7</dd>"))
    try place.expectFailure(
      64,
      "--sweep: jump.csv: 4000 points in a single batch, and half-lives are counted in batches: "
        + "expected several, as --batch-size 100 makes them",
      "report --sweep jump.csv -k 4 --out s.html")
  }

  @Test func `the batches of an input are those of its trace`() throws {
    let place = try Self.place()
    let told = try Self.page(place, "--trace t.jsonl jump.csv --batch-size 200")
    #expect(try Self.page(place, "--trace t.jsonl jump.csv") == told)
    #expect(told.contains("dots are points"))
    let lines = try place.text("jump.csv").split(separator: "\n").prefix(3001)
    place.write(lines.joined(separator: "\n") + "\n", to: "part.csv")
    let note =
      "part.csv: 3000 points, and t.jsonl is of 4000: the points may not be those that the stream "
      + "learnt"
    let part = try Self.page(place, "--trace t.jsonl part.csv", errors: "\(note)\n")
    #expect(part.contains("<p class=\"note\">\(note).</p>"))
    // Other points than those of the truth.
    try place.kmeans(
      "stream", "part.csv", "--batch-size", "200", "-k", "4", "--trace", "part.jsonl", "--quiet")
    let truth =
      "truth.jsonl: it is of 4000 points, part.jsonl of 3000: the first of these are taken for the "
      + "first of those"
    let other = try Self.page(
      place, "--trace part.jsonl --truth truth.jsonl", errors: "\(truth)\n")
    #expect(other.contains("\(truth)."))
  }

  @Test func `a vanished cluster is named`() throws {
    let place = Workplace()
    let outcome = try place.shell(
      """
      "$KMEANS" generate vanish --seed 2 --out p.csv --truth truth.jsonl --quiet \\
        && "$KMEANS" stream p.csv --batch-size 100 -k 4 --half-life 2 --trace t.jsonl --quiet
      """)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let line = try place.text("truth.jsonl").split(separator: "\n").first {
      $0.contains("vanish")
    }
    let event = try #require(
      line?.firstMatch(of: #/"batch":(\d+).*"vanish","cluster":(\d+)/#)?.output)
    let html = try Self.page(place, "--trace t.jsonl --truth truth.jsonl")
    #expect(html.contains(">vanish of cluster \(event.2), batch \(event.1)</text>"))
    #expect(
      html.contains(
        "<td>\(event.1)</td><td class=\"first\">in truth: vanish of cluster \(event.2)</td>"))
  }
}
