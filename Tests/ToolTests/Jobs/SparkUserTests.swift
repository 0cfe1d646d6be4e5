import Foundation
import Testing

/// The job of someone who comes from Spark's streaming k-means: text of its vectors, its rule of
/// updates, predictions with keys.
@Suite struct SparkUserTests {
  /// Spark's update, in Double.
  private struct Rule {
    var centers: [[Double]]
    var weights: [Double]

    func nearest(_ row: [Double]) -> Int {
      centers.indices.min { distance(row, $0) < distance(row, $1) }!
    }

    private func distance(_ row: [Double], _ center: Int) -> Double {
      zip(row, centers[center]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    mutating func update(_ batch: [[Double]], decay: Double) {
      var sums = centers.map { $0.map { _ in 0.0 } }
      var counts = weights.map { _ in 0.0 }
      for row in batch {
        let center = nearest(row)
        counts[center] += 1
        for column in row.indices { sums[center][column] += row[column] }
      }
      for center in centers.indices {
        let old = weights[center] * decay
        weights[center] = old + counts[center]
        guard counts[center] > 0 else { continue }
        for column in centers[center].indices {
          centers[center][column] =
            (centers[center][column] * old + sums[center][column]) / weights[center]
        }
      }
    }
  }

  @Test func `a stream as Spark learns it`() throws {
    let place = Workplace()
    var random = TestRandom(4)
    let start = [[0.0, 0], [4, 4], [-4, 4]]
    place.write(csv(start), to: "start.csv")
    var rule = Rule(centers: start, weights: [10, 10, 10])
    var batches: [[[Double]]] = []
    for number in 0..<4 {
      batches.append(
        (0..<60).map { row in
          let drift = 0.3 * Double(number)
          return (0..<2).map { (column: Int) -> Double in
            start[row % 3][column] + drift + random.bell()
          }
        })
      place.write(
        batches[number].map { "[\($0[0]),\($0[1])]\n" }.joined(), to: "train\(number).txt")
    }
    for compat in ["", "--compat spark"] {
      let lines = try place.trace(
        "train0.txt train1.txt train2.txt train3.txt --format spark -k 3 --init start.csv "
          + "--init-weight 10 --decay-factor 0.5 \(compat) --model m")
      #expect(lines.count == 4)
      var expected = rule
      for (line, batch) in zip(lines, batches) {
        expected.update(batch, decay: 0.5)
        for (found, center) in zip(line.centroids.joined(), expected.centers.joined()) {
          #expect(abs(found - center) < 1e-10)
        }
        for (found, weight) in zip(line.weights, expected.weights) {
          #expect(abs(found - weight) < 1e-10)
        }
      }
    }
    for batch in batches { rule.update(batch, decay: 0.5) }
    try predict(place, rule)
  }

  /// Labelled points go through the model; nothing of them is forgotten, for there is one batch.
  private func predict(_ place: Workplace, _ rule: Rule) throws {
    let rows = [[0.5, 0.5], [5, 5], [-4, 5], [1, 0]]
    place.write(
      zip(rows, ["1.0", "2.5", "3.0", "4.0"]).map { "(\($1),[\($0[0]),\($0[1])])\n" }.joined(),
      to: "test.txt")
    let outcome = try place.stream(
      "test.txt --format spark -k 3 --init m --key-column label --predictions - --quiet")
    let lines = outcome.text.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines.map { Double($0[0]) } == [1, 2.5, 3, 4])
    #expect(lines.map { Int($0[1]) } == rows.map(rule.nearest))
  }
}
