// Archives as `scipy.sparse.save_npz` writes them, put together by hand.

/// The arrays of a matrix of 3 x 5; each can be made to lie.
struct SciPyArrays {
  var format = "csr"
  var shape: [Int64] = [3, 5]
  var data: [Float] = [2.5, -1, 7, 0.25, 3]
  var indices: [Int32] = [1, 4, 0, 3, 4]
  var indptr: [Int64] = [0, 2, 2, 5]
  /// Other bytes in place of an array; none leave it out.
  var others: [String: [UInt8]?] = [:]
  var isDeflated = false

  static func changed(_ change: (inout SciPyArrays) -> Void) -> SciPyArrays {
    var arrays = SciPyArrays()
    change(&arrays)
    return arrays
  }

  static func array<Value>(_ values: [Value], _ type: String) -> [UInt8] {
    npyFile(bytes(values), type: type, shape: "(\(values.count),)")
  }

  var members: [(String, [UInt8])] {
    let names = format == "coo" ? ("row", "col") : ("indices", "indptr")
    let all: [(String, [UInt8])] = [
      (names.0, Self.array(indices, "<i4")), (names.1, Self.array(indptr, "<i8")),
      ("format", npyFile(Array(format.utf8), type: "|S\(format.count)", shape: "()")),
      ("shape", Self.array(shape, "<i8")), ("data", Self.array(data, "<f4")),
    ]
    return all.compactMap { name, bytes in
      guard let other = others[name] else { return (name, bytes) }
      return other.map { (name, $0) }
    }
  }

  var file: [UInt8] {
    ZipFile(
      members.map { ZipFile.Member("\($0.0).npy", $0.1, isDeflated: isDeflated) }
    ).file
  }
}
