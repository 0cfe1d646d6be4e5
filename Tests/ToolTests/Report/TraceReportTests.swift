import Foundation
import Testing

/// `kmeans report` of streams: pages from traces, and half-lives side by side.
@Suite struct TraceReportTests {
  /// A folder with a jump as points, truth and trace.
  static func withTrace() throws -> Workplace {
    let place = Workplace()
    let outcome = try place.shell(
      """
      "$KMEANS" generate jump --points 60 --batches 24 --seed 2 --out p.csv --truth truth.jsonl --quiet \\
        && "$KMEANS" stream p.csv --batch-size 60 -k 4 --half-life 2 --drift --trace t.jsonl --quiet
      """)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return place
  }

  @Test func `a trace becomes a page`() throws {
    let place = try Self.withTrace()
    let outcome = try place.kmeans(
      "report", "--trace", "t.jsonl", "--truth", "truth.jsonl", "p.csv", "--batch-size", "60",
      "--out", "r.html", "--json")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.text.contains("\"kind\":\"stream\"") && outcome.text.contains("\"batches\":24"))
    #expect(outcome.text.contains("\"points\":1440"))
    let html = try place.text("r.html")
    for title in [
      "Clusters, batch by batch", "Ways of the centroids", "Weights", "Lives of the clusters",
      "Distance of the points", "Distance to the truth", "Drift", "Events",
    ] { #expect(html.contains("<h2>\(title)</h2>"), "\(title)") }
    #expect(html.contains(">x1</text>") && html.contains("batch 24 of 24"))
    // Nothing is loaded.
    #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("src="))
  }

  @Test func `a last line that is cut is left out and told`() throws {
    let place = try Self.withTrace()
    let bytes = try place.bytes("t.jsonl")
    place.write(Array(bytes.dropLast(40)), to: "cut.jsonl")
    let outcome = try place.kmeans("report", "--trace", "cut.jsonl", "--out", "r.html")
    #expect(outcome.status == 0)
    #expect(outcome.errors.hasPrefix("cut.jsonl: line 24 is cut after "))
    #expect(try place.text("r.html").contains("line 24 is cut after"))
    // Whole, but for the end of its line.
    place.write(Array(bytes.dropLast()), to: "whole.jsonl")
    let whole = try place.kmeans("report", "--trace", "whole.jsonl", "--out", "r.html")
    #expect(whole.status == 0 && whole.errors == "")
  }

  @Test func `a line that is broken elsewhere is an error with its place`() throws {
    let place = try Self.withTrace()
    var lines = try place.text("t.jsonl").split(separator: "\n").map(String.init)
    lines[2] = String(lines[2].dropLast(30))
    place.write(lines.joined(separator: "\n") + "\n", to: "broken.jsonl")
    let outcome = try place.kmeans("report", "--trace", "broken.jsonl", "--out", "r.html")
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("kmeans: broken.jsonl: line 3: no object of JSON, found '{"))
    #expect(outcome.errors.hasSuffix("expected a line of 'kmeans stream --trace'\n"))
    #expect(!place.names.contains("r.html"))
  }

  @Test func `what is no trace is refused`() throws {
    let place = Workplace()
    place.write("", to: "empty.jsonl")
    place.write("{\"batch\":1,\"poi", to: "half.jsonl")
    place.write("{\"batch\":1,\"points\":3}\n", to: "keys.jsonl")
    let head =
      "{\"batch\":1,\"points\":1,\"time\":1,\"inertia\":0,\"events\":[],\"weights\":[1],\"ids\":[0],"
    place.write("\(head)\"centroids\":[[1,2]]}\n\(head)\"centroids\":[[1]]}\n", to: "mixed.jsonl")
    let expected = "expected a trace of 'kmeans stream --trace'"
    for (name, line, status) in [
      ("empty.jsonl", "empty.jsonl: it has no line: \(expected)", Int32(65)),
      ("half.jsonl", "half.jsonl: it has no whole line yet: \(expected)", 65),
      (
        "mixed.jsonl",
        "mixed.jsonl: line 2: centroids of 1 column, expected 2 as in the lines before", 65
      ),
      ("none.jsonl", "none.jsonl: cannot open: No such file or directory", 74),
    ] {
      try place.expectFailure(status, line, "report --trace \(name) --out r.html")
    }
    let keys = try place.kmeans("report", "--trace", "keys.jsonl", "--out", "r.html")
    #expect(keys.status == 65)
    #expect(keys.errors.hasPrefix("kmeans: keys.jsonl: line 1: there is no key '"))
    // A last line without an end is not cut where no trace begins like it.
    for (text, problem) in [
      ("{\"batch\":1}", "there is no key 'points'"), ("[1,2,3]", "no object of JSON"),
      ("x,y", "no object of JSON"),
    ] {
      place.write(text, to: "last.jsonl")
      try place.expectFailure(
        65,
        "last.jsonl: line 1: \(problem), found '\(text)': expected a line of 'kmeans stream --trace'",
        "report --trace last.jsonl --out r.html")
    }
  }

  @Test func `half-lives stand side by side`() throws {
    let place = try Self.withTrace()
    let outcome = try place.kmeans(
      "report", "--sweep", "p.csv", "--batch-size", "60", "-k", "4", "--half-lives", "0.5,2,never",
      "--truth", "truth.jsonl", "--out", "s.html", "--json")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.text.contains("\"kind\":\"sweep\"") && outcome.text.contains("\"points\":1440"))
    let html = try place.text("s.html")
    for text in ["half-life 0.5", "half-life 2", "never forgets", "id=\"map2-m3\"", "Recovery"] {
      #expect(html.contains(text), "\(text)")
    }
    // The same in every run.
    try place.kmeans(
      "report", "--sweep", "p.csv", "--batch-size", "60", "-k", "4", "--half-lives", "0.5,2,never",
      "--truth", "truth.jsonl", "--out", "again.html", "--quiet")
    #expect(try place.text("again.html") == html)
  }

  @Test(
    arguments: [
      Wrong(
        "report --sweep a.csv --out r.html", "--sweep: expected -k K, the number of clusters", 64),
      Wrong(
        "report --sweep -k 2 --out r.html", "--sweep: expected INPUT, the points of the stream", 64),
    ])
  func `wrong command lines`(_ wrong: Wrong) throws {
    try wrong.check(in: Workplace.withSample())
  }
}
