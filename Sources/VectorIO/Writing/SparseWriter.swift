internal import KMeansFiles
public import KMeansLinearAlgebra

/// Writes a sparse matrix as `scipy.sparse.save_npz` does, as compressed rows (csr), whole or not
/// at all: `scipy.sparse.load_npz` reads it. It is not compressed.
///
/// Values are `<f4` of `Float` and `<f8` of `Double`, columns `<i4`, and where rows begin `<i4`, or
/// `<i8` behind 2^31 values.
///
/// - Throws: ``FileError/system(path:operation:code:)``; an existing file is untouched then.
/// - Precondition: `Scalar` is `Float` or `Double`.
/// - Complexity: O(rows + nonzeros), and memory of 8 bytes a row.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
public func writeNPZ<Scalar: MatrixScalar>(_ matrix: SparseMatrix<Scalar>, to path: String) throws {
  precondition(
    Scalar.self == Float.self || Scalar.self == Double.self, "rows are written of Float or Double")
  let file = try AtomicFile(path)
  var archive = ArrayArchive(file)
  try archive.write(matrix.indices, named: "indices")
  if matrix.nonzeros <= Int(Int32.max) {
    try archive.write(matrix.offsets.map { Int32($0) }, named: "indptr")
  } else {
    try archive.write(matrix.offsets.map { Int64($0) }, named: "indptr")
  }
  try archive.write(
    Array("csr".utf8).span.bytes, type: "|S3", shape: "()", firstLength: 0, named: "format")
  try archive.write([Int64(matrix.rows), Int64(matrix.columns)], named: "shape")
  try archive.write(
    matrix.values.span.bytes, type: Scalar.self == Float.self ? Float.npyType : Double.npyType,
    shape: "(\(matrix.nonzeros),)", firstLength: matrix.nonzeros, named: "data")
  try archive.finish()
}

/// A zip archive of arrays that are in memory, none of them compressed.
private struct ArrayArchive {
  private let file: AtomicFile
  private var members: [StoredArchive] = []

  init(_ file: AtomicFile) { self.file = file }

  mutating func write<Value: NPYValue>(_ values: [Value], named name: String) throws(FileError) {
    try write(
      values.span.bytes, type: Value.npyType, shape: "(\(values.count),)",
      firstLength: values.count, named: name)
  }

  mutating func write(
    _ data: RawSpan, type: String, shape: String, firstLength: Int, named name: String
  ) throws(FileError) {
    let header = NPYHeader.bytes(type: type, shape: shape, firstLength: firstLength)
    var checksum = Checksum(header)
    data.withUnsafeBytes { checksum.add($0) }
    let member = StoredArchive(
      name: "\(name).npy", checksum: checksum.value,
      length: UInt64(header.count + data.byteCount))
    try file.write(member.localHeader)
    try file.write(header)
    try file.write(data)
    members.append(member)
  }

  func finish() throws(FileError) {
    try file.write(StoredArchive.directory(of: members))
    try file.commit()
  }
}
