// Scaled columns and rows of length 1: sparse rows have the bits of dense ones.
import Clustering
import KMeansTestSupport
import Testing

@Suite struct SparseScaleTests {
  private func check<Scalar: ClusteringScalar>(
    _ data: SparseData, _ scale: ColumnScale?, unitRows: Bool, _ distance: DistanceMeasure,
    of type: Scalar.Type
  ) throws {
    // More rows than one stripe has.
    let points = data.points(2600, 70, terms: 14, fewest: 1, seed: 9, of: type)
    var kmeans = KMeans(clusterCount: 8, seed: 4)
    (kmeans.columnScale, kmeans.distance, kmeans.maxIterations) = (scale, distance, 10)
    if unitRows { kmeans.unitRows = true }
    let dense = try points.dense()
    let (expected, found) = (try kmeans.fit(dense), try kmeans.fit(points))
    #expect(found.model.transform == expected.model.transform)
    expectSameBits(found, expected)
    #expect(try found.model.assign(points) == expected.labels)
    // From centroids in the units of the points.
    let start = expected.model.centroids
    expectSameBits(try kmeans.fit(points, from: start), try kmeans.fit(dense, from: start))
  }

  @Test(arguments: [ColumnScale.deviation, .inverseDocumentFrequency, nil], [false, true])
  func `scaled sparse rows have the bits of scaled dense rows`(
    scale: ColumnScale?, unitRows: Bool
  ) throws {
    for data in [SparseData.counts, .reals] {
      try check(data, scale, unitRows: unitRows, .euclidean, of: Float.self)
      try check(data, scale, unitRows: unitRows, .euclidean, of: Double.self)
    }
    try check(.counts, scale, unitRows: unitRows, .cosine, of: Float.self)
  }

  @Test func `weights count for deviations and not for frequencies`() throws {
    let points = SparseData.counts.points(700, 40, terms: 9, fewest: 1, seed: 5, of: Double.self)
    let weights = (0..<700).map { Double($0 % 4) }
    let dense = try points.dense()
    for scale in ColumnScale.allCases {
      var kmeans = KMeans(clusterCount: 5, seed: 1)
      kmeans.columnScale = scale
      let expected = try kmeans.fit(dense, weights: weights.span)
      let found = try kmeans.fit(points, weights: weights.span)
      #expect(found.model.transform == expected.model.transform)
      expectSameBits(found, expected)
    }
  }

  @Test func `rows without a value are left out of both`() throws {
    let points = SparseData.counts.points(300, 30, terms: 3, seed: 6, of: Float.self)
    let dense = try points.dense()
    let empty = (0..<300).filter { row in (0..<30).allSatisfy { dense[row, $0] == 0 } }
    #expect(!empty.isEmpty)
    var kmeans = KMeans(clusterCount: 4, seed: 1)
    (kmeans.columnScale, kmeans.unitRows) = (.inverseDocumentFrequency, true)
    #expect(throws: ClusteringError.zeroRow(empty[0])) { _ = try kmeans.fit(points) }
    kmeans.leavesOutZeroRows = true
    let (expected, found) = (try kmeans.fit(dense), try kmeans.fit(points))
    expectSameBits(found, expected)
    #expect(empty.allSatisfy { found.labels[$0] == -1 })
  }
}
