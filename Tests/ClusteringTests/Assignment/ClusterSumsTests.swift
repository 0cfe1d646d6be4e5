// Sums are the same bits for every thread count, block size and instruction set.
import Clustering
import KMeansReference
import Testing

@Suite struct ClusterSumsTests {
  private func sums<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ centroids: Matrix<Scalar>, weights: [Double]?, isa: InstructionSet,
    threads: Int, blockRows: Int?
  ) -> ClusterSums<Scalar> {
    var labels = [Int32](repeating: 0, count: points.rows)
    let nearest = NearestCentroids(
      centroids, centering: Centering(shift: (0..<points.columns).map { points[0, $0] }),
      instructionSet: isa)
    let empty = ClusterSums<Scalar>(
      clusters: centroids.rows, columns: points.columns, instructionSet: isa)
    return labels.withUnsafeMutableBufferPointer { labels in
      points.withRows { rows in
        (weights ?? []).withUnsafeBufferPointer { buffer in
          let pass = RowPass(
            WeightedRows(rows: rows, weights: weights == nil ? nil : buffer.baseAddress),
            clusters: centroids.rows, threads: threads, blockRows: blockRows)
          return pass.assign(
            nearest, into: Assignment(labels: labels.baseAddress!), reducing: empty
          ).0
        }
      }
    }
  }

  @Test(arguments: [1, 1023, 1024, 1025, 5000, 7 * 1024 + 1])
  func `threads and blocks change no bit`(n: Int) {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      let points = TestData.outliers.points(n, 11, seed: UInt64(n), of: type)
      let centroids = points.picking((0..<7).map { $0 * 31 % n })
      var random = TestRandom(9)
      let weights = (0..<n).map { _ in Double.random(in: 0..<3, using: &random) }
      for weights in [nil, weights] {
        let one = sums(points, centroids, weights: weights, isa: .best, threads: 1, blockRows: nil)
        for isa in InstructionSet.available {
          for (threads, blockRows) in [(1, 1), (2, 100), (3, 1024), (8, nil)] {
            let other = sums(
              points, centroids, weights: weights, isa: isa, threads: threads,
              blockRows: blockRows)
            #expect(other.sums.map(\.bitPattern) == one.sums.map(\.bitPattern))
            #expect(other.weights == one.weights)
            #expect(other.counts == one.counts)
            #expect(other.inertia.bitPattern == one.inertia.bitPattern)
          }
        }
      }
    }
  }

  @Test func `sums are those of the reference`() {
    let points = TestData.noise.points(3000, 5, seed: 3, of: Float.self)
    let centroids = points.picking([1, 2, 3, 4])
    var random = TestRandom(10)
    let weights = (0..<3000).map { _ in Double.random(in: 0..<3, using: &random) }
    let found = sums(points, centroids, weights: weights, isa: .best, threads: 2, blockRows: nil)
    let labels = Reference.assignClusters(points.doubles, centroids.doubles)
    let means = Reference.update_centers(
      points.doubles, labels, centroids.doubles, weights: weights)
    let inertia = Reference.inertia(points.doubles, labels, centroids.doubles, weights: weights)
    #expect((found.inertia - inertia).magnitude <= 3000 * 0x1p-52 * inertia)
    #expect(found.counts.reduce(0, +) == 3000)
    for cluster in 0..<4 {
      #expect(found.counts[cluster] == labels.count { $0 == cluster })
      for column in 0..<5 {
        let mean = found.sums[cluster * 5 + column] / found.weights[cluster]
        #expect((mean - means[cluster][column]).magnitude < 3000 * 0x1p-52 * 6)
      }
    }
  }

  @Test func `both reduces as each alone`() {
    let points = TestData.noise.points(2500, 3, seed: 5, of: Double.self)
    points.withRows { rows in
      let pass = RowPass(WeightedRows(rows: rows), clusters: 1, threads: 2)
      let moments = ColumnMoments<Double>(columns: 3, instructionSet: .best)
      let both = pass.reduce(into: PairReduction(moments, moments))
      let alone = pass.reduce(into: moments)
      #expect(both.first.means == alone.means && both.second.deviations == alone.deviations)
    }
  }
}
