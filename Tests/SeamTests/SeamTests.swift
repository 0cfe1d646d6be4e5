// A new kind of rows, a new distance and a new algorithm, all from outside the library: what they
// need is there.
import Clustering
import Testing

@Suite struct SeamTests {
  /// Some 3,000 rows of 6 columns around 5 places, most of their values 0.
  private static let rows: [[Double]] = (0..<3000).map { row in
    (0..<6).map { column in
      let noise = Double((row &* 7919 &+ column &* 104_729) % 1009) / 1009
      return column == row % 5 ? 10 + noise : column == (row + 1) % 5 ? noise : 0
    }
  }

  @Test func `a new kind of rows is clustered to the same bits`() throws {
    for initialization in [CentroidInitialization.greedy, .kMeansPlusPlus, .randomRows] {
      var kmeans = KMeans(clusterCount: 7, seed: 3)
      kmeans.initialization = initialization
      let dense = try kmeans.fit(Matrix(Self.rows))
      for threads in [1, 2] {
        let execution = Execution(threads: threads)
        let points = SparsePoints(sparse: SparseRows(Self.rows), execution: execution)
        let sparse = try kmeans.fit(points)
        #expect(sparse.labels == dense.labels)
        #expect(sparse.model == dense.model)
      }
    }
  }

  @Test func `a new distance labels old and new kinds of rows`() throws {
    let assigner = ManhattanCenters(centers: [0, 1, 2, 3, 4].map { Self.rows[$0] })
    let expected = Self.rows.map { row in
      row.withUnsafeBufferPointer { row in
        let distances = assigner.centers.map {
          ManhattanCenters.distance(row.baseAddress!, $0)
        }
        return Int32(distances.firstIndex(of: distances.min()!)!)
      }
    }
    #expect(labels(SparseRows(Self.rows), assigner).labels == expected)
    let matrix = try Matrix(Self.rows)
    let found = matrix.withRows { labels(WeightedRows(rows: $0), assigner) }
    #expect(found.labels == expected)
  }

  /// Lloyd's iterations by the Manhattan distance: labels, sums, means, until nothing moves.
  @Test func `a new algorithm takes the passes as they are`() throws {
    var assigner = ManhattanCenters(centers: [0, 1, 2, 3, 4].map { Self.rows[$0] })
    var last: [Int32] = []
    for _ in 0..<20 {
      let found = labels(SparseRows(Self.rows), assigner)
      if found.labels == last { break }
      last = found.labels
      let means = found.sums.means(keeping: try Matrix(assigner.centers))
      assigner = ManhattanCenters(
        centers: (0..<5).map { row in (0..<6).map { means[row, $0] } })
    }
    #expect(labels(SparseRows(Self.rows), assigner).labels == last)
    #expect(last == (0..<3000).map { Int32($0 % 5) })
    let first = (0..<600).map { Self.rows[$0 * 5][0] }
    #expect((assigner.centers[0][0] - first.reduce(0, +) / 600).magnitude < 1e-12)
  }

  private func labels<Blocks: RowBlocks<Double>>(
    _ rows: Blocks, _ assigner: ManhattanCenters
  ) -> (labels: [Int32], sums: ClusterSums<Double>) {
    var labels = [Int32](repeating: -1, count: rows.count)
    let sums = labels.withUnsafeMutableBufferPointer { labels in
      let none = ClusterSums<Double>(clusters: assigner.clusters, columns: rows.columns)
      let pass = RowPass(rows, clusters: assigner.clusters, threads: 2)
      let (sums, counts) = pass.assign(
        assigner, into: Assignment(labels: labels.baseAddress!), reducing: none)
      #expect(counts.rows == rows.count)
      return sums
    }
    return (labels, sums)
  }
}
