import KMeansFiles
import Testing
import VectorIO

/// Archives that claim to be a sparse matrix and are none: a message for each lie, and no memory
/// for what is not there.
@Suite struct SciPyErrorTests {
  static func lie(
    _ array: String, _ problem: String, _ change: (inout SciPyArrays) -> Void
  ) -> (SciPyArrays, FileError) {
    (
      SciPyArrays.changed(change),
      .malformed(
        path: array.isEmpty ? "memory" : "memory: '\(array)'", place: .wholeFile, problem: problem)
    )
  }

  static let lies: [(SciPyArrays, FileError)] = [
    lie("indices", "row 3 (rows count from 1) has the column index 5, expected 0 to 4") {
      $0.indices[4] = 5
    },
    lie("indices", "row 1 (rows count from 1) has the column index -1, expected 0 to 4") {
      $0.indices[0] = -1
    },
    lie("indptr", "the first offset is 1, expected 0") { $0.indptr[0] = 1 },
    lie(
      "indptr",
      "the offsets of row 2 (counted from 1) go from 2 back to 1: they may not descend"
    ) { $0.indptr[2] = 1 },
    lie(
      "indptr", "row 2 (counted from 1) ends at value 1152921504606846976, but there are 5 values"
    ) {
      $0.indptr = [0, 2, 1 << 60, 1 << 60]
    },
    lie("indptr", "row 3 (counted from 1) ends at value 4, but there are 5 values") {
      $0.indptr[3] = 4
    },
    lie("indptr", "4 offsets, expected one more than the 7 rows of the shape") { $0.shape[0] = 7 },
    lie(
      "indptr",
      "4 offsets, expected one more than the 1152921504606846976 rows of the shape"
    ) { $0.shape[0] = 1 << 60 },
    lie("indices", "4 indices, expected as many as there are values: 5") {
      $0.indices.removeLast()
    },
    lie("shape", "a matrix of 3 x 0, expected 0 rows or more, 1 to 2147483646 columns") {
      $0.shape[1] = 0
    },
    lie("shape", "a matrix of -3 x 5, expected 0 rows or more, 1 to 2147483646 columns") {
      $0.shape[0] = -3
    },
    lie("shape", "a matrix of 3 x 2147483648, expected 0 rows or more, 1 to 2147483646 columns") {
      $0.shape[1] = 1 << 31
    },
    lie("shape", "1 number, expected 2 (rows, columns)") { $0.shape = [3] },
    lie("format", "expected csr, csc or coo, found 'xyz'") { $0.format = "xyz" },
    lie(
      "",
      "a sparse matrix of the form csr without the array 'indptr', found 'indices', 'format', "
        + "'shape', 'data'"
    ) { $0.others["indptr"] = .some(nil) },
    lie(
      "",
      "a sparse matrix of the form csr without the array 'indices', found 'row', 'col', 'format', "
        + "'shape', 'data'"
    ) {
      let real = npyFile(Array("csr".utf8), type: "|S3", shape: "()")
      $0.format = "coo"
      $0.others["format"] = real
    },
    lie("indices", "values of type '<f4', expected whole numbers") {
      $0.others["indices"] = SciPyArrays.array([1, 4, 0, 3, 4] as [Float], "<f4")
    },
    lie("", "row 3, column 4 (both count from 1): expected a finite number, found nan") {
      $0.data[3] = .nan
    },
    lie("", "row 1, column 2 (both count from 1): expected a finite number, found -inf") {
      $0.data[0] = -.infinity
    },
    lie("indices", "entry 2 (counted from 1) has the row index 4, expected 0 to 2") {
      ($0.format, $0.indptr) = ("csc", [0, 1, 1, 2, 3, 5])
    },
    lie(
      "indptr",
      "the offsets of column 3 (counted from 1) go from 2 back to 1: they may not descend"
    ) { ($0.format, $0.indptr, $0.indices) = ("csc", [0, 1, 2, 1, 3, 5], [0, 1, 2, 0, 1]) },
    lie("indptr", "column 5 (counted from 1) ends at value 4, but there are 5 values") {
      ($0.format, $0.indptr, $0.indices) = ("csc", [0, 1, 2, 2, 3, 4], [0, 1, 2, 0, 1])
    },
    lie("indptr", "4 offsets, expected one more than the 5 columns of the shape") {
      $0.format = "csc"
    },
    lie("col", "entry 2 (counted from 1) has the column index -9, expected 0 to 4") {
      ($0.format, $0.indptr, $0.indices) = ("coo", [0, -9, 2, 3, 4], [0, 1, 2, 0, 1])
    },
    lie("col", "4 indices, expected as many as there are values: 5") { $0.format = "coo" },
    lie("", "row 1, column 1 (both count from 1): expected a finite number, found nan") {
      ($0.format, $0.indptr, $0.indices) = ("coo", [0, 1, 2, 3, 4], [0, 1, 2, 0, 1])
      $0.data[0] = .nan
    },
  ]

