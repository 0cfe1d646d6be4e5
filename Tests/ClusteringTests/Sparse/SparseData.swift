// Seeded sparse points, with what breaks sparse k-means.
import Clustering
import KMeansTestSupport

/// The kinds of values of sparse points.
enum SparseData: String, CaseIterable, Sendable {
  /// Small whole numbers: sums are exact.
  case counts
  /// Numbers of many digits; in Double sums are rounded.
  case reals
  /// Values of both signs over many powers of ten: sums are rounded in Float, too.
  case wide
  /// Few different rows: many ties and duplicates.
  case duplicates

  /// Points of some topics: each row has values in columns of its topic, and in common ones.
  ///
  /// - Parameter fewest: the least number of values of a row.
  func points<Scalar: ClusteringScalar>(
    _ rows: Int, _ columns: Int, terms: Int, fewest: Int = 0, seed: UInt64,
    of type: Scalar.Type = Scalar.self
  ) -> SparseMatrix<Scalar> {
    var random = TestRandom(seed)
    var matrix = try! SparseMatrix<Scalar>(columns: columns)
    for row in 0..<rows {
      var draws = random
      if self == .duplicates { draws = TestRandom(seed &+ UInt64(row % 7)) }
      let topic = Int(draws.next() % 5)
      let count = fewest + Int(draws.next() % UInt64(terms + 1))
      for _ in 0..<count {
        let place = Double.random(in: 0..<1, using: &draws)
        let spread = Int(place * place * Double(columns))
        let column = (spread * (draws.next() % 2 == 0 ? 1 : 5) + topic) % columns
        matrix.append(value(&draws), column: Int32(column))
      }
      matrix.finishRow()
      _ = random.next()
    }
    return matrix
  }

  private func value<Scalar: ClusteringScalar>(_ random: inout TestRandom) -> Scalar {
    switch self {
    case .counts, .duplicates: Scalar(1 + Int(random.next() % 4))
    case .reals: Scalar(random.bell())
    case .wide:
      Scalar(
        random.bell() * Double(sign: .plus, exponent: Int(random.next() % 80) - 40, significand: 1))
    }
  }
}
