// Points for ball k-means, those of Mahout's tests among them, from the product's own draws.
import Clustering

enum BallSample {
  /// Near enough to normal, mean 0, variance 1.
  private static func bell(_ draws: Draws, _ number: Int) -> Double {
    (0..<12).reduce(-6.0) { $0 + draws.uniform(12 * number + $1) }
  }

  /// The corners of the unit cube.
  static func corners(_ dimension: Int) -> [[Double]] {
    (0..<1 << dimension).map { corner in
      (0..<dimension).map { Double(corner >> $0 & 1) }
    }
  }

  /// Point i lies at corner i mod 2^d (Mahout's DataUtils.sampleMultiNormalHypercube).
  static func hypercube(
    _ dimension: Int, points: Int, deviation: Double = 0.01, seed: UInt64
  ) -> Matrix<Double> {
    let (draws, corners) = (Draws(seed: seed, purpose: .synthetic), corners(dimension))
    return try! Matrix(
      (0..<points).map { row in
        (0..<dimension).map { column in
          corners[row % corners.count][column]
            + deviation * bell(draws, row * dimension + column)
        }
      })
  }

  /// 100 points at the origin and 1,000 at 6 on each of the first five of ten axes (Mahout's
  /// BallKMeansTest.cubishTestData).
  static func cubish(deviation: Double, seed: UInt64) -> Matrix<Double> {
    let draws = Draws(seed: seed, purpose: .synthetic)
    return try! Matrix(
      (0..<5100).map { row in
        (0..<10).map { column in
          (row >= 100 && (row - 100) / 1000 == column ? 6 : 0)
            + deviation * bell(draws, row * 10 + column)
        }
      })
  }

  /// Ten narrow clusters near each other and ten wide ones far away, 100 points each.
  static func mixedScales(seed: UInt64) -> Matrix<Double> {
    let draws = Draws(seed: seed, purpose: .synthetic)
    return try! Matrix(
      (0..<2000).map { row in
        let cluster = row % 20
        return (0..<2).map { column in
          let place = column == 0 ? Double(cluster % 10) : Double(cluster % 3)
          let noise = bell(draws, 2 * row + column)
          return cluster < 10 ? place + 0.01 * noise : 1e4 + 1e4 * place + 20 * noise
        }
      })
  }

  /// Rows that ball k-means tests with, ascending: its shuffle, from its description.
  static func testRows(_ count: Int, of rows: Int, seed: UInt64) -> [Int] {
    let draws = Draws(seed: seed, purpose: .testPoints)
    var order = Array(0..<rows)
    for place in 0..<count {
      let other = place + Int(draws.uniform(place) * Double(rows - place))
      (order[place], order[other]) = (order[other], order[place])
    }
    return order.prefix(count).sorted()
  }

  /// Weights from 1/8 to 2^15, and every 17th 0.
  static func skewedWeights(_ count: Int, seed: UInt64) -> [Double] {
    var random = TestRandom(seed)
    return (0..<count).map { row in
      row % 17 == 3 ? 0 : Double(1 << Int.random(in: 0..<19, using: &random)) / 8
    }
  }
}
