/// Matrix products of Float or Double by the C interface of OpenBLAS, row-major.
///
/// They want OpenBLAS, which is loaded for the first of them (``OpenBLAS/isAvailable``).
///
/// They take OpenBLAS's threads as they are set; code that brings its own parallelism runs them
/// inside ``BLASThreads``. Sizes are checked against the 32-bit integers of the interface.
///
/// None of them is a member of `Float` or `Double`, where whoever imports the library would find
/// it.
package enum BLAS {
  /// `C = alpha A op(B) + beta C`: A is m x k, op(B) is k x n, C is m x n.
  ///
  /// - Parameters:
  ///   - transposedB: whether B is stored n x k, so that `op(B)` is its transpose.
  ///   - lda: scalars from one row of A to the next, at least k; `ldb` and `ldc` likewise.
  /// - Complexity: O(m n k).
  package static func gemm<Scalar: MatrixScalar>(
    _ m: Int, _ n: Int, _ k: Int, alpha: Scalar,
    _ a: UnsafePointer<Scalar>, lda: Int, _ b: UnsafePointer<Scalar>, ldb: Int, transposedB: Bool,
    beta: Scalar, _ c: UnsafeMutablePointer<Scalar>, ldc: Int
  ) {
    let library = OpenBLASLibrary.loaded
    let (order, plain) = (OpenBLASLibrary.rowMajor, OpenBLASLibrary.notTransposed)
    let transposed = transposedB ? OpenBLASLibrary.transposed : plain
    let (m, n, k, lda, ldb, ldc) = (CInt(m), CInt(n), CInt(k), CInt(lda), CInt(ldb), CInt(ldc))
    let (a, b, c) = (UnsafeRawPointer(a), UnsafeRawPointer(b), UnsafeMutableRawPointer(c))
    BLASBuffers.during {
      if let alpha = alpha as? Float, let beta = beta as? Float {
        library.sgemm(
          order, plain, transposed, m, n, k, alpha, a.assumingMemoryBound(to: Float.self), lda,
          b.assumingMemoryBound(to: Float.self), ldb, beta,
          c.assumingMemoryBound(to: Float.self), ldc)
      } else if let alpha = alpha as? Double, let beta = beta as? Double {
        library.dgemm(
          order, plain, transposed, m, n, k, alpha, a.assumingMemoryBound(to: Double.self), lda,
          b.assumingMemoryBound(to: Double.self), ldb, beta,
          c.assumingMemoryBound(to: Double.self), ldc)
      } else {
        preconditionFailure("products of \(Scalar.self)")
      }
    }
  }

  /// The upper triangle of `C = alpha A A^T + beta C`: A is n x k, C is n x n.
  ///
  /// - Complexity: O(n^2 k).
  package static func syrk<Scalar: MatrixScalar>(
    _ n: Int, _ k: Int, alpha: Scalar, _ a: UnsafePointer<Scalar>, lda: Int,
    beta: Scalar, _ c: UnsafeMutablePointer<Scalar>, ldc: Int
  ) {
    let library = OpenBLASLibrary.loaded
    let (order, triangle, plain) = (
      OpenBLASLibrary.rowMajor, OpenBLASLibrary.upper, OpenBLASLibrary.notTransposed
    )
    let (n, k, lda, ldc) = (CInt(n), CInt(k), CInt(lda), CInt(ldc))
    let (a, c) = (UnsafeRawPointer(a), UnsafeMutableRawPointer(c))
    BLASBuffers.during {
      if let alpha = alpha as? Float, let beta = beta as? Float {
        library.ssyrk(
          order, triangle, plain, n, k, alpha, a.assumingMemoryBound(to: Float.self), lda, beta,
          c.assumingMemoryBound(to: Float.self), ldc)
      } else if let alpha = alpha as? Double, let beta = beta as? Double {
        library.dsyrk(
          order, triangle, plain, n, k, alpha, a.assumingMemoryBound(to: Double.self), lda, beta,
          c.assumingMemoryBound(to: Double.self), ldc)
      } else {
        preconditionFailure("products of \(Scalar.self)")
      }
    }
  }
}
