import Foundation
import Testing

/// The job of a data scientist: a table of customers, from a first look to segments with a meaning.
@Suite struct DataScientistTests {
  private static let options = "--exclude customer_id --standardize --on-invalid skip"

  private func run(_ place: Workplace, _ command: String) throws -> Outcome {
    let outcome = try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    return outcome
  }

  @Test func `from a table to segments`() throws {
    let place = Workplace()
    place.write(Customers.csv(), to: "customers.csv")
    #expect(try run(place, "info customers.csv").text.contains("income (EUR)"))
    // As it is, the table has holes, and the tool says where.
    let first = try place.kmeans("fit", "customers.csv", "-k", "4")
    #expect(first.status == 65)
    let problem = "\nkmeans: customers.csv: line 19, column 4: "
    #expect(first.errors.contains(problem), "\(first.errors)")
    // Then it says what an analyst would not notice.
    let naive = try run(place, "fit customers.csv -k 4 --on-invalid skip")
    #expect(naive.errors.contains("--exclude customer_id leaves it out"), "\(naive.errors)")
    #expect(naive.errors.contains("12 rows"), "\(naive.errors)")
    let raw = try run(place, "fit customers.csv -k 4 --on-invalid skip --exclude customer_id")
    #expect(raw.errors.contains("of the variance: --standardize gives"), "\(raw.errors)")

    try check(
      place,
      fit: run(
        place,
        "fit customers.csv -k 4 \(Self.options) --labels l.csv --model m --append-labels out.csv "
          + "--label-column cluster"))
  }

  private func check(_ place: Workplace, fit: Outcome) throws {
    #expect(fit.text.contains("4 clusters"))
    let labels = try place.text("l.csv", under: "cluster").split(separator: "\n").map { Int($0)! }
    #expect(labels.count == 600)
    for row in labels.indices { #expect((labels[row] == -1) == Customers.isMissing(row)) }
    // Every record is there as it was, with its label behind it.
    let records = try Customers.records(place.text("out.csv"))
    #expect(records.count == 601 && records.allSatisfy { $0.count == 10 })
    #expect(records[0].last == "cluster")
    for row in labels.indices {
      #expect(records[row + 1][1] == "Doe, Jane \(row)" && records[row + 1][8] == Self.segment(row))
      #expect(records[row + 1][9] == "\(labels[row])")
    }
    // What the clusters mean is what was planted.
    let report = try DescribeTests.report(place, "m customers.csv --on-invalid skip")
    #expect(report.standardized && report.clusters == 4)
    for profile in report.profiles {
      let row = try #require(labels.firstIndex(of: profile.cluster))
      #expect(profile.top[0].column == Customers.mark[Customers.segment(row)])
      #expect(abs(profile.size - 147) < 4)
    }
    try checkOthers(place, labels)
  }

  private static func segment(_ row: Int) -> String {
    Customers.segments[Customers.segment(row)]
  }

  private func checkOthers(_ place: Workplace, _ labels: [Int]) throws {
    // Next month's file has its columns in another order.
    place.write(Customers.csv([8, 7, 6, 5, 4, 3, 2, 1, 0]), to: "next.csv")
    let assigned = try run(
      place, "assign next.csv --model m --on-invalid skip --labels next-labels.csv")
    #expect(assigned.errors.contains("12 rows"), "\(assigned.errors)")
    #expect(try place.text("next-labels.csv") == place.text("l.csv"))

    let quality = try run(
      place, "evaluate customers.csv --model m --labels-true segment --on-invalid skip --json")
    let found = try #require(quality.text.firstMatch(of: #/"adjustedRand\w*":([0-9.e-]+)/#))
    #expect(try #require(Double(found.output.1)) > 0.95)

    let elbow = try run(place, "elbow customers.csv --clusters 2-8 \(Self.options) --json")
    #expect(elbow.text.contains(#""suggestion":4"#), "\(elbow.text.suffix(300))")
    let table = try run(
      place, "describe m customers.csv --on-invalid skip --csv clusters.csv --quiet")
    #expect(table.status == 0)
    #expect(try Customers.records(place.text("clusters.csv")).count == 5)
  }
}
