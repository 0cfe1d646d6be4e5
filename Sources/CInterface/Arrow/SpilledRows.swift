internal import Clustering
internal import KMeansCHeader
internal import KMeansCLibrary
internal import KMeansFiles
internal import KMeansLinearAlgebra

/// Rows in a file without a name: what a stream gives once and a fit reads many times. The file is
/// gone when this is, and when the process ends however it does.
///
/// `@unchecked Sendable`: written by one thread, and read when that has finished.
final class SpilledRows<Scalar: ClusteringScalar>: RewindableRowSource, @unchecked Sendable {
  let columns: Int
  private let path: String
  private let file: Int32
  private(set) var count = 0
  private var nextRow = 0

  private var rowBytes: Int { columns * MemoryLayout<Scalar>.stride }

  /// - Parameter folder: where the file lies.
  /// - Throws: ``FileError`` where there can be none.
  init(columns: Int, in folder: String) throws(FileError) {
    self.columns = columns
    // No other process has its number, and this one gives none twice.
    path = "\(folder)/kmeans-rows-\(getpid())-\(UInt64.random(in: .min ... .max))"
    file = openFile(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw FileError.system(path: folder, operation: "make a file in", code: errno)
    }
    removeFile(path)
  }

  deinit { close(file) }

  var remainingRowsEstimate: Int? { count - nextRow }

  /// Writes rows behind those that there are.
  func append(_ rows: borrowing MatrixView<Scalar>) throws(FileError) {
    let bytes = rows.rows * rowBytes
    let start = rows.withUnsafeBase { UnsafeRawPointer($0) }
    var written = 0
    while written < bytes {
      let step = pwrite(
        file, start + written, min(bytes - written, 1 << 30), count * rowBytes + written)
      guard step >= 0 || errno == EINTR else {
        throw FileError.system(path: path, operation: "write", code: errno)
      }
      written += max(0, step)
    }
    count += rows.rows
  }

  func rewind() { nextRow = 0 }

  func read(into rows: inout OutputSpan<Scalar>) throws {
    let some = min(rows.freeCapacity / columns, count - nextRow)
    guard some > 0 else { return }
    let (bytes, first, file, path) = (some * rowBytes, nextRow * rowBytes, file, path)
    let values = some * columns
    try rows.withUnsafeMutableBufferPointer { buffer, initialized in
      let target = UnsafeMutableRawPointer(buffer.baseAddress! + initialized)
      var found = 0
      while found < bytes {
        let step = pread(file, target + found, min(bytes - found, 1 << 30), first + found)
        if step < 0, errno == EINTR { continue }
        guard step > 0 else {
          throw FileError.system(path: path, operation: "read", code: step < 0 ? errno : EIO)
        }
        found += step
      }
      initialized += values
    }
    nextRow += some
  }
}
