import Testing

/// Matrices of SciPy are told from archives of arrays.
@Suite struct SparseMatrixTests {
  @Test func `a sparse matrix of SciPy is named`() throws {
    let place = Workplace()
    let parts = ["indices", "indptr", "format", "shape", "data"]
    let arrays = parts.map { ($0, npyFile([1.0, 2], columns: 1)) }
    place.write(VectorFormatTests.npzFile(arrays), to: "s.npz")
    for options in ["", " --array data"] {
      try place.expectFailure(
        64,
        "s.npz: a sparse matrix of SciPy, which is not read: expected an array, as toarray() makes it, "
          + "or libsvm text, as sklearn.datasets.dump_svmlight_file writes it",
        "fit s.npz -k 1\(options)")
    }
  }
}
