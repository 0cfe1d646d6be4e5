// Seeds of values whose squares a Float cannot hold: a distance between them is no limit for
// products.
import Clustering
import Testing

@Suite struct LargestSeedTests {
  /// Rows of which most lie where products rule out, and whose distances are far beyond the type.
  static func points<Scalar: ClusteringScalar>(
    _ kind: Int, _ columns: Int, of type: Scalar.Type
  ) -> Matrix<Scalar> {
    var random = TestRandom(UInt64(kind))
    let largest = Double(Float.greatestFiniteMagnitude)
    let rows = (0..<140).map { row -> [Scalar] in
      (0..<columns).map { column in
        let bell = random.bell()
        let value =
          switch kind {
          case 0: row == 0 ? 0 : row < 36 ? 1e30 : -1e30
          case 1: row < 100 ? bell : bell * 1e20
          case 2: column == 0 && row % 2 == 0 ? 9.97e36 : bell
          case 3: row % 3 == 0 ? bell : row % 3 == 1 ? largest : -largest
          case 4: bell * 1e19
          default: row < 130 ? bell * 1e-30 : bell * 3e37
          }
        return Scalar(value)
      }
    }
    return try! Matrix(rows)
  }

  @Test(arguments: 0..<6)
  func `seeds are those of the naive way to draw them`(kind: Int) throws {
    for columns in [1, 2, 8, 19] {
      try check(Self.points(kind, columns, of: Float.self))
      try check(Self.points(kind, columns, of: Double.self))
    }
  }

  private func check<Scalar: ClusteringScalar>(_ points: Matrix<Scalar>) throws {
    let rows = points.doubles
    let different = Set(rows).count
    // Rows of one value a kind run out of different ones.
    for (k, candidates) in [(3, 3), (8, 4), (20, 4)] where different >= k {
      for seed in 0..<6 as Range<UInt64> {
        var naive = NaiveSeeding(rows, weights: nil, seed: seed)
        let expected = points.picking(naive.greedy(k, candidates: candidates))
        for isa in InstructionSet.available {
          var kmeans = KMeans(clusterCount: k, seed: seed)
          kmeans.execution.instructionSet = isa
          kmeans.execution.threads = 1
          #expect(try kmeans.initialCentroids(points.view).centroids == expected)
        }
      }
    }
  }

  @Test
  func `a threshold becomes a limit that is a number, and no smaller`() {
    let largest = Float.greatestFiniteMagnitude
    #expect(Float(limitAtLeast: 1) == Float(1).nextUp)
    #expect(Float(limitAtLeast: 1 + 0x1p-30) == Float(1).nextUp)
    #expect(Float(limitAtLeast: -1e30) == Float(-1e30).nextUp)
    for beyond in [Double(largest), 1e39, .infinity, .nan] {
      #expect(Float(limitAtLeast: beyond) == largest)
      #expect(Double(limitAtLeast: beyond).isFinite)
    }
    #expect(Float(limitAtLeast: Double(largest.nextDown)) == largest)
    #expect(Float(limitAtLeast: -Double.infinity) == -largest)
    #expect(Double(limitAtLeast: .infinity) == .greatestFiniteMagnitude)
    #expect(Double(limitAtLeast: 1e300) == 1e300.nextUp)
  }
}
