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
  /// How writes go on.
  private var pace: DirectPace
  private var written = 0
  private var nextRow = 0

  var rowBytes: Int { columns * MemoryLayout<Scalar>.stride }
  var count: Int { written / rowBytes }

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
    pace = DirectPace(file)
    _ = posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(file) }

  var remainingRowsEstimate: Int? { count - nextRow }

  /// Writes bytes of rows behind those that there are. Whole pages at an address of whole pages, but
  /// for the last ones.
  func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    if bytes.count % SpillBlock.page != 0 { pace.end() }
    var done = 0
    while done < bytes.count {
      let start = ContinuousClock.now
      let step = pwrite(
        file, bytes.baseAddress! + done, min(bytes.count - done, 1 << 30), written + done)
      if step < 0, errno == EINTR { continue }
      // Some file systems take the flag, and no such write.
      if step < 0, errno == EINVAL, pace.isDirect {
        pace.end()
        continue
      }
      guard step >= 0 else {
        throw FileError.system(path: path, operation: "write", code: errno)
      }
      done += step
      pace.took(ContinuousClock.now - start, for: step)
    }
    written += done
  }

  /// What was written can be read.
  func endWriting() { pace.end() }

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

/// Whether writes of a file pass by the cache of the system, as long as the disk is fast enough.
///
/// Rows are written because they are more than memory is to hold: the cache would take new memory
/// for all of them, which costs as much as a fast disk, before any is read. A slow disk keeps the
/// cache, which writes while the fit goes on.
private struct DirectPace {
  private let file: Int32
  private(set) var isDirect: Bool
  private var bytes = 0.0
  private var seconds = 0.0

  /// A disk that takes less than this in a second is slower than the cache.
  private static var leastRate: Double { 500e6 }
  /// What is written before the rate says anything.
  private static var sample: Double { 0x1p26 }

  init(_ file: Int32) {
    self.file = file
    isDirect = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | Self.flag) == 0
  }

  /// O_DIRECT, which Glibc's module does not tell: it has another number on ARM.
  private static var flag: Int32 {
    #if arch(arm64)
      0x10000
    #else
      0x4000
    #endif
  }

  mutating func took(_ time: Duration, for count: Int) {
    guard isDirect else { return }
    bytes += Double(count)
    seconds += time / .seconds(1)
    if bytes >= Self.sample, bytes < Self.leastRate * seconds { end() }
  }

  mutating func end() {
    guard isDirect else { return }
    isDirect = false
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~Self.flag)
  }
}
