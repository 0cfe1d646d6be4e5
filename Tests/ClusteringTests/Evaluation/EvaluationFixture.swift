import Clustering
import Foundation
import Testing

/// Points with what scikit-learn says of their labels: `Data/quality.json`, made by
/// `Data/quality.py`.
struct EvaluationFixture: Decodable, Sendable, CustomTestStringConvertible {
  struct Expected: Decodable, Sendable {
    let inertia: Double
    let dunn: Double?
    let simplified: Double?
    let daviesBouldin: Double?
    let calinskiHarabasz: Double?
    let silhouettes: [Double]?
    /// Label, count, mean, deviation and the five quartiles of each cluster.
    let clusters: [[Double]]
    let adjustedRand: Double
    let normalizedMutualInformation: Double
    let homogeneity: Double
    let completeness: Double
    let vMeasure: Double
    let purity: Double
    let confusion: [[Int]]
  }

  let name: String
  let offset: Double
  let points: [[Double]]
  let labels: [Int32]
  let truth: [Int]
  let expected: Expected

  var testDescription: String { name }

  static let all: [EvaluationFixture] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Data/quality.json")
    return try! JSONDecoder().decode([EvaluationFixture].self, from: Data(contentsOf: file))
  }()

  func matrix<Scalar: ClusteringScalar>(of type: Scalar.Type) throws -> Matrix<Scalar> {
    try Matrix(points.map { $0.map { Scalar($0 + offset) } })
  }
}

/// Whether a number is the expected one up to `tolerance` of it, or of 1 where that is more.
func isNear(_ found: Double?, _ expected: Double?, _ tolerance: Double = 1e-9) -> Bool {
  guard let found, let expected else { return found == nil && expected == nil }
  return (found - expected).magnitude <= tolerance * max(1, expected.magnitude)
}
