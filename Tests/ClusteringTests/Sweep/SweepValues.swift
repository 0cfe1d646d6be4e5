// The values of a case: magnitudes of the whole range of the type, alone and mixed, and what is
// special.
import Clustering

/// How the values of one case are drawn.
struct SweepValues<Scalar: ClusteringScalar> {
  private enum Kind: Int, CaseIterable {
    case anyMagnitude, magnitudeOfRow, magnitudeOfColumn, oneMagnitude, bell, offset, integers,
      zeros, largest, smallest, constant, twoPlaces, near
  }

  private let kind: Kind
  private let exponents: ClosedRange<Int>
  private let scale: Scalar
  private let duplicates: Bool
  private let constantColumns: Bool

  /// Exponents of Doubles end, but in one case of twenty, where squares still are numbers.
  init(_ random: inout TestRandom) {
    kind = Kind(rawValue: Int(random.next() % UInt64(Kind.allCases.count)))!
    let isDouble = Scalar.self == Double.self
    let beyond = isDouble && random.next() % 20 == 0
    exponents =
      isDouble ? -1074...(beyond ? 1023 : 464) : -149...127
    scale = Scalar(Double.anyMagnitude(&random, exponents: exponents))
    duplicates = random.next() % 4 == 0
    constantColumns = random.next() % 4 == 0
  }

  func points(_ count: Int, _ columns: Int, _ random: inout TestRandom) -> Matrix<Scalar> {
    let ofColumn = (0..<columns).map { _ in any(&random) }
    var rows = (0..<count).map { _ in
      let ofRow = any(&random)
      return (0..<columns).map { value($0, ofRow, ofColumn[$0], &random) }
    }
    if duplicates {
      for row in rows.indices.dropFirst() where random.next() % 2 == 0 {
        rows[row] = rows[Int.random(in: 0..<row, using: &random)]
      }
    }
    if constantColumns {
      let column = Int.random(in: 0..<columns, using: &random)
      for row in rows.indices { rows[row][column] = rows[0][column] }
    }
    return try! Matrix(rows)
  }

  private func any(_ random: inout TestRandom) -> Scalar {
    Scalar(Double.anyMagnitude(&random, exponents: exponents))
  }

  private func value(
    _ column: Int, _ ofRow: Scalar, _ ofColumn: Scalar, _ random: inout TestRandom
  ) -> Scalar {
    let unit = Scalar(Double.random(in: -1..<1, using: &random))
    let number = Int(random.next() % 8)
    switch kind {
    case .anyMagnitude: return any(&random)
    case .magnitudeOfRow: return unit * ofRow
    case .magnitudeOfColumn: return unit * ofColumn
    case .oneMagnitude: return unit * scale
    case .bell: return Scalar(random.bell())
    case .offset: return number == 0 ? scale : scale + scale * unit * 0x1p-12
    case .integers: return Scalar(number % 5)
    case .zeros:
      return [0, -0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1, -1, 0, -0][number]
    case .largest: return [largest, -largest, largest / 2, 0, unit, largest * unit, 1, -1][number]
    case .smallest: return Scalar(number - 4) * .leastNonzeroMagnitude
    case .constant: return ofColumn
    case .twoPlaces: return number < 4 ? ofColumn : -scale
    case .near: return number < 4 ? ofColumn : number < 6 ? ofColumn.nextUp : ofColumn.nextDown
    }
  }

  private var largest: Scalar {
    Scalar.self == Double.self ? Scalar(1e140) : .greatestFiniteMagnitude
  }
}
