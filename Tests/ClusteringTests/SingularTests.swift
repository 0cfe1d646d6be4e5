import Clustering
import Testing

/// One of something is not counted as many: errors name their numbers in the singular, too.
@Test(
  arguments: [
    (
      ClusteringError.tooManyClusters(clusters: 2, points: 1),
      "2 clusters for 1 point, expected at most as many clusters as points"
    ),
    (.weightCountMismatch(weights: 1, points: 2), "1 weight for 2 points, expected one each"),
    (.labelCountMismatch(labels: 3, points: 1), "3 labels for 1 point, expected one each"),
    (.dimensionMismatch(found: 1, expected: 3), "rows of 1 column, expected 3"),
    (
      .pointsChanged(found: 1, expected: 2),
      "1 point when they were read again, expected 2 as the first time"
    ),
    (.streaming(.timeCountMismatch(times: 1, points: 0)), "1 time for 0 points, expected one each"),
  ] as [(ClusteringError, String)])
func `one is not many`(_ error: ClusteringError, _ text: String) {
  #expect(error.description == text)
}

@Test func `one value is not many`() {
  #expect(
    ShapeError.raggedRow(row: 1, length: 1, columns: 2).description
      == "row 1 has 1 value, expected 2 as in row 0")
  #expect(
    ShapeError.raggedValues(count: 1, columns: 2).description
      == "1 value does not fill rows of 2 columns")
}
