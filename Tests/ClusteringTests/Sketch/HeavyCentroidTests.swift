// Centroids of more points than a Float can count.
import Clustering
import Testing

@Suite("Heavy centroids") struct HeavyCentroidTests {
  /// In Float c + (x - c) / n stops moving at about 10^7 points.
  @Test("the mean of 3 x 10^7 points in one cluster is right to 1e-9")
  func mean() throws {
    let (block, blocks) = (100_000, 300)
    var sketch = StreamingSketch<Float>(
      .of(4) { $0.distanceCutoff = .fixed(1e30) })
    var random = TestRandom(1)
    var sum = 0
    for number in 0..<blocks {
      // Multiples of 2^-12, so that their sum is exact; their level changes slowly, as in a real
      // stream.
      let values = (0..<block).map { _ -> Float in
        let value = 1000 << 12 + number << 4 + Int(random.next() >> 52)
        sum += value
        return Float(value) * 0x1p-12
      }
      let points = try Matrix(values.span, columns: 1)
      try sketch.learn(points)
    }
    let count = Double(block * blocks)
    let places = try #require(sketch.doubleCentroids)
    #expect(places.rows == 1 && sketch.weights == [count])
    let mean = Double(sum) / count * 0x1p-12
    #expect((places[0, 0] - mean).magnitude < 1e-9 && mean > 1000)
    #expect(try #require(sketch.centroids)[0, 0] == Float(mean))
  }

  @Test("one row of weight 3 x 10^7, and others that still move it")
  func weight() throws {
    let rows = [[0.0, 0]] + (0..<3000).map { _ in [1.0, 3] }
    let points = try Matrix(rows.map { $0.map { Float($0) } })
    let parameters = SketchParameters.of(4) { $0.distanceCutoff = .fixed(1e300) }
    let sketch = try parameters.sketch(points, weights: [3e7] + Array(repeating: 1, count: 3000))
    let places = try #require(sketch.doubleCentroids)
    #expect(sketch.weights == [30_003_000])
    #expect((places[0, 0] - 3000 / 30_003_000).magnitude < 1e-13)
    #expect((places[0, 1] - 9000 / 30_003_000).magnitude < 1e-13)
  }
}
