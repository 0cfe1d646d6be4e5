// KDD Cup 1999, where more than half of the points are equal to another one: rows to start from are
// often equal, too.
import Foundation
import Testing

@Suite struct DuplicatePointsTests {
  private static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Examples/Data/kddcup.data_10_percent.csv.gz").standardized.path

  /// A centroid that is empty, or equal to another one, lies exactly on points that the mean of
  /// their cluster misses by a rounding: labels that go back and forth between the two would never
  /// end.
  @Test(arguments: ["filtered", "fused"])
  func `labels do not change for ever`(strategy: String) throws {
    let isMissing = try Workplace().kmeans("--version").text.contains("v4vnni") == false
    if strategy == "filtered", isMissing { return }
    let outcome = try Workplace().kmeans(
      "fit", Self.data, "-k", "60", "--init", "random", "--standardize", "--tolerance", "0",
      "--strategy", strategy, "--json")
    #expect(outcome.status == 0)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.text.utf8)) as? [String: Any])
    #expect(report["converged"] as? Bool == true)
    #expect(report["iterations"] as? Int ?? 300 < 300)
  }

  /// Bounds of points that change their cluster while many others are where they were: a slack
  /// below zero that is too large lost some of these labels.
  @Test func `every bound that carries over holds`() throws {
    guard try Workplace().kmeans("--version").text.contains("v4vnni") else { return }
    let outcome = try Workplace().kmeans(
      "fit", Self.data, "-k", "60", "--init", "random", "--standardize", "--max-iterations", "8",
      "--strategy", "filtered", "--verify", "--json")
    #expect(outcome.status == 0, "\(outcome.errors.suffix(300))")
  }
}
