import Foundation
import Testing

/// The job of someone who comes from Mahout with a script of `streamingkmeans`.
@Suite struct MahoutUserTests {
  private static let centers: [[Double]] = (0..<10).map { (number: Int) -> [Double] in
    let (column, row) = (Double(number % 4), Double(number / 4))
    return [10 * column, 10 * row, 20 + Double(number)]
  }

  private static func rows(_ count: Int) -> [[Double]] {
    var random = TestRandom(9)
    return (0..<count).map { row in centers[row % 10].map { $0 + 0.5 * random.bell() } }
  }

  private func run(_ place: Workplace, _ command: String) throws -> Outcome {
    try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
  }

  @Test func `a script of Mahout`() throws {
    let place = Workplace()
    place.write(csv(Self.rows(5000)), to: "data.csv")
    let script =
      "streamingkmeans -i data.csv -o out -k 10 -km 60 "
      + "-dm org.apache.mahout.common.distance.SquaredEuclideanDistanceMeasure "
      + "-sc org.apache.mahout.math.neighborhood.ProjectionSearch -np 3 -s 2 -xm sequential"
    let outcome = try run(place, "\(script) -ow")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    try place.kmeans("convert", "out/centroids.npy", "c.csv", "--quiet")
    try place.kmeans("convert", "out/weights.npy", "w.csv", "--quiet")
    let found = try place.numbers("c.csv")
    #expect(found.count == 10)
    for center in Self.centers {
      let nearest = found.map { (row: [Double]) -> Double in
        zip(row, center).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      #expect(nearest.min()! < 0.01, "\(center)")
    }
    #expect(try place.numbers("w.csv").joined().reduce(0, +) == 5000)
    // What is there is not replaced unless that is asked for.
    let before = try place.bytes("out/centroids.npy")
    let second = try run(place, script)
    #expect(second.status == 64)
    #expect(
      second.errors
        == "kmeans: out/centroids.npy exists: expected another name, or -ow to replace it\n")
    #expect(try place.bytes("out/centroids.npy") == before)
    // And the measure of texts.
    let measure = "-dm org.apache.mahout.common.distance.CosineDistanceMeasure"
    let cosine = try run(
      place, "streamingkmeans -i data.csv -o cosine -k 10 -km 60 \(measure) --compat mahout --quiet"
    )
    #expect(cosine.status == 0 && cosine.errors == "")
    try place.kmeans("convert", "cosine/centroids.npy", "u.csv", "--quiet")
    for row in try place.numbers("u.csv") {
      #expect(abs(row.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
    }
  }
}
