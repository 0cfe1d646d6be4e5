// One test for each fault of Mahout's StreamingKMeans, 0.8 to 14.1, that ours is not to have.
import Clustering
import KMeansReference
import Testing

@Suite("Faults of Mahout's sketch that this one does not have") struct MahoutFaultTests {
  private func total<Scalar>(_ sketch: StreamingSketch<Scalar>) -> Double {
    sketch.weights.reduce(0, +)
  }

  @Test(
    "the points that the cutoff is estimated from are clustered (StreamingKMeansThread lost 1,000)",
    arguments: [1, 2, 3, 999, 1000, 1001, 1999, 5000])
  func estimationLosesNoPoint(count: Int) throws {
    let points = SketchData.mixture.points(count, 4, seed: 1, of: Float.self)
    for collapse in SketchParameters.Collapse.allCases {
      let parameters = SketchParameters.of(50) { $0.collapse = collapse }
      for slice in [nil, 1, 1000, 250] {
        let sketch = try parameters.sketch(points, slice: slice)
        #expect(sketch.pointCount == count)
        #expect(total(sketch) == Double(count))
        #expect(sketch.centroids?.rows == sketch.weights.count)
      }
    }
  }

  @Test("at most 1,000 points are a sketch as any other (a single pass over them lost all)")
  func fewPointsAreNotLost() throws {
    for count in [1, 2, 17, 1000] {
      let points = SketchData.uniform.points(count, 3, seed: 2, of: Double.self)
      let parameters = SketchParameters.of(10)
      let sketch = try parameters.sketch(points)
      #expect(sketch.difference(from: parameters.reference(points)) == nil)
      #expect(total(sketch) == Double(count))
    }
  }

  @Test("the 1,000th point counts (StreamingKMeansMapper dropped it)")
  func theThousandthPointIsNotDropped() throws {
    // It lies where no other does.
    let points = try Matrix<Float>((0..<1200).map { $0 == 999 ? [5000] : [Float($0 % 10)] })
    for count in [1000, 1001, 1200] {
      var sketch = StreamingSketch<Float>(.of(30))
      for row in 0..<count { try sketch.learn(points, row..<row + 1) }
      let places = try #require(sketch.doubleCentroids)
      let far = try #require((0..<places.rows).first { places[$0, 0] > 4000 })
      #expect((places[far, 0] - 5000).magnitude < 1e-9 && sketch.weights[far] == 1)
    }
  }

  @Test("points close together are told apart (BruteSearch removed what was within 1e-6)")
  func smallScaleKeepsTheWeight() throws {
    for scale in [1e-4, 1e-6, 1e-30, 1e-100] {
      let noise = SketchData.uniform.points(3000, 3, seed: 4, of: Double.self)
      let points = try Matrix(noise.doubles.map { $0.map { $0 * scale } })
      let sketch = try SketchParameters.of(50).sketch(points)
      #expect(total(sketch) == 3000)
      #expect(sketch.weights.count > 50)
    }
  }

  @Test("equal points are one centroid (FastProjectionSearch made 84 of 64, with weight 3,936)")
  func equalProjectionsAreNotConfused() throws {
    let points = SketchData.integers.points(3000, 3, seed: 5, of: Float.self)
    for collapse in SketchParameters.Collapse.allCases {
      let parameters = SketchParameters.of(40) { $0.collapse = collapse }
      let sketch = try parameters.sketch(points)
      #expect(sketch.weights.count <= 64)
      #expect(total(sketch) == 3000)
    }
    // Where there is room for all of them, each distinct point has its centroid, without error.
    let sketch = try SketchParameters.of(64) { $0.distanceCutoff = .fixed(1e-9) }.sketch(points)
    #expect(sketch.weights.count == 64 && total(sketch) == 3000)
    #expect(sketch.squaredError < 1e-20)
    #expect(Set(points.doubles) == Set(try #require(sketch.centroids).doubles))
  }

  @Test("points with equal projections do not count twice (ProjectionSearch kept one for both)")
  func mirroredPointsAreDistinct() throws {
    // Each with its mirror image, its negative and its permutations.
    var random = TestRandom(6)
    let rows = (0..<500).flatMap { _ -> [[Double]] in
      let (a, b) = (random.bell(), random.bell())
      return [[a, b], [b, a], [-a, -b], [-b, -a], [a, -b], [-a, b]]
    }
    let sketch = try SketchParameters.of(60).sketch(Matrix(rows))
    #expect(total(sketch) == 3000)
    #expect(Set(try #require(sketch.doubleCentroids).doubles).count == sketch.weights.count)
  }