  @Test(arguments: lies.indices, [false, true])
  func `a lie is named`(place: Int, isDeflated: Bool) {
    var (arrays, error) = Self.lies[place]
    arrays.isDeflated = isDeflated
    let file = arrays.file
    let found = failure { _ = try sparseRows(file, name: "a.npz", as: Float.self) }
    #expect(found == error)
    #expect(failure { _ = try rows(file, name: "a.npz", as: Float.self) } == error)
  }

  /// An infinity of floats is one in any type; a double may only be too large for a float.
  @Test func `double is told of where it holds a value`() {
    var options = ReadingOptions()
    options.namesOptions = true
    func said(_ arrays: SciPyArrays) -> String {
      failure { _ = try sparseRows(arrays.file, name: "a.npz", as: Float.self, options: options) }?
        .description ?? ""
    }
    let infinite = said(SciPyArrays.changed { $0.data[0] = .infinity })
    #expect(infinite.contains("found inf") && !infinite.contains("double"))
    let large = said(
      SciPyArrays.changed { $0.others["data"] = SciPyArrays.array([1, 1e39, 2, 3, 4], "<f8") })
    #expect(large.hasSuffix("(--precision double holds it)"))
  }

  /// Numbers of values that no file of some kilobytes holds.
  @Test(arguments: [1 << 31, 1 << 60], ["csr", "csc", "coo"])
  func `values that are not there`(count: Int, format: String) {
    let claim = npyFile([0, 0, 0, 0], type: "<i4", shape: "(\(count),)")
    let values = npyFile([0, 0, 0, 0], type: "<f4", shape: "(\(count),)")
    let arrays = SciPyArrays.changed {
      $0.format = format
      $0.others = [
        format == "coo" ? "row" : "indices": claim, "data": values,
        format == "coo" ? "col" : "indptr": format == "coo"
          ? claim
          : SciPyArrays.array(
            [0, Int64(count)] + [Int64](repeating: Int64(count), count: format == "csr" ? 2 : 4),
            "<i8"),
      ]
    }
    let error = failure { _ = try sparseRows(arrays.file, name: "a.npz", as: Float.self) }
    #expect(
      error?.description.hasSuffix(
        "4 bytes of data, expected \(4 * count) (\(count) values of type <i4)") == true)
    // A member that claims to unpack to as much.
    var members = arrays.members.map {
      ZipFile.Member("\($0.0).npy", $0.1, isDeflated: true)
    }
    for place in members.indices where members[place].central.name != Array("format.npy".utf8) {
      members[place].both { $0.size = 0xffff_fff0 }
    }
    let file = ZipFile(members).file
    let lie = failure { _ = try sparseRows(file, name: "a.npz", as: Float.self) }
    #expect(
      lie?.description.hasSuffix(" cannot unpack to the 4294967280 that are promised") == true)
  }

  /// A matrix of 2^60 rows has no value, and where they begin has no place.
  @Test(arguments: ["csc", "coo"]) func `rows without end`(format: String) {
    let arrays = SciPyArrays.changed {
      ($0.format, $0.indices) = (format, [0, 1, 2, 0, 1])
      $0.indptr = format == "coo" ? [0, 1, 2, 3, 4] : [0, 1, 2, 3, 4, 5]
      $0.shape[0] = 1 << 60
    }
    let error = failure { _ = try sparseRows(arrays.file, name: "a.npz", as: Float.self) }
    guard case .outOfMemory(_, let problem)? = error else {
      Issue.record("\(error?.description ?? "no error")")
      return
    }
    #expect(problem.hasPrefix("where the 1152921504606846976 rows of a sparse matrix begin takes "))
  }
}
