// Streams and sketches of sparse rows have the bits of the same rows with their zeros.
import Clustering
import KMeansTestSupport
import Testing

@Suite struct SparseStreamTests {
  private let points: SparseMatrix<Float> = SparseData.counts.points(
    500, 120, terms: 12, fewest: 1, seed: 4)

  @Test func `a stream learns and predicts sparse batches`() throws {
    let dense = try points.dense()
    var parameters = StreamingParameters(
      clusterCount: 4, forgetting: .halfLife(2, .batches), seed: 3)
    parameters.start = .firstRows(50)
    var (expected, found) = (
      StreamingKMeans<Float>(parameters), StreamingKMeans<Float>(parameters)
    )
    for first in stride(from: 0, to: 500, by: 100) {
      let some = points.rows(first..<first + 100)
      let rows = dense.picking(Array(first..<first + 100))
      _ = try expected.update(rows.view)
      _ = try found.update(some.view)
      #expect(found.centroids == expected.centroids)
      let (labels, others) = (
        try found.predict(some.view).labels, try expected.predict(rows.view).labels
      )
      #expect(labels == others)
    }
  }

  @Test func `one pass over sparse rows`() throws {
    let method = OnePassKMeans(clusterCount: 5, seed: 2)
    let weights = (0..<500).map { 1 + Double($0 % 3) }
    let dense = try points.dense()
    let expected = try method.fit(dense.view, weights: weights.span)
    let found = try method.fit(points.view, weights: weights.span)
    #expect(found.model.centroids == expected.model.centroids)
    #expect(found.model.inertia == expected.model.inertia)
  }

  @Test func `an error of a later block names its row, and nothing was added`() throws {
    var rows = points
    rows.append(.nan, column: 7)
    rows.finishRow()
    var sketch = StreamingSketch<Float>(clusterCount: 5)
    let wrong = rows
    do throws(ClusteringError) {
      try sketch.add(wrong.view)
      Issue.record("a row that is not finite was added")
    } catch {
      #expect(error == .notFinite(row: 500, column: 7))
    }
    #expect(sketch.pointCount == 0)
  }
}
