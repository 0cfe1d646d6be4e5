import Clustering
import Testing

/// Labels against a truth: by counting pairs, with texts, and with more points than memory holds.
@Suite struct EvaluationAgreementTests {
  /// The adjusted Rand index by looking at every pair of points.
  private func adjustedRand(_ labels: [Int32], _ truth: [String]) -> Double {
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    for i in labels.indices {
      for j in labels.indices where i < j {
        switch (labels[i] == labels[j], truth[i] == truth[j]) {
        case (true, true): a += 1
        case (true, false): b += 1
        case (false, true): c += 1
        case (false, false): d += 1
        }
      }
    }
    return 2 * (a * d - b * c) / ((a + b) * (b + d) + (a + c) * (c + d))
  }

  @Test(arguments: [1, 2, 3, 4, 5]) func `texts are classes`(seed: UInt64) throws {
    var random = TestRandom(seed)
    let kinds = ["smurf.", "normal.", "", "Zebra", "ärger"]
    let labels = (0..<200).map { _ in Int32(random.next() % 6) }
    let truth = labels.map {
      kinds[Int(random.next() % 3 == 0 ? random.next() % 5 : UInt64($0 % 5))]
    }
    let found = try LabelAgreement(labels, truth: truth)
    #expect(isNear(found.adjustedRand, adjustedRand(labels, truth), 1e-12))
    #expect(found.confusion.classes == kinds.sorted())
    for (row, kind) in found.confusion.classes.enumerated() {
      for (column, cluster) in found.confusion.clusters.enumerated() {
        let count = labels.indices.count { labels[$0] == cluster && truth[$0] == kind }
        #expect(found.confusion.counts[row][column] == count)
      }
    }
    #expect(found.confusion.classSizes.reduce(0, +) == 200)
    #expect(found.confusion.clusterSizes.reduce(0, +) == 200)
  }

  @Test func `points without a cluster are left out`() throws {
    let found = try LabelAgreement([0, -1, 0, 2, -1, 2], truth: ["a", "x", "a", "b", "a", "b"])
    #expect(found.leftOut == 2)
    #expect(found.adjustedRand == 1 && found.purity == 1)
    #expect(found.confusion.classes == ["a", "b"])
    #expect(found.confusion.clusters == [0, 2])
    #expect(found.confusion.cells.map(\.count) == [2, 2])
  }

  /// The counts of eight points, each 2^37 times: the squares need 80 bits, their products 160.
  @Test func `more points than pairs fit into 64 bits`() throws {
    let large = 1 << 37
    let matrix = ConfusionMatrix(
      classes: ["a", "b"], clusters: [0, 1],
      cells: [(0, 0, 5), (0, 1, 1), (1, 1, 2)].map {
        .init(classIndex: $0.0, clusterIndex: $0.1, count: $0.2 * large)
      })
    let found = LabelAgreement(matrix)
    // The formula in Python's unbounded integers, and scikit-learn's
    // normalized_mutual_info_score([0] * 6 + [1] * 2, [0] * 5 + [1] * 3).
    #expect(isNear(found.adjustedRand, 0.555_555_555_555_266_8, 1e-14))
    #expect(isNear(found.normalizedMutualInformation, 0.528_871_246_277_768_7, 1e-12))
    #expect(found.purity == 0.875)
  }
}
