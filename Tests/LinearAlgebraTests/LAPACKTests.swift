import Foundation
import KMeansLinearAlgebra
import Testing

/// Small matrices whose factors are known by hand, and random ones put together again.
@Suite struct LAPACKTests {
  @Test func `the Cholesky factor of a matrix of whole numbers`() throws {
    // By hand: L = [2 0 0; 6 1 0; -8 5 3].
    let matrix = try Matrix<Double>([[4, 12, -16], [12, 37, -43], [-16, -43, 98]])
    let factor = try LAPACK.cholesky(matrix)
    let expected = try Matrix<Double>([[2, 0, 0], [6, 1, 0], [-8, 5, 3]])
    #expect(factor == expected)
  }

  @Test func `only the lower triangle is read`() throws {
    let matrix = try Matrix<Double>([[4, 99, -99], [12, 37, 99], [-16, -43, 98]])
    #expect(try LAPACK.cholesky(matrix)[2, 1] == 5)
    let symmetric = try Matrix<Double>([[2, 77], [1, 2]])
    let largest = try LAPACK.symmetricEigen(symmetric).values[1]
    #expect(abs(largest - 3) < 1e-14)
  }

  @Test func `eigenvalues ascend and their vectors are columns`() throws {
    // By hand: 1 with (1, -1) and 3 with (1, 1).
    let (values, vectors) = try LAPACK.symmetricEigen(try Matrix<Double>([[2, 1], [1, 2]]))
    #expect(abs(values[0] - 1) < 1e-14 && abs(values[1] - 3) < 1e-14)
    #expect(abs(vectors[0, 0] + vectors[1, 0]) < 1e-14)
    #expect(abs(vectors[0, 1] - vectors[1, 1]) < 1e-14)
  }

  @Test(arguments: [1, 2, 7, 40]) func `factors make the matrix again`(n: Int) throws {
    var generator = SystemRandomNumberGenerator()
    let half = (0..<n).map { _ in
      (0..<n).map { _ in Double.random(in: -1...1, using: &generator) }
    }
    let matrix = try Matrix<Double>(
      (0..<n).map { i in
        (0..<n).map { j in
          (0..<n).reduce(i == j ? 1 : 0) { $0 + half[i][$1] * half[j][$1] }
        }
      })
    let factor = try LAPACK.cholesky(matrix)
    let (values, vectors) = try LAPACK.symmetricEigen(matrix)
    // Backward stable: an error of a small multiple of n u |A| (Higham, theorems 10.3 and 27.3).
    let bound = 16 * Double(n * n) * Double.ulpOfOne * Double(n + 1)
    for i in 0..<n {
      for j in 0..<n {
        let product = (0..<n).reduce(0) { $0 + factor[i, $1] * factor[j, $1] }
        #expect(abs(product - matrix[i, j]) <= bound)
        let spectral = (0..<n).reduce(0) { $0 + vectors[i, $1] * values[$1] * vectors[j, $1] }
        #expect(abs(spectral - matrix[i, j]) <= bound)
      }
    }
    #expect(values == values.sorted())
  }

  @Test func `what cannot be factorised is said with its place`() throws {
    #expect(throws: LAPACKError.notPositiveDefinite(order: 2)) {
      try LAPACK.cholesky(try Matrix<Double>([[1, 2], [2, 1]]))
    }
    #expect(throws: LAPACKError.notSquare(rows: 1, columns: 2)) {
      try LAPACK.symmetricEigen(try Matrix<Double>([[1, 2]]))
    }
    #expect(throws: LAPACKError.notFinite(row: 1, column: 0)) {
      try LAPACK.cholesky(try Matrix<Double>([[1, 0], [.nan, 1]]))
    }
  }

  @Test func `a process loads LAPACKE when it factorises, not before`() async {
    await #expect(processExitsWith: .success) {
      func isLoaded() throws -> Bool {
        try String(contentsOfFile: "/proc/self/maps", encoding: .utf8).contains("liblapacke")
      }
      let before = try isLoaded()
      _ = try LAPACK.cholesky(try Matrix<Double>([[1]]))
      let after = try isLoaded()
      precondition(!before && after)
    }
  }
}
