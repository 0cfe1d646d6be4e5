private import KMeansCOpenBLAS

/// A floating-point type that BLAS computes with: `Float` or `Double`.
///
/// The functions forward to the C interface of OpenBLAS, row-major, and take its threads as they
/// are set; code that brings its own parallelism runs them inside ``BLASThreads``.
/// Sizes are checked against the 32-bit integers of the interface.
public protocol BLASScalar:
  BinaryFloatingPoint, SIMDScalar, BitwiseCopyable, Sendable, Codable, LosslessStringConvertible
{
  /// `C = alpha A op(B) + beta C`: A is m x k, op(B) is k x n, C is m x n.
  ///
  /// - Parameters:
  ///   - transposedB: whether B is stored n x k, so that `op(B)` is its transpose.
  ///   - lda: scalars from one row of A to the next, at least k; `ldb` and `ldc` likewise.
  /// - Complexity: O(m n k).
  static func gemm(
    _ m: Int, _ n: Int, _ k: Int, alpha: Self,
    _ a: UnsafePointer<Self>, lda: Int, _ b: UnsafePointer<Self>, ldb: Int, transposedB: Bool,
    beta: Self, _ c: UnsafeMutablePointer<Self>, ldc: Int)

  /// The upper triangle of `C = alpha A A^T + beta C`: A is n x k, C is n x n.
  ///
  /// - Complexity: O(n^2 k).
  static func syrk(
    _ n: Int, _ k: Int, alpha: Self, _ a: UnsafePointer<Self>, lda: Int,
    beta: Self, _ c: UnsafeMutablePointer<Self>, ldc: Int)
}

// The products of ``BLASScalar`` by the C interface of OpenBLAS.

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
