private import KMeansCOpenBLAS

extension Float: BLASScalar {
  public static func gemm(
    _ m: Int, _ n: Int, _ k: Int, alpha: Float,
    _ a: UnsafePointer<Float>, lda: Int, _ b: UnsafePointer<Float>, ldb: Int, transposedB: Bool,
    beta: Float, _ c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    BLASBuffers.during {
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
        blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb),
        beta, c, blasint(ldc))
    }
  }

  public static func syrk(
    _ n: Int, _ k: Int, alpha: Float, _ a: UnsafePointer<Float>, lda: Int,
    beta: Float, _ c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    BLASBuffers.during {
      cblas_ssyrk(
        CblasRowMajor, CblasUpper, CblasNoTrans, blasint(n), blasint(k),
        alpha, a, blasint(lda), beta, c, blasint(ldc))
    }
  }

  public static func gemv(
    _ m: Int, _ n: Int, alpha: Float, _ a: UnsafePointer<Float>, lda: Int,
    _ x: UnsafePointer<Float>, beta: Float, _ y: UnsafeMutablePointer<Float>
  ) {
    BLASBuffers.during {
      cblas_sgemv(
        CblasRowMajor, CblasNoTrans, blasint(m), blasint(n),
        alpha, a, blasint(lda), x, 1, beta, y, 1)
    }
  }

  public static func nrm2(_ n: Int, _ x: UnsafePointer<Float>) -> Float {
    cblas_snrm2(blasint(n), x, 1)
  }
}
