private import KMeansCLibrary

/// Factorisations of symmetric matrices, by LAPACKE.
///
/// LAPACKE is loaded when the first of them is asked for: Debian's OpenBLAS holds none, and its own
/// library brings a Fortran runtime with it, which programs without factorisations are spared.
///
/// Values are Double. Their rounding depends on OpenBLAS's kernels for the processor, so code that
/// needs the same bits everywhere keeps the factors and never factorises again.
package enum LAPACK {
  /// The Cholesky factor of a symmetric matrix that is positive definite: A = L Lᵀ.
  ///
  /// - Parameter matrix: A [n x n], finite; only its lower triangle enters.
  /// - Returns: L [n x n], with zeros above the diagonal.
  /// - Throws: ``LAPACKError``.
  /// - Complexity: O(n³).
  package static func cholesky(_ matrix: Matrix<Double>) throws(LAPACKError) -> Matrix<Double> {
    let n = try order(of: matrix)
    let library = try library.get()
    var factor = matrix
    var status: CInt = 0
    var span = factor.mutableSpan
    span.withUnsafeMutableBufferPointer { values in
      BLASBuffers.during {
        status = library.dpotrf(rowMajor, lower, n, values.baseAddress!, n)
      }
    }
    if status > 0 { throw .notPositiveDefinite(order: Int(status)) }
    try check("dpotrf", status)
    for row in 0..<matrix.rows {
      for column in row + 1..<max(row + 1, matrix.columns) { factor[row, column] = 0 }
    }
    return factor
  }

  /// The eigenvalues of a symmetric matrix and its eigenvectors: A v = λ v.
  ///
  /// - Parameter matrix: A [n x n], finite; only its lower triangle enters.
  /// - Returns: the values [n] in ascending order, and the vectors [n x n] of length 1, each a
  ///   column: A = V diag(values) Vᵀ.
  /// - Throws: ``LAPACKError``.
  /// - Complexity: O(n³).
  package static func symmetricEigen(
    _ matrix: Matrix<Double>
  ) throws(LAPACKError) -> (values: [Double], vectors: Matrix<Double>) {
    let n = try order(of: matrix)
    let library = try library.get()
    var vectors = matrix
    var values = [Double](repeating: 0, count: matrix.rows)
    var status: CInt = 0
    var span = vectors.mutableSpan
    span.withUnsafeMutableBufferPointer { vectors in
      BLASBuffers.during {
        status = library.dsyevd(
          rowMajor, CChar(UInt8(ascii: "V")), lower, n, vectors.baseAddress!, n, &values)
      }
    }
    if status > 0 { throw .notConverged }
    try check("dsyevd", status)
    return (values, vectors)
  }

  private static func order(of matrix: Matrix<Double>) throws(LAPACKError) -> CInt {
    guard matrix.rows == matrix.columns, let order = CInt(exactly: matrix.rows) else {
      throw .notSquare(rows: matrix.rows, columns: matrix.columns)
    }
    let values = matrix.span
    for index in values.indices where !values[index].isFinite {
      throw .notFinite(row: index / matrix.columns, column: index % matrix.columns)
    }
    return order
  }

  private static func check(_ function: String, _ status: CInt) throws(LAPACKError) {
    // LAPACK_WORK_MEMORY_ERROR and LAPACK_TRANSPOSE_MEMORY_ERROR of lapacke.h.
    if status == -1010 || status == -1011 { throw .outOfMemory(function: function) }
    if status < 0 { throw .refused(function: function, status: Int(status)) }
  }

  /// `LAPACK_ROW_MAJOR` of lapacke.h.
  private static let rowMajor: CInt = 101
  private static let lower = CChar(UInt8(ascii: "L"))
  private static let library = Result { () throws(LAPACKError) in try LAPACKLibrary() }
}

/// The functions of LAPACKE that are called, as lapacke.h declares them with 32-bit integers.
private struct LAPACKLibrary: Sendable {
  typealias Cholesky =
    @Sendable @convention(c) (
      _ layout: CInt, _ triangle: CChar, _ n: CInt, UnsafeMutablePointer<Double>, _ lda: CInt
    ) -> CInt
  typealias Eigen =
    @Sendable @convention(c) (
      _ layout: CInt, _ job: CChar, _ triangle: CChar, _ n: CInt, UnsafeMutablePointer<Double>,
      _ lda: CInt, _ values: UnsafeMutablePointer<Double>
    ) -> CInt

  let dpotrf: Cholesky
  let dsyevd: Eigen

  init() throws(LAPACKError) {
    #if canImport(Darwin)
      let name = "liblapacke.dylib"
    #else
      let name = "liblapacke.so.3"
    #endif
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL),
      let cholesky = dlsym(handle, "LAPACKE_dpotrf"), let eigen = dlsym(handle, "LAPACKE_dsyevd")
    else { throw .notInstalled(library: name) }
    dpotrf = unsafeBitCast(cholesky, to: Cholesky.self)
    dsyevd = unsafeBitCast(eigen, to: Eigen.self)
  }
}

/// An error of a matrix that cannot be factorised, or of a missing library.
package enum LAPACKError: Error, Sendable, Hashable {
  /// The library could not be loaded.
  case notInstalled(library: String)
  case notSquare(rows: Int, columns: Int)
  case notFinite(row: Int, column: Int)
  /// The leading minor of that order is not positive.
  case notPositiveDefinite(order: Int)
  /// The eigenvalues did not converge.
  case notConverged
  /// The library has no memory for its work.
  case outOfMemory(function: String)
  /// The library refused an argument, counted from 1.
  case refused(function: String, status: Int)
}

extension LAPACKError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notInstalled(let library):
      "\(library) could not be loaded: apt-get install liblapacke (Debian, Ubuntu) or brew install lapack"
    case .notSquare(let rows, let columns):
      "a matrix of \(rows) x \(columns) values, expected a square one"
    case .notFinite(let row, let column):
      "the value in row \(row), column \(column) is no finite number"
    case .notPositiveDefinite(let order):
      "the matrix is not positive definite: its leading minor of order \(order) is not positive"
    case .notConverged:
      "the eigenvalues did not converge"
    case .outOfMemory(let function):
      "LAPACKE_\(function) has no memory for its work"
    case .refused(let function, let status):
      "LAPACKE_\(function) refused argument \(-status)"
    }
  }
}
