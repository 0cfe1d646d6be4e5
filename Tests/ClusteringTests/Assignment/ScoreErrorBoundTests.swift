// The bound holds: what is computed lies within it of what is true.
import Clustering
import Testing

@Suite struct ScoreErrorBoundTests {
  /// Scores of Floats by a plain Float loop, which is one order among those that BLAS may take,
  /// against the same scores in Double, whose own error is 2^-29 of the bound.
  @Test(arguments: TestData.allCases.filter { $0 != .huge })
  func `scores lie within the bound`(data: TestData) {
    for d in [1, 3, 17, 100, 768] {
      let points = data.points(40, d, seed: 21, of: Float.self)
      let rule = ScoreErrorBound(columns: d, of: Float.self)
      let shift = (0..<d).map { column in
        Float((0..<40).reduce(0.0) { $0 + Double(points[$1, column]) } / 40)
      }
      for i in 0..<20 {
        for j in 20..<40 {
          var (product, norm, half) = (Float(0), 0.0, 0.0)
          var (trueProduct, trueHalf) = (0.0, 0.0)
          for column in 0..<d {
            let (m, x, c) = (shift[column], points[i, column], points[j, column])
            product += (x - m) * (c - m)
            norm += Double(x - m) * Double(x - m)
            half += Double(c - m) * Double(c - m) / 2
            trueProduct += (Double(x) - Double(m)) * (Double(c) - Double(m))
            trueHalf += (Double(c) - Double(m)) * (Double(c) - Double(m)) / 2
          }
          let score = Double(Float(half) - product)
          let error = (score - (trueHalf - trueProduct)).magnitude
          let bound = rule.pointPart(squaredNorm: norm) + rule.centroidPart(squaredNorm: 2 * half)
          #expect(error <= bound, "\(data) d=\(d): \(error) > \(bound)")
        }
      }
    }
  }

  /// A centroid that is a little nearer than a limit has a score that the limit allows.
  @Test(arguments: TestData.allCases.filter { $0 != .huge && $0 != .tiny })
  func `scores of nearer centroids are allowed`(data: TestData) throws {
    for d in [1, 3, 17, 100] {
      let points = data.points(40, d, seed: 22, of: Float.self)
      // What captures a row is what the naive loop finds nearer, whatever the shift.
      for shift in [points.picking([3]), try Matrix<Float>(rows: 1, columns: d)] {
        let rule = ScoreErrorBound(columns: d, of: Float.self)
        for (i, j) in (0..<20).flatMap({ i in (20..<40).map { (i, $0) } }) {
          var (product, norm, half, distance) = (Float(0), Float(0), 0.0, 0.0)
          for column in 0..<d {
            let (m, x, c) = (shift[0, column], points[i, column], points[j, column])
            product += (x - m) * (c - m)
            norm += (x - m) * (x - m)
            half += Double(c - m) * Double(c - m) / 2
            distance += (Double(x) - Double(c)) * (Double(x) - Double(c))
          }
          let low = half - rule.centroidPart(squaredNorm: 2 * half)
          let score = Double(Float(low).nextDown.nextDown - product)
          let limit = rule.score(ofSquaredDistance: distance.nextUp, squaredNorm: Double(norm))
          #expect(score <= limit, "\(data) d=\(d): \(score) > \(limit)")
        }
      }
    }
  }

  @Test func `a dimension beyond the type rules nothing out`() {
    #expect(ScoreErrorBound.gamma(10, 0.01) == 0.1 / 0.9)
    #expect(ScoreErrorBound.gamma(1e9, Float.unitRoundoff) == .infinity)
  }
}
