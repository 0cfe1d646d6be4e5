// Seeded points for the tests, and the naive reference on them.
import Clustering
import KMeansReference

/// The kinds of data that have broken k-means implementations.
enum TestData: String, CaseIterable, Sendable {
  case noise, integers, duplicates, offset, outliers, tightClusters, tiny, huge, constant

  func points<Scalar: ClusteringScalar>(
    _ rows: Int, _ columns: Int, seed: UInt64, of type: Scalar.Type = Scalar.self
  ) -> Matrix<Scalar> {
    var random = TestRandom(seed)
    let values = (0..<rows).map { row -> [Scalar] in
      let center = Double(Int(random.next() % 7)) * 10
      let wild = random.next() % 50 == 0
      return (0..<columns).map { _ in
        switch self {
        case .noise: Scalar(random.bell())
        case .integers: Scalar(Int(random.next() % 5))
        case .duplicates: Scalar(row % 9)
        case .offset: Scalar(1e6 + random.bell())
        case .outliers: Scalar(random.bell() * (wild ? 700 : 1))
        case .tightClusters: Scalar(center + random.bell() * 1e-4)
        case .tiny: Scalar(random.bell()) * Scalar.leastNormalMagnitude / 64
        case .huge: Scalar(random.bell() * (Scalar.self == Float.self ? 1e19 : 1e120))
        case .constant: Scalar(3.25)
        }
      }
    }
    return try! Matrix(values)
  }
}

extension Matrix<Float> {
  /// Small whole numbers; all rows lie in twelve places.
  static let twelvePlaces = try! Matrix(
    (0..<900).map { row -> [Float] in
      (0..<8).map { column -> Float in Float((row % 12) * (column + 1) % 9) }
    })
}

extension Matrix where Scalar: ClusteringScalar {
  /// The rows as arrays of Doubles, for the reference.
  var doubles: [[Double]] { view.doubles }

  /// Some of the rows.
  func picking(_ rows: [Int]) -> Matrix {
    try! Matrix(rows.map { row in (0..<columns).map { self[row, $0] } })
  }
}

extension Execution.Strategy {
  /// Those that do something of their own.
  static let working: [Execution.Strategy] = working(on: .best)

  /// Those that an instruction set has.
  static func working(on instructionSet: InstructionSet) -> [Execution.Strategy] {
    [.blas, .fused, .filtered, .inverted].filter { $0.isAvailable(on: instructionSet) }
  }

  static func filteredIfAvailable(on instructionSet: InstructionSet) -> Execution.Strategy {
    Execution.Strategy.filtered.isAvailable(on: instructionSet) ? .filtered : .auto
  }
}

/// The labels that an assignment finds, with what can be varied.
func assign<Scalar: ClusteringScalar>(
  _ points: Matrix<Scalar>, to centroids: Matrix<Scalar>, strategy: Execution.Strategy = .auto,
  isa: InstructionSet = .best,
  threads: Int = 2, blockRows: Int? = nil, shift: [Scalar]? = nil
) -> (labels: [Int32], counts: AssignmentCounts) {
  let centering = shift.map { Centering(shift: $0) } ?? points.withRows { Centering(medianOf: $0) }
  let nearest = NearestCentroids(
    centroids, centering: centering, strategy: strategy, instructionSet: isa)
  var labels = [Int32](repeating: -1, count: points.rows)
  let counts = labels.withUnsafeMutableBufferPointer { labels in
    points.withRows { rows in
      RowPass(
        WeightedRows(rows: rows), clusters: centroids.rows, threads: threads, blockRows: blockRows
      ).assign(nearest, into: Assignment(labels: labels.baseAddress!))
    }
  }
  return (labels, counts)
}
