// Sparse points are evaluated in passes, to the bits of the dense ones.
import Clustering
import KMeansLinearAlgebra
import KMeansTestSupport
import Testing

@Suite struct SparseEvaluationTests {
  /// Some rows have no values.
  private let points: SparseMatrix<Float> = SparseData.reals.points(
    500, 70, terms: 10, seed: 21)

  private func labels(_ count: Int, leavingOut: Bool) -> [Int32] {
    (0..<count).map { leavingOut && $0 % 7 == 0 ? -1 : Int32($0 * $0 % 5) }
  }

  @Test(arguments: [false, true], [1, 2])
  func `labels of any origin`(leavesOut: Bool, threads: Int) throws {
    let labels = labels(points.rows, leavingOut: leavesOut)
    let weights = (0..<points.rows).map { $0 % 11 == 0 ? 0 : Double($0 % 3) + 0.5 }
    let dense = try points.dense()
    let execution = Execution(threads: threads)
    for centroids in [nil, try points.rows([3, 50, 70, 90, 200, 9]).dense()] {
      let found = try ClusterQuality(
        points.view, labels: labels, centroids: centroids, weights: weights.span, sample: 80,
        seed: 4, execution: execution)
      let expected = try ClusterQuality(
        dense.view, labels: labels, centroids: centroids, weights: weights.span, sample: 80,
        seed: 4, execution: execution)
      #expect(found == expected)
      #expect(found.leftOut > 0 && found.silhouette != nil && found.simplifiedSilhouette != nil)
    }
    let (some, others) = (
      try Silhouette(points.view, labels: labels, sample: 60, seed: 1, execution: execution),
      try Silhouette(dense.view, labels: labels, sample: 60, seed: 1, execution: execution)
    )
    #expect(some == others && some.rows.count == 60)
  }

  /// A distance that is no Euclidean one has no indices.
  @Test func `a model of another distance`() throws {
    let dense = try points.dense()
    let centroids = try points.rows([3, 50, 70, 90]).dense()
    let model = try KMeansModel(centroids: centroids, comparedBy: .manhattan)
    let found = try model.evaluate(points.view, sample: 50)
    #expect(found == (try model.evaluate(dense.view, sample: 50)))
    #expect(found.undefined == .otherDistance && found.inertia > 0)
  }

  /// Rows without a direction have no cluster.
  @Test func `a model of scaled rows of length 1`() throws {
    var kmeans = KMeans(clusterCount: 4, seed: 3)
    kmeans.columnScale = .deviation
    kmeans.unitRows = true
    kmeans.leavesOutZeroRows = true
    let dense = try points.dense()
    let fit = try kmeans.fit(points)
    let found = try fit.model.evaluate(points.view, labels: fit.labels, sample: 50)
    #expect(found == (try fit.model.evaluate(dense.view, labels: fit.labels, sample: 50)))
    let zeros = fit.labels.indices.filter { fit.labels[$0] < 0 }
    #expect(found.leftOut == zeros.count && !zeros.isEmpty)
    let model = fit.model
    let error = #expect(throws: ClusteringError.self) { _ = try model.evaluate(points.view) }
    #expect(error == .zeroRow(zeros[0]))
  }

  /// A transform that leaves no zeros is worked out on rows that have them.
  @Test func `a model that standardises`() throws {
    var kmeans = KMeans(clusterCount: 4, seed: 3)
    kmeans.standardizes = true
    let dense = try points.dense()
    let model = try kmeans.fit(dense).model
    let found = try model.evaluate(points.view, sample: 50)
    #expect(found == (try model.evaluate(dense.view, sample: 50)))
  }

  /// Rows that nobody sorted, with indices of 64 bits, of more columns than a block of rows takes.
  @Test func `wide rows as they are stored elsewhere`() throws {
    let wide: SparseMatrix<Double> = SparseData.counts.points(
      90, 40_000, terms: 12, fewest: 2, seed: 8)
    let offsets = wide.offsets.map { Int64($0) }
    var (indices, values) = ([Int64](), [Double]())
    for row in 0..<wide.rows {
      let range = wide.offsets[row]..<wide.offsets[row + 1]
      indices += range.reversed().map { Int64(wide.indices[$0]) }
      values += range.reversed().map { wide.values[$0] }
    }
    let rows = try SparseRows(
      offsets: offsets.span, indices: indices.span, values: values.span, columns: 40_000)
    let labels = labels(wide.rows, leavingOut: true)
    let found = try ClusterQuality(rows, labels: labels)
    let dense = try wide.dense()
    #expect(found == (try ClusterQuality(dense.view, labels: labels)))
  }

  @Test func `what is wrong is named`() throws {
    var rows = points
    rows.append(.nan, column: 5)
    rows.finishRow()
    let wrong = rows
    let labels = labels(wrong.rows, leavingOut: false)
    let error = #expect(throws: ClusteringError.self) {
      _ = try ClusterQuality(wrong.view, labels: labels)
    }
    #expect(error == .notFinite(row: 500, column: 5))
    let short = #expect(throws: ClusteringError.self) {
      _ = try Silhouette(wrong.view, labels: [1, 2])
    }
    #expect(short == .labelCountMismatch(labels: 2, points: 501))
    let columns = #expect(throws: ClusteringError.self) {
      _ = try ClusterQuality(
        points.view, labels: self.labels(500, leavingOut: false),
        centroids: try Matrix<Float>([[1, 2], [3, 4]]))
    }
    #expect(columns == .dimensionMismatch(found: 70, expected: 2))
  }

  /// Columns that differ by next to nothing beside a large constant are refused, as dense ones are,
  /// and equal rows are known to be equal.
  @Test func `moments do not cancel`() throws {
    let steps: [Double] = [1, 3, 2, 2, 2, 2, 2]
    let near = try SparseMatrix<Double>(
      offsets: (0...7).map { 2 * $0 }, indices: (0..<14).map { Int32($0 % 2) },
      values: steps.flatMap { [0.1, $0 * 1e-141] }, columns: 2)
    let labels: [Int32] = [0, 1, 0, 0, 1, 0, 1]
    let dense = try near.dense()
    let expected = #expect(throws: ClusteringError.self) {
      _ = try ClusterQuality(dense.view, labels: labels)
    }
    let found = #expect(throws: ClusteringError.self) {
      _ = try ClusterQuality(near.view, labels: labels)
    }
    #expect(found == expected && found != nil)
    let equal = try SparseMatrix<Double>(
      offsets: (0...7).map { 2 * $0 }, indices: (0..<14).map { Int32(3 * ($0 % 2)) },
      values: (0..<14).map { [0.1, 0.7][$0 % 2] }, columns: 5)
    let weights = [0.1, 0.7, 0.3, 0.1, 0.1, 0.9, 0.3]
    var kmeans = KMeans(clusterCount: 2, seed: 1)
    kmeans.maxIterations = 5
    let (fit, denseFit) = (
      try kmeans.fit(equal.view, weights: weights.span),
      try kmeans.fit(equal.dense(), weights: weights.span)
    )
    #expect(fit.model.iterations == denseFit.model.iterations)
    #expect(fit.model.converged == denseFit.model.converged)
    let curve = try kmeans.curve(equal.view, weights: weights.span, clusterCounts: [1, 2])
    #expect(curve.totalInertia == 0)
  }
}
