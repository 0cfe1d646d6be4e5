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
