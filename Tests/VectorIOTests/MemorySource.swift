import KMeansFiles
import Testing
import VectorIO

/// Bytes in memory that come in pieces of at most `piece` bytes: a file, a pipe, or, with neither
/// a size nor a wait, what a packed file unpacks to.
final class MemorySource: ByteSource {
  enum Kind { case file, pipe, packed }

  let path = "memory"
  private let bytes: [UInt8]
  private let piece: Int
  private let kind: Kind
  private var position = 0
  /// How many bytes were handed out.
  private(set) var bytesRead = 0

  init(_ bytes: [UInt8], piece: Int = .max, kind: Kind = .file) {
    self.bytes = bytes
    self.piece = piece
    self.kind = kind
  }

  var size: Int? { kind == .file ? bytes.count : nil }
  var expectedSize: Int? { kind == .pipe ? nil : bytes.count }
  var isLive: Bool { kind == .pipe }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    precondition(buffer.count > 0)
    let count = min(buffer.count, piece, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    bytesRead += count
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    precondition(kind == .file)
    let count = max(0, min(buffer.count, bytes.count - offset))
    buffer.copyBytes(from: bytes[offset..<offset + count])
    bytesRead += count
    return count
  }

  func seek(to offset: Int) {
    precondition(kind == .file)
    position = min(offset, bytes.count)
  }

  func rewind() throws(FileError) {
    guard kind != .pipe else { throw .unusable(path: path, problem: "a pipe") }
    position = 0
  }
}

/// All rows of some bytes, as arrays.
func rows<Scalar: MatrixScalar>(
  _ bytes: [UInt8], name: String, as type: Scalar.Type = Double.self,
  options: ReadingOptions = ReadingOptions(), kind: MemorySource.Kind = .file,
  piece: Int = .max, windowSize: Int = 1 << 18
) throws -> [[Scalar]] {
  let source = MemorySource(bytes, piece: piece, kind: kind)
  let opened = try OpenedVectorFile(
    source: source, name: name, options: options, windowSize: windowSize)
  var file = opened.rows(as: type)
  // What a matrix reserves before it has seen a row: no lie of a header makes it large.
  let reserved = ((file.remainingRowsEstimate ?? 0) + 1) * file.columns * 8
  if reserved > 80 << 20 { Issue.record("\(reserved) bytes for a file of \(bytes.count)") }
  return arrays(try Matrix(reading: &file))
}

func rows<Scalar: MatrixScalar>(
  _ text: String, name: String = "a.csv", as type: Scalar.Type = Double.self,
  options: ReadingOptions = ReadingOptions(), kind: MemorySource.Kind = .file,
  piece: Int = .max, windowSize: Int = 1 << 18
) throws -> [[Scalar]] {
  try rows(
    Array(text.utf8), name: name, as: type, options: options, kind: kind, piece: piece,
    windowSize: windowSize)
}

func arrays<Scalar: MatrixScalar>(_ matrix: Matrix<Scalar>) -> [[Scalar]] {
  (0..<matrix.rows).map { row in (0..<matrix.columns).map { matrix[row, $0] } }
}

func info(
  _ text: String, name: String = "a.csv", options: ReadingOptions = ReadingOptions()
) throws -> VectorFileInfo {
  try OpenedVectorFile(source: MemorySource(Array(text.utf8)), name: name, options: options).info
}

/// What reading throws.
func failure(_ body: () throws -> Void) -> FileError? {
  do {
    try body()
    return nil
  } catch { return error as? FileError }
}

func malformed(_ place: FileError.Place, _ problem: String) -> FileError {
  .malformed(path: "memory", place: place, problem: problem)
}
