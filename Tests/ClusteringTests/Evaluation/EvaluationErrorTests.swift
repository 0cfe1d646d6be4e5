import Clustering
import Testing

/// One error for each thing that can be wrong, and numbers at the edge.
@Suite struct EvaluationErrorTests {
  private func error(
    labels: [Int32] = [0, 0, 1], centroids: [[Float]]? = nil, weights: [Double]? = nil,
    points: [[Float]] = [[1, 2], [3, 4], [5, 6]], sample: Int = 10, threads: Int? = nil
  ) throws -> ClusteringError? {
    let matrix = try Matrix(points)
    let centroids = try centroids.map { try Matrix($0) }
    do throws(ClusteringError) {
      _ = try ClusterQuality(
        matrix.view, labels: labels, centroids: centroids, weights: weights?.span, sample: sample,
        seed: 0, execution: Execution(threads: threads))
      return nil
    } catch {
      return error
    }
  }

  @Test func `every wrong value has its error`() throws {
    #expect(try error() == nil)
    #expect(try error(labels: [0, 1]) == .labelCountMismatch(labels: 2, points: 3))
    #expect(
      try error(labels: [0, -2, 1]) == .labelOutOfRange(row: 1, label: -2, largest: 2_147_483_647))
    #expect(
      try error(labels: [0, 1, 2], centroids: [[0, 0], [1, 1]])
        == .labelOutOfRange(row: 2, label: 2, largest: 1))
    #expect(try error(labels: [-1, -1, -1]) == .noLabelledPoints(3))
    #expect(try error(labels: [-1, -1, 0], weights: [1, 1, 0]) == .noLabelledPoints(3))
    #expect(
      try error(centroids: [[0, 0, 0], [1, 1, 1]]) == .dimensionMismatch(found: 2, expected: 3))
    #expect(
      try error(centroids: [[0, 0], [1, .nan]]) == .centroidNotFinite(row: 1, column: 1))
    #expect(try error(weights: [1, 1]) == .weightCountMismatch(weights: 2, points: 3))
    #expect(try error(weights: [1, -1, 1]) == .invalidWeight(row: 1, weight: -1))
    #expect(try error(weights: [0, 0, 0]) == .invalidTotalWeight(0))
    #expect(
      try error(points: [[1, 2], [3, .infinity], [5, 6]]) == .notFinite(row: 1, column: 1))
    #expect(try error(sample: 0) == .sampleNotPositive(0))
    #expect(try error(threads: 0) == .threadsNotPositive(0))
    // A place among all rows, also where some are left out.
    #expect(
      try error(labels: [-1, 0, 1], points: [[1, 2], [3, 4], [.nan, 6]])
        == .notFinite(row: 2, column: 0))
    let none = try Matrix<Float>(reserving: 0, columns: 2)
    #expect(throws: ClusteringError.noPoints) {
      try ClusterQuality(none.view, labels: [], seed: 0)
    }
    #expect(throws: ClusteringError.noPoints) { try Silhouette(none.view, labels: [], seed: 0) }
    let point = try Matrix<Float>([[1, 2]])
    let model = try KMeans(clusterCount: 1, seed: 0).fit(point.view).model
    #expect(throws: ClusteringError.noPoints) { try model.evaluate(none.view, seed: 0) }
  }

  @Test func `errors of an agreement`() {
    #expect(throws: ClusteringError.truthCountMismatch(truth: 1, labels: 2)) {
      try LabelAgreement([0, 1], truth: [1])
    }
    #expect(throws: ClusteringError.noLabelledPoints(2)) {
      try LabelAgreement([-1, -1], truth: [1, 2])
    }
    #expect(throws: ClusteringError.noLabelledPoints(0)) {
      try LabelAgreement([], truth: [Int]())
    }
    #expect(
      throws: ClusteringError.labelOutOfRange(row: 1, label: -7, largest: 2_147_483_647)
    ) { try LabelAgreement([0, -7], truth: [1, 2]) }
  }

  @Test func `errors are one line with their numbers`() {
    for (error, text) in [
      (ClusteringError.labelCountMismatch(labels: 2, points: 3), "2 labels for 3 points"),
      (
        .labelOutOfRange(row: 4, label: 9, largest: 8),
        "the label of row 4 is 9, expected a cluster"
      ),
      (.noLabelledPoints(3), "none of the 3 points has a label"),
      (.truthCountMismatch(truth: 2, labels: 3), "2 true labels for 3 points"),
      (.sampleNotPositive(-1), "a sample of -1 points, expected at least 1"),
    ] {
      #expect(error.description.hasPrefix(text))
      #expect(!error.description.contains("\n"))
    }
  }

  /// Labels are names: large ones cost no memory.
  @Test func `labels may be any number`() throws {
    let points = try Matrix<Double>([[0], [1], [10], [11]])
    let quality = try ClusterQuality(
      points.view, labels: [.max, .max, 7, 7], seed: 0)
    #expect(quality.clusters.map(\.label) == [7, .max])
    #expect(quality.inertia == 1)
  }

  @Test func `nothing is infinite`() throws {
    for data in TestData.allCases {
      let points = data.points(50, 3, seed: 1, of: Double.self)
      let floats = data.points(50, 3, seed: 1, of: Float.self)
      for k in [1, 2, 7, 50] {
        let labels = (0..<50).map { Int32($0 % k) }
        // Squares of the smallest doubles are none.
        let quality =
          data == .tiny
          ? try ClusterQuality(floats.view, labels: labels, seed: 0)
          : try ClusterQuality(points.view, labels: labels, seed: 0)
        let distances = quality.clusters.compactMap(\.distances)
        let numbers =
          [
            quality.inertia, quality.daviesBouldin, quality.calinskiHarabasz, quality.centroidDunn,
            quality.simplifiedSilhouette, quality.silhouette,
          ].compactMap { $0 } + distances.flatMap { [$0.mean, $0.standardDeviation, $0.maximum] }
        #expect(!numbers.contains { !$0.isFinite }, "\(data) \(k)")
      }
    }
  }
}
