// Bounds by hand: what was equal when a slack was found, and so stood in no group, may part and be
// the nearest.
import Clustering
import KMeansLinearAlgebra
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct GroupBoundsTests {
  /// Sixty clusters far from each other, forty points each.
  private func points() -> (points: Matrix<Float>, centers: [[Float]]) {
    var random = TestRandom(11)
    let centers = (0..<60).map { _ in (0..<20).map { _ in Float(30 * random.bell()) } }
    let rows = (0..<2400).map { row in
      centers[row % 60].map { $0 + Float(random.bell()) }
    }
    return (try! Matrix(rows), centers)
  }

  /// Centroids in groups of six as they stand, whatever they equal.
  private func step(_ centroids: [[Float]], strategy: Execution.Strategy) -> NearestCentroids<Float>
  {
    NearestCentroids(
      try! Matrix(centroids), centering: Centering(shift: [Float](repeating: 0, count: 20)),
      strategy: strategy,
      order: strategy == .filtered ? (0..<Int32(centroids.count)).map { $0 } : nil)
  }

  private func labels(_ rows: Rows<Float>, _ centroids: [[Float]]) -> [Int32] {
    var labels = [Int32](repeating: -1, count: rows.count)
    labels.withUnsafeMutableBufferPointer { labels in
      _ = RowPass(WeightedRows(rows: rows), clusters: centroids.count, threads: 1)
        .assign(
          step(centroids, strategy: .fused), into: Assignment(labels: labels.baseAddress!))
    }
    return labels
  }

  /// Points around 1, a centroid at 0 and one of another group at 10: it wins once the moves of
  /// both, or of one of them, are as large as its slack, which is 8, and no earlier than it is
  /// looked at again.
  @Test(arguments: [(0, 8.4), (1, 8.4), (0, 0.6), (1, 0.6), (0, 7.9)])
  func `both move as far as the slack`(who: Int, stride: Double) {
    var random = TestRandom(12)
    func place(_ x: Double) -> [Float] { [Float(x)] + [Float](repeating: 0, count: 19) }
    let points = try! Matrix(
      (0..<48).map { _ in place(1).map { $0 + 0.001 * Float(random.bell()) } })
    func centroids(_ moved: Double) -> [[Float]] {
      let near = who == 0 ? [place(0), place(10 - moved)] : [place(-moved), place(10)]
      let far = (1...5).map { place(-20 - 2 * Double($0)) }
      return [near[0]] + far + [near[1]] + far.map { $0.map { -$0 } }
    }
    points.withRows { rows in
      var found = labels(rows, centroids(0))
      found.withUnsafeMutableBufferPointer { labels in
        let cache = LloydCache(WeightedRows(rows: rows), map: nil, threads: 1)
        var nearest = step(centroids(0), strategy: .filtered)
        _ = cache.assign(&nearest, labels.baseAddress!, areKnown: true)
        cache.sort(&nearest, labels.baseAddress!)
        for number in 0...16 {
          let now = centroids(min(Double(number) * stride, 9))
          nearest = step(now, strategy: .filtered)
          let counts = cache.assign(&nearest, labels.baseAddress!, areKnown: true)
          #expect(Array(labels) == self.labels(rows, now), "move \(number)")
          // A small move leaves the other group alone.
          if number == 1, stride < 1 { #expect(counts.compared == 48 * 6) }
        }
      }
    }
  }

  @Test func `duplicates that part`() {
    let (points, centers) = points()
    var start = centers
    start[59] = centers[3]
    var parted = start
    for column in 0..<20 { parted[59][column] += 0.01 }
    var nearest = step(start, strategy: .filtered)
    var labels = [Int32](repeating: -1, count: points.rows)
    points.withRows { rows in
      labels.withUnsafeMutableBufferPointer { labels in
        let cache = LloydCache(WeightedRows(rows: rows), map: nil, threads: 2)
        _ = cache.assign(&nearest, labels.baseAddress!, areKnown: false)
        // No label moves any more, so that rows are not sorted by themselves again.
        _ = cache.assign(&nearest, labels.baseAddress!, areKnown: true)
        cache.sort(&nearest, labels.baseAddress!)
        nearest = step(start, strategy: .filtered)
        // Slacks are found with the duplicate, which is left out; another look uses them.
        _ = cache.assign(&nearest, labels.baseAddress!, areKnown: true)
        let carried = cache.assign(&nearest, labels.baseAddress!, areKnown: true)
        #expect(carried.compared < points.rows * 60 / 2)
        nearest = step(parted, strategy: .filtered)
        let found = cache.assign(&nearest, labels.baseAddress!, areKnown: true)
        #expect(found.moved > 0)
      }
    }
    let expected = points.withRows { self.labels($0, parted) }
    let differences = zip(labels, expected).count { $0 != $1 }
    #expect(differences == 0)
    #expect(expected.contains(59) && expected.contains(3))
  }
}
