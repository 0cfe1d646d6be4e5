import Foundation
import Testing

/// What a fit says beside its result: clusters that stay empty, sizes, weights and columns.
@Suite struct FitReportTests {
  @Test func `clusters without points are noted, with the reason`() throws {
    let place = Workplace()
    place.write("0\n0\n1\n1\n", to: "p.csv")
    let outcome = try place.kmeans("fit", "p.csv", "-k", "3", "--json")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors == "p.csv: 1 of 3 clusters is empty: there are only 2 distinct rows\n")
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    #expect((report["clusterSizes"] as? [Int])?.sorted() == [0, 2, 2])
    #expect(report["emptyClusters"] as? Int == 1)
    place.write(String(repeating: "5,5\n", count: 10), to: "same.csv")
    #expect(
      try place.kmeans("fit", "same.csv", "-k", "4").errors
        == "same.csv: 3 of 4 clusters are empty: there is only 1 distinct row\n")
    #expect(try place.kmeans("fit", "same.csv", "-k", "4", "--quiet").errors == "")
    #expect(try place.kmeans("fit", "same.csv", "-k", "1").errors == "")
  }

  @Test func `a curve says from where on clusters are empty`() throws {
    let place = Workplace()
    place.write("0\n0\n1\n1\n", to: "p.csv")
    #expect(
      try place.kmeans("elbow", "p.csv", "-k", "1-4").errors
        == "p.csv: nothing is left to explain beyond 2 clusters, for there are no more than 2 distinct rows\n"
    )
    #expect(try place.kmeans("elbow", "p.csv", "-k", "1-2").errors == "")
  }

  @Test func `weights and the names of the columns are in the report`() throws {
    let place = Workplace()
    place.write("x,name,w,y\n1,a,2,1\n1,b,3,1\n9,c,1,9\n", to: "p.csv")
    let outcome = try place.kmeans(
      "fit", "p.csv", "-k", "2", "--point-weights", "w", "--json", "--quiet")
    let report = try ReportTests.object(outcome)
    #expect(report["columns"] as? [String] == ["x", "y"])
    #expect((report["clusterSizes"] as? [Int])?.sorted() == [1, 2])
    #expect((report["clusterWeights"] as? [Double])?.sorted() == [1, 5])
  }

  @Test func `the files that are written are in the report`() throws {
    let place = Workplace.withSample()
    let fit = ["fit", "a.csv", "-k", "2", "--json"]
    let outcome = try place.run(
      Program.kmeans,
      fit + ["--labels", "l.csv", "--model", "m", "--append-labels", "./o.csv"])
    let outputs = try ReportTests.object(outcome)["outputs"] as? [String: String]
    #expect(outputs == ["labels": "l.csv", "model": "m", "append-labels": "./o.csv"])
    let none = try ReportTests.object(place.run(Program.kmeans, fit))["outputs"]
    #expect(none as? [String: String] == [:])
  }

  @Test func `numbers and what they count agree`() throws {
    let place = Workplace()
    place.write("x\n1\n", to: "p.csv")
    let lines = try place.kmeans("fit", "p.csv", "-k", "1", "--threads", "1").text
      .split(separator: "\n")
    #expect(lines[0].hasPrefix("p.csv: 1 point of 1 column, double"))
    #expect(lines[1].hasPrefix("greedy start: 1 round, "))
    #expect(lines[2].hasPrefix("1 cluster, seed 0: converged after 1 iteration in "))
    #expect(lines[2].contains(" (1 thread, "))
  }

  @Test func `the best of several runs is named`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(400, seed: 3), columns: 2), to: "p.npy")
    let text = try place.kmeans("fit", "p.npy", "-k", "9", "--runs", "4", "--seed", "3").text
    #expect(text.contains(#/\n9 clusters, seed 3, the best of 4 runs \(number [1-4]\): /#))
    #expect(!(try place.kmeans("fit", "p.npy", "-k", "9").text.contains("the best of")))
  }

  @Test func `one pass says which clusters are empty`() throws {
    let place = Workplace()
    place.write(npyFile([Float](repeating: 1, count: 60) + [2, 3], columns: 1), to: "p.npy")
    let outcome = try place.kmeans("onepass", "p.npy", "-k", "3", "--json")
    #expect(outcome.text.contains("\"emptyClusters\":0,"))
  }
}
