import Foundation
import Testing

/// `--tf-idf`, `--scale-columns` and `--l2`.
@Suite struct ScalingTests {
  /// Counts of three terms: the first is everywhere; the third row has none.
  private static let table = "the,star,sea\n4,1,0\n3,2,0\n0,0,0\n5,0,1\n2,0,3\n"

  private func workplace() -> Workplace {
    let place = Workplace()
    place.write(Self.table, to: "t.csv")
    return place
  }

  private func run(_ command: String, in place: Workplace) throws -> Outcome {
    try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
  }

  @Test func `a model remembers what is done to rows`() throws {
    let place = workplace()
    let fit = try run(
      "fit t.csv -k 2 --tf-idf --l2 --on-invalid skip --model m --labels l.csv --json", in: place)
    #expect(fit.status == 0)
    #expect(
      fit.errors
        == "t.csv: 1 row is left out, for it has no direction once the columns are scaled: 3 "
        + "(rows count from 1)\n")
    #expect(fit.text.contains(#""columnScale":"inverse-document-frequency""#))
    #expect(fit.text.contains(#""unitRows":true"#) && fit.text.contains(#""standardized":false"#))
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n")
    #expect(labels[2] == "-1" && labels[3] == labels[4])
    let assigned = try run("assign t.csv --model m --on-invalid skip", in: place)
    #expect(assigned.text == (try place.text("l.csv", under: "cluster")))
    let info = try run("info m", in: place).text
    #expect(info.contains("standardized     no") && info.contains("scaled           yes"))
    #expect(info.contains("unitRows         yes"))
    let described = try run("describe m", in: place)
    #expect(described.text.contains("numbers are those of rows of length 1"))
    #expect(described.text.contains("made so of scaled columns, with the scale undone"))
    #expect(try run("describe m --json", in: place).text.contains(#""scaled":true"#))
  }

  @Test func `rows of zeros have no direction`() throws {
    let place = workplace()
    for options in ["--l2", "--tf-idf --l2", "--scale-columns --distance cosine"] {
      try place.expectFailure(
        65,
        "t.csv: row 3 has no direction: all its values are zero, or become zero (rows count from 1)",
        "fit t.csv -k 2 \(options)")
      let skipping = try run(
        "fit t.csv -k 2 \(options) --on-invalid skip --labels - --quiet", in: place)
      #expect(skipping.status == 0, "\(skipping.errors)")
      #expect(skipping.text.split(separator: "\n")[2] == "-1")
    }
    // Without lengths they are rows as others are.
    #expect(try run("fit t.csv -k 2 --tf-idf --quiet", in: place).status == 0)
  }

  @Test func `what does not go together is refused`() throws {
    let place = workplace()
    for wrong in [
      Wrong(
        "fit t.csv -k 2 --standardize --tf-idf",
        "--standardize and --tf-idf: columns are centred, and zeros are to stay zeros: expected one "
          + "of them", 64),
      Wrong(
        "fit t.csv -k 2 --l2 --distance mahalanobis",
        "--l2 and --distance mahalanobis: expected euclidean, or cosine, for which centroids have "
          + "length 1, too", 64),
      Wrong(
        "report t.csv -k 2 --onepass --tf-idf --out r.html",
        "--tf-idf: expected a fit, which sees all rows before it begins: INPUT with -k K or --clusters "
          + "2-20", 64),
    ] {
      try wrong.check(in: place)
    }
    let both = try run("fit t.csv -k 2 --tf-idf --scale-columns", in: place)
    #expect(both.status == 64 && both.errors.contains("--tf-idf and --scale-columns: expected one"))
  }

  @Test func `a fit goes on as it began`() throws {
    let place = workplace()
    let fit = "fit t.csv -k 2 --scale-columns --checkpoint c"
    #expect(try run(fit, in: place).status == 0)
    #expect(try run("\(fit) --resume", in: place).status == 0)
    let other = try run("fit t.csv -k 2 --tf-idf --checkpoint c --resume", in: place)
    #expect(other.status == 64 && other.errors.contains("the checkpoint c is of a run with"))
  }

  @Test func `a stream goes on from such a model, and elbows and reports take it`() throws {
    let place = workplace()
    let rows = "--tf-idf --l2 --on-invalid skip"
    #expect(try run("fit t.csv -k 2 \(rows) --model m --quiet", in: place).status == 0)
    let stream = try run(
      "stream t.csv --init m --on-invalid skip --model n --batch-size 5", in: place)
    #expect(stream.status == 0, "\(stream.errors)")
    #expect(try run("info n", in: place).text.contains("unitRows         yes"))
    let elbow = try run("elbow t.csv -k 1-3 \(rows) --json", in: place)
    #expect(elbow.status == 0, "\(elbow.errors)")
    let report = try run("report t.csv -k 2 \(rows) --out r.html", in: place)
    #expect(report.status == 0, "\(report.errors)")
    #expect(try place.text("r.html").contains("rows scaled by column, then of length 1"))
  }
}
