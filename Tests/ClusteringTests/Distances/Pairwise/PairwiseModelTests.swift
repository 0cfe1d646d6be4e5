// Models whose distance is no squared Euclidean one: what they say of points, and what is kept of
// them.
import Clustering
import Foundation
import KMeansFiles
import KMeansReference
import Testing

@Suite struct PairwiseModelTests {
  static let measures: [DistanceMeasure] = [
    .manhattan, .chebyshev, .minkowski(exponent: 3), .minkowski(exponent: 1.5), .tanimoto,
  ]

  private static func model(_ distance: DistanceMeasure) throws -> KMeansModel<Float> {
    let centroids = TestData.noise.points(12, 9, seed: 8, of: Float.self)
    return try KMeansModel(centroids: centroids, comparedBy: distance)
  }

  private static func distance(
    _ measure: DistanceMeasure, _ a: [Double], _ b: [Double]
  ) -> Double {
    PairwiseDistance(measure.pairwise!)(a, b, a.count)
  }

  @Test(arguments: measures)
  func `a model labels and measures by its distance`(measure: DistanceMeasure) throws {
    let model = try Self.model(measure)
    #expect(model.distance == measure)
    let points = TestData.noise.points(300, 9, seed: 9, of: Float.self)
    let all = points.doubles.map { row in
      model.centroids.doubles.map { Self.distance(measure, row, $0) }
    }
    let labels = all.map { Int32($0.firstIndex(of: $0.min()!)!) }
    for threads in [1, 3] {
      let execution = Execution(threads: threads)
      #expect(try model.assign(points, execution: execution) == labels)
      #expect(try model.squaredDistances(points, execution: execution) == all.map { $0.min()! })
    }
    let every = try model.allSquaredDistances(points)
    #expect((0..<300).allSatisfy { row in (0..<12).allSatisfy { every[row, $0] == all[row][$0] } })
    let row = (0..<9).map { points[17, $0] }
    #expect(try model.label(of: row) == Int(labels[17]))
    let weights = (0..<300).map { Double($0 % 4) }
    let sum = zip(all, weights).reduce(0) { $0 + $1.0.min()! * $1.1 }
    let score = try model.score(points, weights: weights.span)
    #expect((score + sum).magnitude < 1e-12 * sum)
  }

  @Test func `another exponent gives other labels`() throws {
    let points = TestData.noise.points(500, 9, seed: 10, of: Float.self)
    let labels = try [1.5, 3, 20].map {
      try Self.model(.minkowski(exponent: $0)).assign(points)
    }
    #expect(labels[0] != labels[1] && labels[1] != labels[2])
    #expect(try labels[1] == Self.model(.minkowski(exponent: 3)).assign(points))
    #expect(
      try Self.model(.minkowski(exponent: 1)).assign(points)
        == Self.model(.manhattan).assign(points))
  }

  @Test(arguments: measures)
  func `a model comes back from its file and from JSON`(measure: DistanceMeasure) throws {
    let model = try Self.model(measure)
    let read = try KMeansModel<Float>(archive: model.archived())
    #expect(read == model && read.distance == measure)
    let json = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(KMeansModel<Float>.self, from: json) == model)
    let other = try KMeansModel<Double>(archive: model.archived())
    #expect(other.distance == measure)
  }

  @Test func `a model of squared Euclidean distances says nothing of them in its file`() throws {
    let points = TestData.noise.points(100, 3, seed: 1, of: Float.self)
    let model = try KMeans(clusterCount: 3, seed: 1).fit(points).model
    #expect(model.archive["distance"] == nil)
    #expect(try !String(decoding: JSONEncoder().encode(model), as: UTF8.self).contains("distance"))
    #expect(model.distance == .euclidean)
  }

  @Test func `a distance in a file that is none, or says nothing, is refused`() throws {
    var archive = try Self.model(.minkowski(exponent: 3)).archive
    archive["distanceExponent"] = .double(0.5)
    #expect(throws: FileError.self) { _ = try KMeansModel<Float>(archive) }
    archive["distance"] = .string("euclidean")
    #expect(throws: FileError.self) { _ = try KMeansModel<Float>(archive) }
    archive["distance"] = .string("nearness")
    #expect(throws: FileError.self) { _ = try KMeansModel<Float>(archive) }
  }

  @Test func `given centroids are compared by squared Euclidean distances, too`() throws {
    let centroids = TestData.noise.points(5, 2, seed: 1, of: Float.self)
    let points = TestData.noise.points(50, 2, seed: 2, of: Float.self)
    let plain = KMeansModel(
      centroids: centroids, clusterWeights: Array(repeating: 1, count: 5), inertia: 0,
      iterations: 0, converged: false)
    #expect(try KMeansModel(centroids: centroids, comparedBy: .euclidean) == plain)
    let cosine = try KMeansModel(centroids: centroids, comparedBy: .cosine)
    let lengths = (0..<5).map { row in
      (cosine.centroids[row, 0] * cosine.centroids[row, 0]
        + cosine.centroids[row, 1] * cosine.centroids[row, 1]).squareRoot()
    }
    #expect(lengths.allSatisfy { ($0 - 1).magnitude < 1e-6 })
    #expect(try cosine.assign(points) != plain.assign(points))
    #expect(throws: ClusteringError.self) {
      _ = try KMeansModel(centroids: centroids, comparedBy: .minkowski(exponent: 0.9))
    }
  }

  @Test(arguments: measures)
  func `an evaluation knows sums and distributions of distances`(
    measure: DistanceMeasure
  ) throws {
    let model = try Self.model(measure)
    let points = TestData.noise.points(200, 9, seed: 11, of: Float.self)
    let weights = (0..<200).map { Double($0 % 3) }
    let labels = try model.assign(points)
    let distances = try model.squaredDistances(points)
    let quality = try model.evaluate(points, weights: weights.span)
    let sum = zip(distances, weights).reduce(0) { $0 + $1.0 * $1.1 }
    #expect((quality.inertia - sum).magnitude < 1e-12 * sum)
    #expect(quality.weight == weights.reduce(0, +))
    #expect(quality.points == weights.count { $0 > 0 })
    for cluster in quality.clusters {
      let rows = (0..<200).filter { labels[$0] == cluster.label && weights[$0] > 0 }
      #expect(cluster.count == rows.count)
      #expect(cluster.distances?.maximum == rows.map { distances[$0] }.max())
      let weight = rows.reduce(0) { $0 + weights[$1] }
      let mean = rows.reduce(0) { $0 + weights[$1] * distances[$1] } / weight
      if let found = cluster.distances { #expect((found.mean - mean).magnitude < 1e-12 * mean) }
    }
    #expect(quality.undefined == .otherDistance && quality.silhouetteUndefined == .otherDistance)
    #expect(quality.calinskiHarabasz == nil && quality.daviesBouldin == nil)
    #expect(quality.silhouette == nil && quality.centroidDunn == nil)
  }

  @Test func `a stream does not go on from such a model, for it moves to means`() throws {
    let model = try Self.model(.manhattan)
    #expect(throws: ClusteringError.distance(.meanIsNoCenter(.manhattan))) {
      _ = try StreamingKMeans<Float>(StreamingParameters(clusterCount: 12), continuing: model)
    }
  }
}
