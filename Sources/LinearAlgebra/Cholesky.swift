/// Cholesky factors that are the same bits on every processor.
///
/// ``LAPACK`` multiplies by OpenBLAS's kernels, of which each processor has its own: its factors
/// differ in their last digits, and a transform made of them would move rows to the other side of a
/// border. So LAPACKE says whether a matrix is positive definite and which minor is not, and the
/// numbers come from the textbook's loop: every sum in ascending order, no fused operation.
package enum Cholesky {
  /// The factor of a symmetric matrix that is positive definite: A = L Lᵀ.
  ///
  /// A machine without LAPACKE gets the same factor of the same matrices: what the loop accepts,
  /// LAPACKE does, for its pivots are off by less than the margin (Higham, Accuracy and stability
  /// of numerical algorithms, theorem 10.5).
  ///
  /// - Parameters:
  ///   - matrix: A [n x n], finite; only its lower triangle enters.
  ///   - margin: as for ``loop(_:margin:)``.
  /// - Returns: L [n x n], with zeros above the diagonal.
  /// - Throws: ``LAPACKError``.
  /// - Complexity: O(n³).
  package static func factor(
    _ matrix: Matrix<Double>, margin: Double = 0
  ) throws(LAPACKError) -> Matrix<Double> {
    var refused: LAPACKError?
    do throws(LAPACKError) { _ = try LAPACK.cholesky(matrix) } catch {
      switch error {
      case .notInstalled: break
      case .notPositiveDefinite: refused = error
      default: throw error
      }
    }
    // Of an almost singular matrix the loop names the first minor, on every processor.
    let factor = try loop(matrix, margin: margin)
    if let refused { throw refused }
    return factor
  }

  /// The same without LAPACKE: for a matrix that was factorised before, to the same bits.
  ///
  /// - Parameter margin: the share of a diagonal value that must be left of it once the columns
  ///   before it are taken away; never less than rounding may leave of 0, 8 n u.
  /// - Throws: ``LAPACKError/notPositiveDefinite(order:)`` or what is wrong with the shape.
  /// - Complexity: O(n³).
  package static func loop(
    _ matrix: Matrix<Double>, margin: Double = 0
  ) throws(LAPACKError) -> Matrix<Double> {
    let n = matrix.rows
    guard n == matrix.columns else {
      throw .notSquare(rows: n, columns: matrix.columns)
    }
    let least = max(margin, 4 * Double(n) * .ulpOfOne)
    var factor = matrix
    for row in 0..<n {
      for column in 0..<n where !matrix[row, column].isFinite {
        throw .notFinite(row: row, column: column)
      }
    }
    var values = factor.mutableSpan
    let pivot: Int? = values.withUnsafeMutableBufferPointer { l in
      for column in 0..<n {
        for row in column..<n {
          var rest = l[row &* n &+ column]
          for before in 0..<column {
            rest -= l[row &* n &+ before] * l[column &* n &+ before]
          }
          if row == column {
            guard rest > least * l[row &* n &+ column], rest.isFinite else { return column }
            l[row &* n &+ column] = rest.squareRoot()
          } else {
            l[row &* n &+ column] = rest / l[column &* n &+ column]
          }
        }
        for row in 0..<column { l[row &* n &+ column] = 0 }
      }
      return nil
    }
    if let pivot { throw .notPositiveDefinite(order: pivot + 1) }
    return factor
  }
}
