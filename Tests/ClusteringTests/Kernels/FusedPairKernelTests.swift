// The kernel that keeps the two best centroids and the third score, against a plain loop.
import Clustering
import KMeansKernelTypes
import Testing

@Suite struct FusedPairKernelTests {
  /// Whole numbers: every score is exact, and ties of two and three are frequent.
  @Test(arguments: InstructionSet.available)
  func `the two lowest of equal scores are kept, in their order`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)
  }

  private func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
    var random = TestRandom(8)
    for k in [1, 2, 3, 6, 7, 13, 49] {
      for d in [1, 3, 17, 64, 65] {
        let points = (0..<70).map { _ in (0..<d).map { _ in Scalar(Int(random.next() % 3)) } }
        let centroids = (0..<k).map { _ in (0..<d).map { _ in Scalar(Int(random.next() % 3)) } }
        var low = (0..<k).map { _ in Scalar(Int(random.next() % 4)) }
        if k > 5 { low[k / 2] = .infinity }
        let found = nearest(points, centroids, low, isa)
        for (row, point) in points.enumerated() {
          let scores = (0..<k).map { number in
            zip(point, centroids[number]).reduce(low[number]) { $0 - $1.0 * $1.1 }
          }
          let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
          let sorted = order.map { scores[$0] } + [.infinity, .infinity]
          #expect(found.labels[row] == Int32(order[0]), "k=\(k) d=\(d)")
          #expect(found.secondLabels[row] == (k > 1 ? Int32(order[1]) : 0), "k=\(k) d=\(d)")
          #expect(found.best[row] == sorted[0])
          #expect(found.second[row] == sorted[1])
          #expect(found.third[row] == sorted[2])
        }
      }
    }
  }

  private struct Found<Scalar> {
    var labels: [Int32]
    var secondLabels: [Int32]
    var best: [Scalar]
    var second: [Scalar]
    var third: [Scalar]
  }

  private func nearest<Scalar: ClusteringScalar>(
    _ points: [[Scalar]], _ centroids: [[Scalar]], _ low: [Scalar], _ isa: InstructionSet
  ) -> Found<Scalar> {
    let kernels = KernelSet<Scalar>.compiled(for: isa).fused
    let (d, size, rows) = (points[0].count, FusedKernels<Scalar>.groupSize, kernels.tileRows)
    let tiles = (points.count + rows - 1) / rows
    let groups = (centroids.count + size - 1) / size
    var packed = [Scalar](repeating: 0, count: tiles * rows * d)
    for (row, point) in points.enumerated() {
      for column in 0..<d { packed[(row / rows * d + column) * rows + row % rows] = point[column] }
    }
    let padding = [Scalar](repeating: .infinity, count: groups * size - low.count)
    let labels = [Int32](repeating: -1, count: tiles * rows)
    let scores = [Scalar](repeating: .nan, count: tiles * rows)
    var found = Found(
      labels: labels, secondLabels: labels, best: scores, second: scores, third: scores)
    var sums = [Scalar](repeating: .nan, count: 8 * size * rows)
    kernels.nearestPair(
      packed, tiles, d, fusedGroups(centroids), groups, low + padding, &found.labels,
      &found.secondLabels, &found.best, &found.second, &found.third, &sums)
    return found
  }
}
