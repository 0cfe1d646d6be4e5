import KMeansLinearAlgebra
import Testing

/// Small integers, so that sums are exact and every order of adding gives the same result.
@Suite struct BLASTests {
  @Test func `products are those of the definition`() {
    check(Float.self)
    check(Double.self)

    func check<Scalar: MatrixScalar>(_ type: Scalar.Type) {
      let (m, n, k) = (5, 7, 3)
      let a = (0..<m * k).map { Scalar($0 % 5 - 2) }
      let b = (0..<n * k).map { Scalar($0 % 7 - 3) }
      for transposed in [true, false] {
        var c = (0..<m * n).map { Scalar($0) }
        BLAS.gemm(
          m, n, k, alpha: 2, a, lda: k, b, ldb: transposed ? k : n, transposedB: transposed,
          beta: 3, &c, ldc: n)
        for i in 0..<m {
          for j in 0..<n {
            let sum = (0..<k).reduce(Scalar(0)) {
              $0 + a[i * k + $1] * (transposed ? b[j * k + $1] : b[$1 * n + j])
            }
            #expect(c[i * n + j] == 2 * sum + 3 * Scalar(i * n + j))
          }
        }
      }
      var square = [Scalar](repeating: 1, count: m * m)
      BLAS.syrk(m, k, alpha: 1, a, lda: k, beta: 1, &square, ldc: m)
      for i in 0..<m {
        for j in 0..<m {
          let sum = (0..<k).reduce(Scalar(0)) { $0 + a[i * k + $1] * a[j * k + $1] }
          #expect(square[i * m + j] == (j >= i ? sum + 1 : 1))
        }
      }
    }
  }
}
