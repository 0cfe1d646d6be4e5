// The products of ``BLASScalar`` by the C interface of OpenBLAS.

private import KMeansCOpenBLAS

/// The properties that OpenBLAS reports of itself.
public enum OpenBLAS {
  /// The version and the options it was built with.
  public static var configuration: String {
    let text = String(cString: openblas_get_config())
    return text.last == " " ? String(text.dropLast()) : text
  }

  /// The name of the kernels that it chose for this processor when it was loaded, or those that the
  /// environment variable `OPENBLAS_CORETYPE` asked for.
  public static var coreName: String { String(cString: openblas_get_corename()) }
}

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
}

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
}
