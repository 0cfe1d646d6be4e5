// The update against a naive one that shares no code with it.
import Clustering
import Foundation
import Testing

/// Spark's update with loops over arrays.
private struct NaiveSpark {
  var centers: [[Double]]
  var weights: [Double]

  static func distance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for column in a.indices {
      let score = a[column] - b[column]
      sum += score * score
    }
    return sum
  }

  func label(of point: [Double]) -> Int {
    var best = (index: 0, distance: Double.infinity)
    for index in centers.indices {
      let distance = Self.distance(centers[index], point)
      if distance < best.distance { best = (index, distance) }
    }
    return best.index
  }

  /// - Returns: the labels.
  mutating func update(_ batch: [[Double]], _ decay: Double, perPoint: Bool) -> [Int] {
    let labels = batch.map { label(of: $0) }
    var groups: [Int: (sum: [Double], count: Double)] = [:]
    for (point, label) in zip(batch, labels) {
      if let group = groups[label] {
        groups[label] = (zip(group.sum, point).map { $0 + $1 }, group.count + 1)
      } else {
        groups[label] = (point, 1)
      }
    }
    let discount = perPoint ? pow(decay, Double(batch.count)) : decay
    weights = weights.map { $0 * discount }
    for (label, group) in groups {
      weights[label] = weights[label] + group.count
      let lambda = group.count / (weights[label] > 1e-16 ? weights[label] : 1e-16)
      let scaled = centers[label].map { $0 * (1 - lambda) }
      let added = group.sum.map { $0 * (lambda / group.count) }
      centers[label] = zip(scaled, added).map { $0 + $1 }
    }
    let (most, least) = (weights.max()!, weights.min()!)
    if least < most * 1e-8 {
      let (large, small) = (weights.firstIndex(of: most)!, weights.firstIndex(of: least)!)
      weights[large] = (most + least) / 2
      weights[small] = weights[large]
      let center = centers[large]
      let steps = center.map { 1e-14 * ($0.magnitude > 1 ? $0.magnitude : 1) }
      centers[large] = zip(center, steps).map { $0 + $1 }
      centers[small] = zip(center, steps).map { $0 - $1 }
    }
    return labels
  }
}

@Suite struct SparkReferenceTests {
  /// Shapes round the width of a vector, decays that let clusters die, batches of any size.
  @Test(arguments: [1, 2, 5, 7, 8, 9, 20, 33], SparkModel.TimeUnit.allCases)
  func `updates are the naive ones`(columns: Int, unit: SparkModel.TimeUnit) {
    var random = TestRandom(UInt64(columns))
    var splits = 0
    let cases: [(Double, Int)] = [(0, 3), (0.02, 9), (0.5, 6), (0.99, 4), (1, 1), (1.5, 7)]
    for (decay, clusters) in cases {
      let centers = (0..<clusters).map { _ in (0..<columns).map { _ in 3 * random.bell() } }
      let weights = (0..<clusters).map { _ in Double(random.next() % 4) }
      var naive = NaiveSpark(centers: centers, weights: weights)
      var model = SparkModel(centroids: try! Matrix(centers), weights: weights)
      for size in [40, 1, 0, 7, 1500, 3, 20, 20] {
        // Few values: exact ties, and zeros of both signs.
        let coarse = random.next() % 2 == 0
        let batch = (0..<size).map { _ in
          (0..<columns).map { _ in
            let value = 3 * random.bell()
            return coarse ? (value / 2).rounded() * 2 : value
          }
        }
        let expected = naive.update(batch, decay, perPoint: unit == .points)
        let found = model.update(batch, decayFactor: decay, timeUnit: unit, threads: 2)
        #expect(found.labels.map(Int.init) == expected)
        let state = SparkTrace.State(centers: naive.centers, weights: naive.weights)
        #expect(model.state.bits == state.bits, "d=\(columns) decay \(decay) batch of \(size)")
        splits += found.update.split == nil ? 0 : 1
      }
    }
    #expect(splits > 0)
  }

  /// Spark's sum starts with the first point, so that zeros keep their sign.
  @Test func `minus zero stays minus zero`() {
    var model = SparkModel(centroids: try! Matrix([[-0.0]]), weights: [1])
    _ = model.update([[-0.0], [-0.0]], decayFactor: 1)
    #expect(model.centroids[0, 0].sign == .minus)
  }
}
