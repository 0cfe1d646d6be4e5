private import KMeansCOpenBLAS

extension Double: BLASScalar {
  public static func gemm(
    _ m: Int, _ n: Int, _ k: Int, alpha: Double,
    _ a: UnsafePointer<Double>, lda: Int, _ b: UnsafePointer<Double>, ldb: Int, transposedB: Bool,
    beta: Double, _ c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    BLASBuffers.during {
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
        blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb),
        beta, c, blasint(ldc))
    }
  }

  public static func syrk(
    _ n: Int, _ k: Int, alpha: Double, _ a: UnsafePointer<Double>, lda: Int,
    beta: Double, _ c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    BLASBuffers.during {
      cblas_dsyrk(
        CblasRowMajor, CblasUpper, CblasNoTrans, blasint(n), blasint(k),
        alpha, a, blasint(lda), beta, c, blasint(ldc))
    }
  }

  public static func gemv(
    _ m: Int, _ n: Int, alpha: Double, _ a: UnsafePointer<Double>, lda: Int,
    _ x: UnsafePointer<Double>, beta: Double, _ y: UnsafeMutablePointer<Double>
  ) {
    BLASBuffers.during {
      cblas_dgemv(
        CblasRowMajor, CblasNoTrans, blasint(m), blasint(n),
        alpha, a, blasint(lda), x, 1, beta, y, 1)
    }
  }

  public static func nrm2(_ n: Int, _ x: UnsafePointer<Double>) -> Double {
    cblas_dnrm2(blasint(n), x, 1)
  }
}
