import Clustering
import Foundation
import Testing

/// Two clusterings of the same points, compared.
@Suite struct ClusteringComparisonTests {
  /// The largest weight that pairs of clusters can share, by trying all sets of columns for the
  /// rows so far.
  static func best(_ shared: [[Double]]) -> Double {
    let columns = shared[0].count
    // The most that the rows so far share with columns of a set, whose members are bits.
    var most = [Double](repeating: 0, count: 1 << columns)
    for row in shared {
      let before = most
      for taken in most.indices {
        for column in 0..<columns where taken & (1 << column) != 0 {
          most[taken] = max(most[taken], before[taken & ~(1 << column)] + row[column])
        }
      }
    }
    return most.last!
  }

  static func labels(_ count: Int, _ clusters: Int, _ seed: UInt64) -> [Int32] {
    var random = TestRandom(seed)
    return (0..<count).map { _ in Int32(random.next() % UInt64(clusters)) }
  }

  /// scikit-learn 1.5: adjusted_rand_score 0.324324..., normalized_mutual_info_score 0.478704...
  @Test func `by hand`() throws {
    let found = try ClusteringComparison([0, 0, 0, 1, 1, 1], [1, 1, 0, 0, 0, 0])
    #expect(found.points == 6 && found.leftOut == 0 && found.weight == 6)
    #expect(isNear(found.adjustedRand, 1.2 / 3.7, 1e-15))
    let shared = log(2) / 6 + log(1.5) / 2
    let entropies = log(2) - 2.0 / 3 * log(2.0 / 3) - log(1.0 / 3) / 3
    #expect(isNear(found.normalizedMutualInformation, 2 * shared / entropies, 1e-14))
    #expect(isNear(found.variationOfInformation, log(2), 1e-14))
    #expect(
      found.overlaps.map(\.cluster) == [0, 0, 1] && found.overlaps.map(\.other) == [0, 1, 0])
    #expect(found.overlaps.map(\.count) == [1, 2, 3])
    #expect(found.matches.map(\.cluster) == [0, 1] && found.matches.map(\.other) == [1, 0])
    #expect(found.changedPoints == 1 && isNear(found.changedShare, 1.0 / 6, 1e-15))
    #expect(found.isMatchingOptimal)
  }

  @Test func `a clustering agrees with itself, under any numbers`() throws {
    let labels = Self.labels(3000, 40, 5)
    let turned: [Int32] = labels.map { ($0 * 7 + 3) % 40 }
    let far: [Int32] = labels.map { 1_000_000 - $0 }
    let uneven: [Double] = labels.indices.map { Double($0 % 5) / 3 + 0.5 }
    let allWeights: [[Double]?] = [nil, uneven]
    for other in [labels, turned, far] {
      for weights in allWeights {
        let found = try ClusteringComparison(labels, other, weights: weights?.span)
        #expect(found.adjustedRand == 1)
        #expect(isNear(found.normalizedMutualInformation, 1, 1e-12))
        #expect(isNear(found.variationOfInformation, 0, 1e-12))
        #expect(found.changedPoints == 0 && found.changedShare == 0)
        #expect(found.matches == found.overlaps && found.isMatchingOptimal)
      }
    }
  }

  @Test func `the agreement is that with true labels`() throws {
    let (labels, others) = (Self.labels(500, 7, 1), Self.labels(500, 4, 2))
    let mixed = labels.indices.map { $0 % 3 == 0 ? others[$0] : labels[$0] }
    let found = try ClusteringComparison(labels, mixed)
    let agreement = try LabelAgreement(mixed, truth: labels)
    #expect(found.adjustedRand == agreement.adjustedRand)
    #expect(found.normalizedMutualInformation == agreement.normalizedMutualInformation)
  }

  @Test(arguments: 1...30) func `no other matching shares more`(seed: UInt64) throws {
    let (few, many) = (Int(seed % 5) + 2, Int(seed % 3) + 4)
    var (labels, others) = (Self.labels(60, few, seed), Self.labels(60, many, seed + 100))
    if seed % 2 == 0 { swap(&labels, &others) }
    var random = TestRandom(seed)
    let uneven: [Double] = labels.map { _ in Double(random.next() % 9) / 4 }
    let allWeights: [[Double]?] = [nil, uneven]
    for weights in allWeights {
      let found = try ClusteringComparison(labels, others, weights: weights?.span)
      var shared = (0..<8).map { _ in (0..<8).map { _ in 0.0 } }
      for row in labels.indices { shared[Int(labels[row])][Int(others[row])] += weights?[row] ?? 1 }
      #expect(isNear(found.matches.reduce(0) { $0 + $1.weight }, Self.best(shared), 1e-12))
      #expect(Set(found.matches.map(\.cluster)).count == found.matches.count)
      #expect(Set(found.matches.map(\.other)).count == found.matches.count)
      #expect(found.isMatchingOptimal)
    }
  }

  /// Greedily 3 + 0 would be taken where 2 + 2 are more.
  @Test func `the largest overlap is not always a match`() throws {
    let found = try ClusteringComparison([0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 0, 0])
    #expect(found.changedPoints == 3 && found.isMatchingOptimal)
    #expect(found.matches.map(\.count) == [2, 2])
  }

  /// 1,100 clusters that all run into one another: 1.3e9 steps would be too many.
  @Test func `what would take too long is matched by the largest overlaps`() throws {
    let (labels, others) = (Self.labels(40_000, 1100, 5), Self.labels(40_000, 1100, 6))
    let found = try ClusteringComparison(labels, others)
    #expect(!found.isMatchingOptimal)
    var (taken, takenOthers): (Set<Int32>, Set<Int32>) = ([], [])
    var expected: [ClusterOverlap] = []
    let order = found.overlaps.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }
    for (_, overlap) in order
    where !taken.contains(overlap.cluster) && !takenOthers.contains(overlap.other) {
      taken.insert(overlap.cluster)
      takenOthers.insert(overlap.other)
      expected.append(overlap)
    }
    #expect(found.matches == expected.sorted { $0.cluster < $1.cluster })
  }

  @Test func `a weight is so many equal points`() throws {
    let (labels, others) = (Self.labels(200, 5, 3), Self.labels(200, 6, 4))
    let weights = labels.indices.map { Double($0 % 4) }
    let rows = labels.indices.flatMap { Array(repeating: $0, count: $0 % 4) }
    let weighted = try ClusteringComparison(labels, others, weights: weights.span)
    let repeated = try ClusteringComparison(rows.map { labels[$0] }, rows.map { others[$0] })
    #expect(isNear(weighted.adjustedRand, repeated.adjustedRand, 1e-12))
    #expect(
      isNear(weighted.normalizedMutualInformation, repeated.normalizedMutualInformation, 1e-12))
    #expect(isNear(weighted.variationOfInformation, repeated.variationOfInformation, 1e-12))
    #expect(isNear(weighted.changedShare, repeated.changedShare, 1e-12))
    #expect(weighted.points == 150 && weighted.leftOut == 50 && weighted.weight == 300)
    // Of weights that add up to less than a pair of points there is no index of pairs.
    let tiny = weights.map { $0 / 1e6 }
    let small = try ClusteringComparison(labels, others, weights: tiny.span)
    #expect(small.adjustedRand == nil)
    #expect(isNear(small.changedShare, weighted.changedShare, 1e-12))
  }

  @Test func `one cluster, one point, and points without a label`() throws {
    let one = try ClusteringComparison([0, 0, 0], [4, 4, 4])
    #expect(one.adjustedRand == 1 && one.normalizedMutualInformation == 1)
    #expect(one.variationOfInformation == 0 && one.changedPoints == 0)
    let split = try ClusteringComparison([0, 0, 0], [0, 1, 2])
    #expect(split.adjustedRand == 0 && split.normalizedMutualInformation == 0)
    #expect(isNear(split.variationOfInformation, log(3), 1e-15))
    #expect(split.changedPoints == 2 && split.matches.map(\.other) == [0])
    let point = try ClusteringComparison([-1, 2, 3], [0, 5, -1])
    #expect(point.points == 1 && point.leftOut == 2 && point.adjustedRand == 1)
  }

  @Test func `distances of matched centroids`() throws {
    let found = try ClusteringComparison([0, 0, 2, 2], [1, 1, 0, 0])
    let first = try Matrix<Double>([[0, 0], [9, 9], [3, 4]])
    let second = try Matrix<Double>([[0, 0], [0, 2]])
    #expect(try found.centroidDistances(first, second) == [2, 5])
    #expect(throws: ClusteringError.dimensionMismatch(found: 1, expected: 2)) {
      try found.centroidDistances(first, Matrix([[0.0], [1]]))
    }
    #expect(throws: ClusteringError.labelOutOfRange(row: 0, label: 1, largest: 0)) {
      try found.centroidDistances(first, Matrix([[0.0, 1]]))
    }
  }

  @Test func `what is wrong is refused`() {
    func expect(_ error: ClusteringError, _ body: () throws -> Void) {
      #expect(throws: error) { try body() }
    }
    expect(.labelCountMismatch(labels: 1, points: 2)) { _ = try ClusteringComparison([0, 1], [0]) }
    expect(.labelOutOfRange(row: 1, label: -2, largest: Int(Int32.max))) {
      _ = try ClusteringComparison([0, 1], [0, -2])
    }
    expect(.noLabelledPoints(2)) { _ = try ClusteringComparison([0, -1], [-1, 0]) }
    expect(.noLabelledPoints(0)) { _ = try ClusteringComparison([], []) }
    let (short, negative, infinite) = ([1.0], [1.0, -1], [1, Double.infinity])
    expect(.weightCountMismatch(weights: 1, points: 2)) {
      _ = try ClusteringComparison([0, 1], [0, 1], weights: short.span)
    }
    expect(.invalidWeight(row: 1, weight: -1)) {
      _ = try ClusteringComparison([0, 1], [0, 1], weights: negative.span)
    }
    expect(.invalidWeight(row: 1, weight: .infinity)) {
      _ = try ClusteringComparison([0, 1], [0, 1], weights: infinite.span)
    }
  }

  @Test func `JSON is read back bit for bit`() throws {
    let found = try ClusteringComparison(Self.labels(300, 9, 1), Self.labels(300, 8, 2))
    let data = try JSONEncoder().encode(found)
    #expect(try JSONDecoder().decode(ClusteringComparison.self, from: data) == found)
  }
}
