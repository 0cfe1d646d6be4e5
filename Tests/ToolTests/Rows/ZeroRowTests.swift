// Rows at the mean of all columns have no direction once these are standardised:
// `--on-invalid skip` leaves them out.
import Testing

@Suite struct ZeroRowTests {
  private static let options = "--distance cosine --standardize --on-invalid skip"
  private static let note =
    "a.csv: 1 row is left out, for it has no direction once the columns are standardised: 3 "
    + "(rows count from 1)\n"

  private func workplace() -> Workplace {
    let workplace = Workplace()
    workplace.write("1,2\n3,4\n2,3\n1,4\n3,2\n", to: "a.csv")
    return workplace
  }

  private func run(_ command: String, in workplace: Workplace) throws -> Outcome {
    try workplace.run(Program.kmeans, command.split(separator: " ").map(String.init))
  }

  @Test func `a fit leaves them out`() throws {
    let workplace = workplace()
    try workplace.expectFailure(
      65,
      "a.csv: row 3 has no direction: all its values are zero, or become zero (rows count from 1)",
      "fit a.csv -k 2 --distance cosine --standardize")
    let outcome = try run(
      "fit a.csv -k 2 \(Self.options) --labels l.csv --model m.kmeans --json --verify",
      in: workplace)
    #expect(outcome.status == 0)
    #expect(outcome.errors == Self.note)
    #expect(outcome.text.contains("\"points\":4,") && outcome.text.contains("\"skippedRows\":1,"))
    let labels = try workplace.text("l.csv", under: "cluster").split(separator: "\n")
    #expect(
      labels.count == 5 && labels[2] == "-1"
        && !labels.enumerated().contains { $0 != 2 && $1 == "-1" })

    let assigned = try run(
      "assign a.csv --model m.kmeans --on-invalid skip --labels l2.csv --distances d.csv",
      in: workplace)
    #expect(assigned.status == 0 && assigned.errors == Self.note)
    #expect(try workplace.text("l2.csv") == workplace.text("l.csv"))
    #expect(try workplace.text("d.csv").split(separator: "\n")[3] == "nan")
    try workplace.expectFailure(
      65,
      "a.csv: row 3 has no direction: all its values are zero, or become zero (rows count from 1)",
      "assign a.csv --model m.kmeans")

    let evaluated = try run(
      "evaluate a.csv --model m.kmeans --on-invalid skip --json", in: workplace)
    #expect(evaluated.status == 0 && evaluated.errors == Self.note)
    #expect(evaluated.text.contains("\"leftOut\":1,") && evaluated.text.contains("\"points\":4,"))
  }

  @Test func `an elbow leaves them out`() throws {
    let outcome = try run("elbow a.csv -k 1-4 \(Self.options) --json", in: workplace())
    #expect(outcome.status == 0 && outcome.errors == Self.note)
  }

  @Test func `a stream leaves them out`() throws {
    let workplace = workplace()
    let refusal =
      "a.csv: row 3 has no direction: all its values are zero, or become zero (rows count from 1)"
    try workplace.expectFailure(
      65, refusal, "stream a.csv -k 2 --first-rows 5 --distance cosine --standardize")
    let outcome = try run(
      "stream a.csv -k 2 --first-rows 5 \(Self.options) --model m.kmeans --json", in: workplace)
    #expect(outcome.status == 0 && outcome.errors == Self.note)
    #expect(outcome.text.contains("\"points\":4,") && outcome.text.contains("\"skippedRows\":1,"))

    // Going on, with a row before them that is left out for another reason.
    workplace.write("1,2\nx,4\n2,3\n1,4\n3,2\n", to: "a.csv")
    let more = try run(
      "stream a.csv --init m.kmeans --on-invalid skip --predictions p.csv --json", in: workplace)
    #expect(more.status == 0 && more.errors.hasSuffix(Self.note))
    #expect(more.text.contains("\"points\":3,") && more.text.contains("\"skippedRows\":2,"))
    let lines = try workplace.text("p.csv").split(separator: "\n")
    #expect(lines.count == 6 && lines[2] == "-1,,,,," && lines[3] == "-1,,,,,")
    #expect(!lines[1].hasPrefix("-1") && !lines[4].hasPrefix("-1") && !lines[5].hasPrefix("-1"))
    let labels = try run(
      "stream a.csv --init m.kmeans --on-invalid skip --predictions p.npy --quiet", in: workplace)
    #expect(labels.status == 0)
  }

  @Test func `a stream that waited leaves them out`() throws {
    let outcome = try run(
      "stream a.csv -k 2 --batch-size 3 \(Self.options) --first-rows 5 --trace t.jsonl",
      in: workplace())
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains(
        "a.csv: 1 of the rows that waited is left out, for it has no direction once the columns are "
          + "standardised\n"))
    #expect(outcome.text.contains("batch 2: 2 points"))
    #expect(outcome.text.contains(", 1 row left out\n"))
    #expect(outcome.text.contains("2 batches, 4 points of 2 columns"))
  }
}
