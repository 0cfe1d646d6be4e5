import Clustering
import Foundation
import Testing

/// The same bits for every number of threads and every instruction set, and as plain values.
@Suite struct EvaluationThreadsTests {
  private func sample<Scalar: ClusteringScalar>(
    _ type: Scalar.Type
  ) -> (Matrix<Scalar>, labels: [Int32], weights: [Double]) {
    let points = TestData.outliers.points(5000, 9, seed: 2, of: type)
    var random = TestRandom(6)
    var labels = assign(points, to: points.picking(Array(0..<12))).labels
    for row in stride(from: 0, to: 5000, by: 17) { labels[row] = Int32(random.next() % 12) }
    return (points, labels, labels.map { _ in Double.random(in: 0..<2, using: &random) })
  }

  private func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let (points, labels, weights) = sample(type)
    func evaluate(_ threads: Int, _ isa: InstructionSet) throws -> ClusterQuality {
      try ClusterQuality(
        points.view, labels: labels, weights: weights.span, sample: 700, seed: 3,
        execution: Execution(threads: threads, instructionSet: isa))
    }
    let one = try evaluate(1, .best)
    #expect(one.silhouette != nil && one.simplifiedSilhouette != nil)
    for isa in InstructionSet.available {
      // Equality of all numbers: none of them is NaN, and none is a zero of another sign.
      for threads in [1, 2, 3, 8] { #expect(try evaluate(threads, isa) == one) }
    }
  }

  @Test func `threads and instruction sets change no bit`() throws {
    try check(Float.self)
    try check(Double.self)
  }

  @Test func `the inertia is that of the fit, bit for bit`() throws {
    let points = TestData.noise.points(5000, 7, seed: 2, of: Float.self)
    let fit = try KMeans(clusterCount: 9, seed: 3).fit(points.view)
    let quality = try fit.model.evaluate(points.view, sample: 500, seed: 0)
    #expect(quality.inertia.bitPattern == fit.model.inertia.bitPattern)
    #expect(quality.clusters.map(\.weight) == fit.model.clusterWeights)
    #expect(
      try ClusterQuality(
        points.view, labels: fit.labels, centroids: fit.model.centroids, sample: 500, seed: 0)
        == quality)
  }

  @Test func `JSON is read back bit for bit`() throws {
    let (points, labels, _) = sample(Double.self)
    let quality = try ClusterQuality(points.view, labels: labels, sample: 300, seed: 3)
    let data = try JSONEncoder().encode(quality)
    #expect(try JSONDecoder().decode(ClusterQuality.self, from: data) == quality)
    let agreement = try LabelAgreement(labels, truth: labels.map { "class \($0 % 5)" })
    let text = try JSONEncoder().encode(agreement)
    #expect(try JSONDecoder().decode(LabelAgreement<String>.self, from: text) == agreement)
  }
}
