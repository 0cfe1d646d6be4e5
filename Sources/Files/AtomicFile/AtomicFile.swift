private import KMeansCLibrary

/// A file that appears whole or not at all: written under a temporary name in the same folder,
/// synced, and renamed over the target by ``commit()``.
///
/// ```swift
/// let file = try AtomicFile("labels.csv")
/// try file.write("0\n1\n")
/// try file.commit()
/// ```
///
/// After any failure, and where `commit()` is never called, an existing target is untouched and the
/// temporary file is removed. A link is followed and stays a link; permission bits of an existing
/// target are kept. A path that is no regular file (`/dev/null`, a pipe, `-` for the standard
/// output) is written as the bytes come.
public final class AtomicFile {
  /// The path as it was given.
  public let path: String
  private let target: AtomicTarget
  private var buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var descriptor: Int32
  /// The number of bytes that were written, those that are still collected included.
  public private(set) var length = 0
  /// The first failure; after it no byte is written and no file committed.
  private var failure: FileError?
  private var isOpen = true
  /// Whether ``commit()`` completes the file and leaves it to ``putInPlace()`` to rename it:
  /// several files are all complete then before the first appears.
  package var isHeldBack = false
  /// Whether the file is complete and waits for that.
  private var isWaiting = false

  /// Makes the temporary file.
  ///
  /// - Parameter bufferSize: the bytes that are collected before they are written.
  /// - Throws: ``FileError/system(path:operation:code:)``: a folder that does not exist or may not
  ///   be written, a target that may not be written, a full disk.
  public init(_ path: String, bufferSize: Int = 1 << 20) throws(FileError) {
    self.path = path == "-" ? "standard output" : path
    target = try AtomicTarget(path)
    descriptor = try target.open()
    buffer = .allocate(byteCount: max(bufferSize, 1), alignment: 16)
  }

  deinit {
    abandon()
    buffer.deallocate()
  }

  /// Writes bytes behind those before.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)``; the file is abandoned then.
  /// - Precondition: the file is not committed yet.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try checkUsable()
    length += bytes.count
    if bytes.count > buffer.count - used { try flush() }
    if bytes.count >= buffer.count {
      try writeNow(bytes)
    } else if bytes.count > 0 {
      (buffer.baseAddress! + used).copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
      used += bytes.count
    }
  }

  /// Writes bytes behind those before.
  public func write(_ bytes: RawSpan) throws(FileError) {
    try bytes.withUnsafeBytes { bytes throws(FileError) in try write(bytes) }
  }

  /// Writes bytes behind those before.
  public func write(_ bytes: [UInt8]) throws(FileError) { try write(bytes.span.bytes) }

  /// Writes a text as UTF-8 behind the bytes before.
  public func write(_ text: String) throws(FileError) {
    var text = text
    let failure = text.withUTF8 { bytes -> FileError? in
      do throws(FileError) { try write(UnsafeRawBufferPointer(bytes)) } catch { return error }
      return nil
    }
    if let failure { throw failure }
  }

  /// Whether bytes that were written can be written again; those sent to a pipe, a device or the
  /// standard output are gone.
  public var isRewritable: Bool { target.isReplaced }

  /// Replaces some bytes that were written before: a header, say, of which the number of rows was
  /// not known.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)``, and
  ///   ``FileError/unusable(path:problem:)`` where the file is not rewritable.
  /// - Precondition: bytes were written there, and the file is not committed yet.
  public func rewrite(at offset: Int, _ bytes: [UInt8]) throws(FileError) {
    try checkUsable()
    precondition(
      offset >= 0 && offset <= length && bytes.count <= length - offset,
      "\(bytes.count) bytes at \(offset) of \(length)")
    guard isRewritable else {
      throw .unusable(path: path, problem: "what is written here cannot be changed any more")
    }
    try flush()
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        uninterrupted { [descriptor, done] in
          pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
        }
      }
      guard count >= 0 else { throw fail("write", errno) }
      done += count
    }
  }

  /// Puts the file in the target's place: flush, sync, rename, sync of the folder.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)``, or again the error of a write. If the
  ///   folder cannot be synced the file is in place, but a power cut may undo that.
  public func commit() throws(FileError) {
    try checkUsable()
    try flush()
    if target.isReplaced {
      let descriptor = descriptor
      if uninterrupted({ fsync(descriptor) }) != 0 { throw fail("sync", errno) }
    }
    isOpen = false
    if target.ownsDescriptor, close(descriptor) != 0 {
      let code = errno
      target.remove()
      throw .system(path: path, operation: "write", code: code)
    }
    guard !isHeldBack else {
      isWaiting = true
      // Thousands of files may wait.
      buffer.deallocate()
      buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
      return
    }
    try target.putInPlace()
  }

  /// Renames a file that ``commit()`` held back, and syncs the folder.
  ///
  /// - Throws: as ``commit()``.
  /// - Precondition: the file is held back and committed.
  package func putInPlace() throws(FileError) {
    precondition(isWaiting, "\(path) does not wait for its place")
    isWaiting = false
    try target.putInPlace()
  }

  /// Removes every temporary file of the process that is not committed yet; their commits fail.
  ///
  /// For a handler that runs on an ordinary thread, not inside a signal.
  public static func removeAllTemporaries() { TemporaryFiles.removeAll() }

  /// Writes the collected bytes.
  private func flush() throws(FileError) {
    let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<used])
    used = 0
    try writeNow(bytes)
  }

  private func writeNow(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = uninterrupted { [descriptor] in writeBytes(descriptor, rest) }
      guard count >= 0 else { throw fail("write", errno) }
      done += count
    }
  }

  private func checkUsable() throws(FileError) {
    if let failure { throw failure }
    precondition(isOpen, "\(path) is committed")
  }

  private func fail(_ operation: String, _ code: Int32) -> FileError {
    let error = FileError.system(path: path, operation: operation, code: code)
    failure = error
    abandon()
    return error
  }

  private func abandon() {
    if isWaiting { target.remove() }
    guard isOpen else { return }
    isOpen = false
    if target.ownsDescriptor { close(descriptor) }
    target.remove()
  }
}