  @Test("more than 2^31 points (an overflow left one centroid and a cutoff of 8e262)")
  func pointsBeyond32Bits() throws {
    let points = SketchData.mixture.points(6000, 5, seed: 7, of: Float.self)
    for start in [Int(Int32.max) - 1000, Int(UInt32.max) - 1000, 1 << 40] {
      let parameters = SketchParameters.of(30, clusters: 5)
      var reference = parameters.reference(first: points.doubles, of: Float.self)
      var sketch = StreamingSketch<Float>(parameters)
      try sketch.learn(points, 0..<2000)
      sketch.pointCount = start
      try sketch.learn(points, 2000..<6000)
      for (row, values) in points.doubles.enumerated() {
        if row == 2000 { reference.pointCount = start }
        reference.add(values)
      }
      #expect(sketch.difference(from: reference) == nil, "from \(start)")
      #expect(sketch.pointCount == start + 4000 && total(sketch) == 6000)
      // 5 ln(2^31) = 107.
      #expect(sketch.numClusters >= 107 && sketch.weights.count > 40)
    }
  }

  @Test("no point, one, and points that are all equal (estimateDistanceCutoff failed)")
  func degenerateStreamsHaveASketch() throws {
    let none = StreamingSketch<Float>(.of(10))
    #expect(none.pointCount == 0 && none.weights.isEmpty && none.squaredErrors.isEmpty)
    #expect(none.centroids == nil && none.dimension == nil && none.distanceCutoff == nil)
    #expect(none.squaredError == 0 && none.numClusters == 10)

    let one = try SketchParameters.of(10).sketch(Matrix<Double>([[0.1, 0.7]]))
    #expect(one.weights == [1] && one.distanceCutoff == nil && one.squaredError == 0)
    #expect(one.centroids == (try Matrix([[0.1, 0.7]])))

    let equal = try Matrix<Double>((0..<3000).map { _ in [0.1, 0.7, -3] })
    let same = try SketchParameters.of(10).sketch(equal)
    #expect(same.weights == [3000] && same.distanceCutoff == nil && same.squaredError == 0)
    #expect(same.centroids == (try Matrix([[0.1, 0.7, -3]])))
  }

  @Test("equal points first, others later: the cutoff is the first positive distance")
  func equalPointsFirst() throws {
    let rows =
      (0..<1500).map { _ in [3.0, 4] } + [[3.0, 6]] + (0..<500).map { [Double($0 % 7), 1] }
    let points = try Matrix(rows)
    for kind in [nil, SketchWeights.integers.values(rows.count, seed: 1)] {
      let parameters = SketchParameters.of(20)
      let early = try parameters.sketch(Matrix(Array(rows[..<1500])))
      #expect(early.distanceCutoff == nil && early.weights == [1500])
      let all = try parameters.sketch(points, weights: kind)
      #expect(all.difference(from: parameters.reference(points, weights: kind)) == nil)
      #expect(all.distanceCutoff == 4)
    }
  }

  @Test("the caller's points stay as they are, and a seed means its bits (both were shuffled)")
  func sameSeedSameBits() throws {
    let points = SketchData.heavyTails.points(2500, 6, seed: 8, of: Float.self)
    let before = points.doubles
    let first = try SketchParameters.of(30, seed: 9).sketch(points)
    let second = try SketchParameters.of(30, seed: 9).sketch(points)
    let other = try SketchParameters.of(30, seed: 10).sketch(points)
    #expect(points.doubles == before)
    #expect(first.doubleCentroids == second.doubleCentroids && first.weights == second.weights)
    #expect(first.squaredErrors == second.squaredErrors)
    #expect(first.doubleCentroids != other.doubleCentroids)
  }

  @Test("a cutoff far too large is taken at its word, one that is none is refused")
  func hugeAndInvalidCutoffs() throws {
    let points = SketchData.mixture.points(2000, 3, seed: 11, of: Float.self)
    let one = try SketchParameters.of(50) { $0.distanceCutoff = .fixed(1e30) }.sketch(points)
    #expect(one.weights == [2000] && one.distanceCutoff == 1e30)
    for cutoff in [0, -1, .nan, .infinity, -.infinity] as [Double] {
      let parameters = SketchParameters.of(50) { $0.distanceCutoff = .fixed(cutoff) }
      #expect(throws: ClusteringError.self) { try parameters.validate() }
      #expect(throws: ClusteringError.self) { try parameters.sketch(points) }
    }
  }
}
