import Foundation
import Testing

/// `kmeans qualcluster`: Mahout's command line runs as it is, on centroids of `kmeans onepass`.
@Suite struct QualClusterTests {
  @Test(
    arguments: [
      "-i p.csv -itest t.csv -c c.npy -o out.csv",
      "--input p.csv --testInput t.csv --centroids c.npy --output out.csv",
      "-o out.csv -mkm true -c folder -mkmc -i p.csv -itest t.csv",
    ])
  func `by short and long names`(_ command: String) throws {
    let place = EvaluateSquaredTests.withPoints()
    place.makeFolder("folder")
    place.write(try place.bytes("c.npy"), to: "folder/centroids.npy")
    let words = "qualcluster \(command) --quiet --json".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.text.contains("\"mahoutDunn\":10.125"))
    #expect(
      try place.text("out.csv")
        == "\(EvaluateSquaredTests.header)\n\(EvaluateSquaredTests.train)"
        + EvaluateSquaredTests.tested)
  }

  @Test func `it is an evaluation of squared distances`() throws {
    let place = EvaluateSquaredTests.withPoints()
    let first = try place.kmeans(
      "qualcluster", "-i", "p.csv", "-c", "c.npy", "-cc", "d.npy", "--quiet")
    let second = try place.kmeans(
      "evaluate", "p.csv", "--centroids", "c.npy", "--against", "d.npy", "--squared", "--quiet")
    func lines(_ outcome: Outcome) -> [Substring] {
      outcome.text.split(separator: "\n").filter { !$0.contains(" evaluated in ") }
    }
    #expect(first.status == 0 && first.errors == "")
    #expect(lines(first) == lines(second) && lines(first).count > 20)
  }

  @Test func `centroids of one pass, their folder and a model`() throws {
    let place = EvaluateSquaredTests.withPoints()
    try place.kmeans(
      "streamingkmeans", "-i", "p.csv", "-k", "3", "-o", "out", "--model", "m", "--quiet")
    func report(_ centroids: String) throws -> [String: Any] {
      let outcome = try place.kmeans(
        "qualcluster", "-i", "p.csv", "-c", centroids, "-cc", "out", "--json", "--quiet")
      #expect(outcome.status == 0 && outcome.errors == "")
      return try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    }
    for centroids in ["out", "out/", "out/centroids.npy", "m"] {
      let against = try #require(try report(centroids)["against"] as? [String: Any])
      #expect(against["adjustedRand"] as? Double == 1)
      #expect(against["file"] as? String == "out/centroids.npy")
    }
  }

  @Test func `options that change nothing are told`() throws {
    let outcome = try EvaluateSquaredTests.withPoints().kmeans(
      "qualcluster", "-i", "p.csv", "-c", "c.npy", "-mkm")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors
        == "-mkm changes nothing: centroids are files of 'kmeans onepass', or any file "
        + "of rows\n")
  }

  @Test(
    arguments: [
      Wrong(
        "qualcluster",
        "qualcluster: expected -i INPUT and -c CENTROIDS, found no -i; 'kmeans evaluate' has more "
          + "options", 64),
      Wrong(
        "qualcluster -i p.csv -o out.csv",
        "qualcluster: expected -i INPUT and -c CENTROIDS, found no -c; 'kmeans evaluate' has more "
          + "options", 64),
      Wrong("qualcluster -i p.csv -c", "qualcluster: -c: expected a value behind it", 64),
      Wrong(
        "qualcluster -i p.csv -c none.npy", "none.npy: cannot open: No such file or directory",
        74),
      Wrong(
        "qualcluster -i p.csv -c empty",
        "empty: expected a model, a file of centroids, or a folder with centroids.npy, as 'kmeans "
          + "onepass -o' writes it", 64),
      Wrong(
        "qualcluster -i p.csv -c c.npy -o p.csv",
        "--csv p.csv: expected another file than the input p.csv", 64),
      Wrong(
        "qualcluster -i p.csv -c c.npy --nothing",
        "Unknown option '--nothing'; see 'kmeans evaluate --help'", 64),
    ])
  func `what cannot be`(_ wrong: Wrong) throws {
    let place = EvaluateSquaredTests.withPoints()
    place.makeFolder("empty")
    try wrong.check(in: place)
  }

  @Test func `help is that of evaluate`() throws {
    let outcome = try Workplace().kmeans("qualcluster", "--help")
    #expect(outcome.status == 0 && outcome.text.contains("USAGE: kmeans evaluate"))
  }
}
