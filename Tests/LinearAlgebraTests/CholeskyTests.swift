import KMeansLinearAlgebra
import Testing

/// Factors whose bits no processor decides.
@Suite struct CholeskyTests {
  /// B Bᵀ + 1, from the numbers of a counter.
  private func positive(_ n: Int) throws -> Matrix<Double> {
    var state: UInt64 = 7
    let half = (0..<n * n).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) * 0x1p-24 - 0.5
    }
    return try Matrix<Double>(
      (0..<n).map { i -> [Double] in
        (0..<n).map { j -> Double in
          var sum = i == j ? 1.0 : 0
          for k in 0..<n { sum += half[i * n + k] * half[j * n + k] }
          return sum
        }
      })
  }

  @Test func `the factor of a matrix of whole numbers`() throws {
    let matrix = try Matrix<Double>([[4, 12, -16], [12, 37, -43], [-16, -43, 98]])
    let expected = try Matrix<Double>([[2, 0, 0], [6, 1, 0], [-8, 5, 3]])
    #expect(try Cholesky.factor(matrix) == expected)
    #expect(try Cholesky.loop(matrix) == expected)
  }

  @Test(arguments: [1, 2, 3, 8, 33]) func `it is LAPACKE's but for rounding`(n: Int) throws {
    let matrix = try positive(n)
    let (own, theirs) = (try Cholesky.factor(matrix), try LAPACK.cholesky(matrix))
    for i in 0..<n {
      for j in 0..<n { #expect(abs(own[i, j] - theirs[i, j]) <= 1e-13 * Double(n)) }
    }
    #expect(try Cholesky.loop(matrix) == own)
  }

  @Test func `the first minor that is not positive is named`() throws {
    let indefinite = try Matrix<Double>([[1, 0, 0], [0, 1, 2], [0, 2, 1]])
    #expect(throws: LAPACKError.notPositiveDefinite(order: 3)) { try Cholesky.factor(indefinite) }
    // A copy of a column leaves nothing but rounding, of either sign.
    let copied = try Matrix<Double>([[0.3, 0.1, 0.1], [0.1, 0.7, 0.7], [0.1, 0.7, 0.7]])
    #expect(throws: LAPACKError.notPositiveDefinite(order: 3)) { try Cholesky.factor(copied) }
    let constant = try Matrix<Double>([[0, 0], [0, 1]])
    #expect(throws: LAPACKError.notPositiveDefinite(order: 1)) { try Cholesky.factor(constant) }
    #expect(throws: LAPACKError.notSquare(rows: 1, columns: 2)) {
      try Cholesky.loop(try Matrix<Double>([[1, 2]]))
    }
    #expect(throws: LAPACKError.notFinite(row: 0, column: 1)) {
      try Cholesky.loop(try Matrix<Double>([[1, .infinity], [1, 4]]))
    }
  }

  @Test func `a margin refuses what is nearly a sum of others`() throws {
    let matrix = try Matrix<Double>([[1, 1], [1, 1 + 1e-9]])
    _ = try Cholesky.factor(matrix)
    #expect(throws: LAPACKError.notPositiveDefinite(order: 2)) {
      try Cholesky.factor(matrix, margin: 1e-6)
    }
  }
}
