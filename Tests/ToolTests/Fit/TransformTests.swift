import Foundation
import Testing

/// `--standardize` and `--distance cosine`.
@Suite struct TransformTests {
  /// The second column is a thousand times the first: as they are it alone decides.
  static let table = "x,y\n0,0\n0,3000\n1,0\n1,3000\n0,100\n1,2900\n"

  @Test func `standardised columns count alike, and the model remembers`() throws {
    let place = Workplace()
    place.write(Self.table, to: "p.csv")
    let raw = try place.kmeans("fit", "p.csv", "-k", "2", "--labels", "-", "--quiet")
    let labels = raw.text.split(separator: "\n")
    #expect(labels[0] == labels[2] && labels[1] == labels[3] && labels[0] != labels[1])

    let fit = try place.kmeans(
      "fit", "p.csv", "-k", "4", "--standardize", "--labels", "l.csv", "--model", "m",
      "--centroids", "c.csv", "--quiet")
    #expect(fit.status == 0 && fit.errors == "")
    let rows = try place.text("l.csv", under: "cluster").split(separator: "\n")
    // The four corners, each a cluster; the other two rows belong to the corners beside them.
    #expect(Set(rows[0..<4]).count == 4 && rows[4] == rows[0] && rows[5] == rows[3])
    // In the units of the file: the means of the clusters.
    let centroids = try place.numbers("c.csv")
    let first = centroids[Int(rows[0])!]
    #expect(abs(first[0]) < 1e-12 && abs(first[1] - 50) < 1e-9)
    let assigned = try place.kmeans("assign", "p.csv", "--model", "m")
    #expect(assigned.text == (try place.text("l.csv", under: "cluster")))
    let info = try place.kmeans("info", "m")
    #expect(info.text.contains("standardized     yes") && info.text.contains("euclidean"))
  }

  @Test func `with the cosine only directions count`() throws {
    let place = Workplace()
    place.write("1,0\n0,2\n100,1\n0.001,0.1\n", to: "p.csv")
    let fit = try place.kmeans(
      "fit", "p.csv", "-k", "2", "--distance", "cosine", "--labels", "l.csv", "--model", "m",
      "--json")
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n")
    #expect(labels[0] == labels[2] && labels[1] == labels[3] && labels[0] != labels[1])
    #expect(fit.text.contains(#""distance":"cosine""#))
    #expect(
      try place.kmeans("assign", "p.csv", "--model", "m").text
        == place.text("l.csv", under: "cluster"))
    #expect(try place.kmeans("info", "m").text.contains("distance         cosine"))
  }

  @Test(
    arguments: [
      "--standardize", "--distance cosine", "--standardize --distance cosine",
      "--standardize --distance cosine --precision float --init random --runs 3",
      "--tf-idf", "--scale-columns --l2", "--l2 --precision float", "--tf-idf --distance cosine",
    ])
  func `the naive reference agrees`(_ options: String) throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(1500 * 7, seed: 3), columns: 7), to: "p.npy")
    let command = ["fit", "p.npy", "-k", "9", "--verify", "--max-iterations", "12"]
    let outcome = try place.run(
      Program.kmeans, command + options.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("verified: every iteration equals the naive reference"))
  }

  @Test func `rows of zeros are refused or left out`() throws {
    let place = Workplace()
    place.write("1,0\n0,0\n0,1\n,1\n0,-0.0\n2,0.1\n", to: "p.csv")
    place.write("1,0\n0,0\n0,1\n", to: "q.csv")
    try place.expectFailure(
      65,
      "q.csv: row 2 has no direction: all its values are zero, or become zero (rows count from 1)",
      "fit q.csv -k 2 --distance cosine")
    let fit = try place.kmeans(
      "fit", "p.csv", "-k", "2", "--distance", "cosine", "--on-invalid", "skip", "--labels", "-",
      "--model", "m")
    let labels = fit.text.split(separator: "\n")
    #expect([labels[1], labels[3], labels[4]] == ["-1", "-1", "-1"])
    #expect(labels[0] == labels[5] && labels[0] != labels[2])
    #expect(
      fit.errors.contains(
        "p.csv: 1 row is left out, for a value is missing or no finite number: 4 (rows count from 1)\n"
          + "p.csv: 2 rows of zeros are left out, for they have no direction: 2, 5 (rows count from 1)\n"
      ))
    let assigned = try place.kmeans("assign", "p.csv", "--model", "m", "--on-invalid", "skip")
    #expect(assigned.text == fit.text)
    try place.expectFailure(
      65,
      "q.csv: row 2 has no direction: all its values are zero, or become zero (rows count from 1)",
      "assign q.csv --model m --labels l.npy")
    place.write("1,0\n0,0\n", to: "start.csv")
    try place.expectFailure(
      65,
      "start.csv: centroid 1 has no direction: all its values are zero (centroids count from 0)",
      "fit p.csv -k 2 --distance cosine --on-invalid skip --init start.csv --quiet")
  }

  @Test func `evaluate measures what the model does`() throws {
    let place = Workplace()
    place.write(Self.table, to: "p.csv")
    let fit = try place.kmeans(
      "fit", "p.csv", "-k", "2", "--standardize", "--model", "m", "--json", "--tolerance", "0")
    let evaluated = try place.kmeans("evaluate", "p.csv", "--model", "m", "--json")
    func inertia(_ outcome: Outcome) throws -> Double {
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output))
      return ((object as? [String: Any])?["inertia"] as? Double) ?? -1
    }
    let (found, expected) = (try inertia(evaluated), try inertia(fit))
    #expect(abs(found - expected) < 1e-12 * expected && expected > 0)
  }
}
