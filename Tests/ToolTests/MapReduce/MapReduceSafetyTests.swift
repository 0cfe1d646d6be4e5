import Foundation
import Testing

/// What outputs, intermediates and sketches must not do to each other.
@Suite struct MapReduceSafetyTests {
  @Test(arguments: ["-o t", "--centroids t/c.npy", "--sketch ./t/union.sketch", "--model t/run"])
  func `no output lies among the intermediates, which go`(_ output: String) throws {
    let place = Workplace.withHeaps()
    place.makeFolder("t")
    let words = "onepass p.npy -k 4 -xm mapreduce --tempDir t \(output) --quiet"
      .split(separator: " ").map(String.init)
    let outcome = try place.kmeans(words)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("it would lie in --tempDir t, whose files go at the end"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(place.path)/t").isEmpty)
  }

  @Test func `a covariance is that of all rows, however many a split has`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(72_000, seed: 3), columns: 3), to: "g.npy")
    let run = "g.npy -k 3 --distance mahalanobis --quiet"
    try place.onePass("\(run) -xm mapreduce --splits 1 --model one")
    try place.onePass("\(run) --model sequential")
    #expect(try place.bytes("one") == place.bytes("sequential"))
    try place.onePass("\(run) -xm mapreduce --splits 2 --model two")
  }

  @Test func `sketches of other powers are not merged, and remember theirs`() throws {
    let place = Workplace.withHeaps()
    try place.onePass("p.npy -k 4 --sketch a --quiet")
    try place.onePass("p.npy -k 4 --power 1 --sketch b --quiet")
    for command in ["sketch merge a b --out c", "sketch cluster a b -k 4 --model m"] {
      try place.expectFailure(
        65, "b: a sketch by --power 1, expected --power 2 as in a", command)
    }
    try place.onePass("p.npy -k 4 --distance manhattan --power 2 --sketch d --model m --quiet")
    try place.kmeans("sketch", "cluster", "d", "-k", "4", "--model", "n", "--quiet")
    #expect(try place.bytes("m") == place.bytes("n"))
    try place.expectFailure(
      64, "--out a: expected another file than the input a", "sketch merge a a --out a")
  }

  @Test func `distances that are no squares are told as they are`() throws {
    let place = Workplace.withHeaps()
    try place.onePass("p.npy -k 4 --distance manhattan --model m --quiet")
    try place.onePass("p.npy -k 4 --model e --quiet")
    let outcome = try place.kmeans("qualcluster", "-i", "p.npy", "-c", "m", "-o", "q.csv")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains(
        "m: squares of distances by manhattan mean nothing: what is told are the distances"))
    #expect(try place.text("q.csv").split(separator: "\n").count == 5)
    let json = try place.kmeans("evaluate", "p.npy", "--model", "e", "--against", "m", "--json")
    #expect(json.text.contains("\"inertiaRatio\":null"))
  }

  @Test func `a file of weights has a number in every column`() throws {
    let place = Workplace.withHeaps()
    place.write("c1,c2,c3,c4\n1,2,,1000\n", to: "w.csv")
    try place.expectFailure(
      65,
      "w.csv: 3 of 4 columns hold numbers, expected a number in every column for "
        + "--distance-weights",
      "onepass p.npy -k 4 --distance weighted-euclidean --distance-weights w.csv --quiet")
    place.write("1,2,1e-90\n", to: "w.csv")
    try place.expectFailure(
      65,
      "w.csv: the weight of column 3 is 1e-90, expected a number from 1e-60 to 1e60: one factor for "
        + "all weights changes no cluster",
      "fit p.npy -k 4 --distance weighted-euclidean --distance-weights w.csv --quiet")
  }
}
