import Testing

/// Sparse files: what is said of them, and matrices of SciPy that are none.
@Suite struct SparseMatrixTests {
  private static let matrix =
    "%%MatrixMarket matrix coordinate real general\n3 20 3\n"
    + "3 1 7\n1 2 2.5\n3 4 -1\n"

  @Test func `how sparse a file is`() throws {
    let place = Workplace()
    place.write(Array(Self.matrix.utf8), to: "a.mtx")
    let outcome = try place.kmeans("info", "a.mtx")
    #expect(outcome.status == 0)
    #expect(
      outcome.text == """
        file       a.mtx
        format     mtx
        gzip       no
        values     text
        precision  double
        rows       3
        columns    20
        nonzeros   3
        density    0.05
        memory     fit and assign keep rows without their zeros

        """)
    // Such a file has no place in memory with its zeros.
    place.write(Array("1 1:2\n1 2000000000:3\n".utf8), to: "wide.svm")
    let object = try ReportTests.object(place.kmeans("info", "wide.svm", "--json"))
    #expect(object["columns"] as? Double == 2e9)
    #expect(object["nonzeros"] as? Double == 2)
    #expect(object["density"] as? Double == 5e-10)
  }

  @Test func `a sparse file is points as any other`() throws {
    let place = Workplace()
    place.write(Array(Self.matrix.utf8), to: "a.mtx")
    let outcome = try place.kmeans("convert", "a.mtx", "-", "--to", "csv", "--columns", "1-4")
    #expect(outcome.text == "0.0,2.5,0.0,0.0\n0.0,0.0,0.0,0.0\n7.0,0.0,0.0,-1.0\n")
    let labels = try place.kmeans("fit", "a.mtx", "-k", "3", "--labels", "-", "--quiet")
    #expect(labels.status == 0 && labels.text.split(separator: "\n").count == 3)
  }

  @Test func `an archive that claims to be a sparse matrix`() throws {
    let place = Workplace()
    let parts = ["indices", "indptr", "format", "shape", "data"]
    let arrays = parts.map { ($0, npyFile([1.0, 2], columns: 1)) }
    place.write(VectorFormatTests.npzFile(arrays), to: "s.npz")
    try place.expectFailure(
      64,
      "s.npz: a sparse matrix of SciPy, which is read as a whole: expected no array to be chosen",
      "fit s.npz -k 1 --array data")
    let outcome = try place.kmeans("fit", "s.npz", "-k", "1")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("s.npz: 'format': expected csr, csc or coo, found "))
  }
}
