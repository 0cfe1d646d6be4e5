// The number of clusters that criteria agree on, their indices and the gap statistic.
import Clustering
import Foundation
import Testing

@Suite struct ElbowSuggestionTests {
  /// Round blobs of deviation 1, their centres drawn so that they are 7 apart at least.
  static func blobs(_ count: Int, rows: Int, seed: UInt64) throws -> Matrix<Float> {
    var random = TestRandom(seed)
    var centers: [[Double]] = []
    while centers.count < count {
      let center = (0..<2).map { _ in Double.random(in: -20...20, using: &random) }
      let isFar = centers.allSatisfy { other in
        zip(center, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } > 49
      }
      if isFar { centers.append(center) }
    }
    return try Matrix(
      (0..<rows).map { row in centers[row % count].map { Float($0 + random.bell()) } })
  }

  @Test func `twelve round blobs are twelve, and hardly an inertia is far from the best`() throws {
    var (right, far, all) = (0, 0, 0)
    for seed in UInt64(0)..<20 {
      let points = try Self.blobs(12, rows: 1200, seed: 5)
      var kmeans = KMeans(clusterCount: 1, seed: seed)
      kmeans.runs = 10
      let curve = try kmeans.curve(points, clusterCounts: Array(2...20), withIndices: true)
      if try curve.suggestion().clusters == 12 { right += 1 }
      for fit in curve.fits where fit.clusters % 3 == 0 {
        let best = try (0..<5).map { run in
          var fresh = KMeans(clusterCount: fit.clusters, seed: seed * 100 + UInt64(run))
          fresh.initialization = .greedy
          return try fresh.fit(points).model.inertia
        }.min()!
        all += 1
        if fit.inertia > 1.02 * best { far += 1 }
      }
    }
    #expect(right >= 19, "\(right) of 20")
    #expect(far * 100 <= 2 * all, "\(far) of \(all) are above 1.02 times the best of five")
  }

  @Test func `the indices are those of an evaluation`() throws {
    let points = try Self.blobs(5, rows: 300, seed: 1)
    let weights = (0..<300).map { Double($0 % 3) }
    for isTransformed in [false, true] {
      var kmeans = KMeans(clusterCount: 1, seed: 3)
      kmeans.standardizes = isTransformed
      let curve = try kmeans.curve(
        points, weights: weights.span, clusterCounts: [1, 5], withIndices: true)
      kmeans.clusterCount = 5
      let fit = try kmeans.fit(points, weights: weights.span)
      let quality = try fit.model.evaluate(
        points.view, labels: fit.labels, weights: weights.span, seed: 0)
      let indices = try #require(curve.fits[1].indices)
      #expect(indices.simplifiedSilhouette == quality.simplifiedSilhouette)
      #expect(indices.daviesBouldin == quality.daviesBouldin)
      #expect(indices.calinskiHarabasz == quality.calinskiHarabasz)
      #expect(curve.fits[0].indices?.daviesBouldin == nil)
    }
  }

  @Test func `a gap is that of its definition`() throws {
    let points = try Self.blobs(3, rows: 90, seed: 2)
    let kmeans = KMeans(clusterCount: 1, seed: 3)
    let curve = try kmeans.curve(points, clusterCounts: Array(1...6), gapReferences: 20)
    let gaps = curve.fits.compactMap(\.gap)
    #expect(gaps.count == 6)
    // One cluster of a box: the inertia is n d (width^2) / 12 in the mean.
    let widths = (0..<2).map { column in
      let values = (0..<90).map { Double(points[$0, column]) }
      return values.max()! - values.min()!
    }
    let expected = widths.reduce(0) { $0 + 90 * $1 * $1 / 12 }
    let reference = exp(gaps[0].value + log(curve.fits[0].inertia))
    #expect((reference / expected - 1).magnitude < 0.05)
    let first = gaps.indices.dropLast().first {
      gaps[$0].value >= gaps[$0 + 1].value - gaps[$0 + 1].deviation
    }
    #expect(first == 2)
    #expect(
      try curve.suggestion().votes.first { $0.criterion == .gap }?.clusters == 3)
  }

  @Test func `votes and the number that most of them give`() throws {
    func curve(_ rows: [(silhouette: Double?, bouldin: Double?, harabasz: Double?)]) -> ElbowCurve {
      ElbowCurve(
        totalInertia: 100,
        fits: rows.enumerated().map { place, row in
          ElbowCurve.Fit(
            clusters: place + 2, inertia: 90 - Double(place), seconds: 0, iterations: 1,
            converged: true,
            indices: ClusterIndices(
              simplifiedSilhouette: row.silhouette, daviesBouldin: row.bouldin,
              calinskiHarabasz: row.harabasz))
        })
    }
    let agreed = try curve([(0.3, 2, 5), (0.7, 1, 9), (0.5, 3, 10), (0.4, 4, 8)]).suggestion()
    #expect(agreed.clusters == 3)
    #expect(agreed.votes.map(\.clusters) == [3, 3, 4])
    // The best of all is the last one: there may be better ones behind it.
    #expect(try curve([(0.1, 3, 1), (0.2, 2, 2), (0.3, 1, 3)]).suggestion().votes.isEmpty)
    let split = try curve([(0.9, 2, 5), (0.6, 1, 9), (0.5, 3, 10), (0.4, 4, 8)]).suggestion()
    #expect(split.clusters == nil && split.votes.map(\.clusters) == [2, 3, 4])
    // Clusters that hardly are any.
    #expect(
      try curve([(0.1, 2, 5), (0.2, 1, 9), (0.1, 3, 8), (0, 4, 7)]).suggestion().clusters == nil)
    #expect(try curve([(nil, nil, nil), (nil, nil, nil)]).suggestion().clusters == nil)
  }
}
