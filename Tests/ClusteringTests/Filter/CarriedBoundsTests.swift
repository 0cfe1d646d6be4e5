// Bounds by hand: what was equal when a slack was found, and so stood in no group, may part and be the nearest.
import Clustering
import KMeansLinearAlgebra
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct CarriedBoundsTests {
  /// Sixty clusters far from each other, forty points each.
  private func points() -> (points: Matrix<Float>, centers: [[Float]]) {
    var random = TestRandom(11)
    let centers = (0..<60).map { _ in (0..<20).map { _ in Float(30 * random.bell()) } }
    let rows = (0..<2400).map { row in
      centers[row % 60].map { $0 + Float(random.bell()) }
    }
    return (try! Matrix(rows), centers)
  }

  private func step(_ centroids: [[Float]], strategy: Strategy) -> NearestCentroids<Float> {
    // Centroid 3 stands in the first group, 59 in the last one, whatever they equal.
    NearestCentroids(
      try! Matrix(centroids), frame: Frame(shift: [Float](repeating: 0, count: 20)),
      strategy: strategy, order: strategy == .filtered ? (0..<60).map { Int32($0) } : nil)
  }

  @Test func duplicatesThatPart() {
    let (points, centers) = points()
    var start = centers
    start[59] = centers[3]
    var parted = start
    for column in 0..<20 { parted[59][column] += 0.01 }
    var nearest = step(start, strategy: .filtered)
    var labels = [Int32](repeating: -1, count: points.rows)
    points.withRows { rows in
      labels.withUnsafeMutableBufferPointer { labels in
        let memory = RowMemory(WeightedRows(rows: rows), map: nil, threads: 2)
        _ = memory.assign(&nearest, labels.baseAddress!, areKnown: false)
        // No label moves any more, so that rows are not sorted by themselves again.
        _ = memory.assign(&nearest, labels.baseAddress!, areKnown: true)
        memory.sort(&nearest, labels.baseAddress!)
        nearest = step(start, strategy: .filtered)
        // Slacks are found with the duplicate, which is left out; another look uses them.
        _ = memory.assign(&nearest, labels.baseAddress!, areKnown: true)
        let carried = memory.assign(&nearest, labels.baseAddress!, areKnown: true)
        #expect(carried.compared < points.rows * 60 / 2)
        nearest = step(parted, strategy: .filtered)
        let found = memory.assign(&nearest, labels.baseAddress!, areKnown: true)
        #expect(found.moved > 0)
      }
    }
    var expected = labels
    points.withRows { rows in
      expected.withUnsafeMutableBufferPointer { expected in
        _ = RowPass(WeightedRows(rows: rows), clusters: 60, threads: 1)
          .assign(step(parted, strategy: .fused), into: Assignment(labels: expected.baseAddress!))
      }
    }
    let differences = zip(labels, expected).count { $0 != $1 }
    #expect(differences == 0)
    #expect(expected.contains(59) && expected.contains(3))
  }
}
