import Foundation
import Testing

/// Manhattan and its like on the command line: one pass, and what its models are asked.
@Suite struct PairwiseDistanceTests {
  @Test(
    arguments: [
      ("--distance manhattan", "manhattan"), ("-dm ManhattanDistanceMeasure", "manhattan"),
      ("-dm org.apache.mahout.common.distance.ChebyshevDistanceMeasure", "chebyshev"),
      ("--distance minkowski --minkowski-p 1.5", "minkowski"),
      ("-dm MinkowskiDistanceMeasure", "minkowski"), ("--distance tanimoto", "tanimoto"),
    ])
  func `one pass makes a model that goes by its distance`(
    options: String, name: String
  ) throws {
    let place = Workplace()
    // Heaps in four directions.
    let noise = TestRandom.values(4 * 2000, seed: 4)
    let rows = noise.indices.map { Float($0 % 4 == $0 / 4 % 4 ? 20 : 1) + noise[$0] }
    place.write(npyFile(rows, columns: 4), to: "p.npy")
    try place.onePass("p.npy -k 4 --seed 1 --model m --labels l.csv \(options)")
    let labels = try place.numbers("l.csv").map { $0[0] }
    #expect(Set(labels.prefix(4)).count == 4)
    #expect(labels.indices.allSatisfy { labels[$0] == labels[$0 % 4] })
    let info = try place.kmeans("info", "m", "--json")
    #expect(info.text.contains("\"distance\":\"\(name)\""))
    let assign = try place.kmeans(
      "assign", "p.npy", "--model", "m", "--labels", "again.csv", "--distances", "d.csv")
    #expect(assign.status == 0, "\(assign.errors)")
    #expect(try place.text("again.csv") == place.text("l.csv"))
    #expect(try place.text("d.csv").hasPrefix("distance\n"))
    let evaluate = try place.kmeans("evaluate", "p.npy", "--model", "m")
    #expect(evaluate.status == 0, "\(evaluate.errors)")
    #expect(evaluate.text.contains("not defined: it goes by means or squared distances"))
  }

  @Test func `centroids of a file are compared by the distance that is asked for`() throws {
    let place = Workplace()
    place.write("x,y\n0,0\n4,4.5\n", to: "c.csv")
    // 5 from the first by any of them; 5.5 from the second by Manhattan, 4.5 by Chebyshev.
    place.write("x,y\n5,0\n", to: "p.csv")
    let labels = try ["manhattan", "chebyshev", "euclidean"].map {
      try place.kmeans("assign", "p.csv", "--centroids", "c.csv", "--distance", $0, "--quiet").text
    }
    #expect(labels == ["0\n", "1\n", "1\n"])
    let distances = try place.kmeans(
      "assign", "p.csv", "--centroids", "c.csv", "--distance", "minkowski", "--minkowski-p", "1.5",
      "--distances", "d.csv", "--quiet")
    #expect(distances.status == 0, "\(distances.errors)")
    let distance = try #require(place.numbers("d.csv").last?.first)
    #expect((distance - pow(1 + pow(4.5, 1.5), 1 / 1.5)).magnitude < 1e-14)
  }

  @Test func `a model has a distance of its own`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.csv", "-k", "2", "--model", "m", "--quiet")
    let outcome = try place.kmeans("assign", "a.csv", "--model", "m", "--distance", "manhattan")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("--distance"))
  }
}
