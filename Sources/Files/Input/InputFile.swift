private import KMeansCLibrary

/// A file, a device or a pipe that is open for reading; `-` is the standard input.
///
/// Regular files are read by position and never mapped: a file that shrinks while it is read is an
/// error here, where a mapping would end the process.
package final class InputFile: ByteSource {
  package let path: String
  package let size: Int?
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var position = 0

  /// Opens a file.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)``, also for a folder.
  package init(_ path: String) throws(FileError) {
    let isStandardInput = path == "-"
    if isStandardInput, StandardStreams.isClosed(STDIN_FILENO) {
      throw .system(path: "standard input", operation: "read", code: EBADF)
    }
    self.path = isStandardInput ? "standard input" : path
    ownsDescriptor = !isStandardInput
    let opened = isStandardInput ? STDIN_FILENO : openFile(path, O_RDONLY | O_CLOEXEC, 0)
    descriptor = opened
    var status = stat()
    let isKnown = opened >= 0 && uninterrupted { fstat(opened, &status) } == 0
    let code = isKnown ? 0 : errno
    // Standard input that another process has read from before goes on where that stopped.
    let isAtStart = !isStandardInput || lseek(opened, 0, SEEK_CUR) == 0
    size = isKnown && status.isRegularFile && isAtStart ? Int(status.st_size) : nil
    guard isKnown else { throw .system(path: self.path, operation: "open", code: code) }
    guard !status.isDirectory else {
      throw .system(path: self.path, operation: "read", code: EISDIR)
    }
    #if os(Linux)
      if size != nil { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
    #endif
  }

  deinit {
    if ownsDescriptor, descriptor >= 0 { close(descriptor) }
  }

  package var expectedSize: Int? { size }
  package var isLive: Bool { size == nil }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let descriptor = descriptor
    let offset = off_t(position)
    let isPositional = size != nil
    let count = uninterrupted {
      isPositional
        ? pread(descriptor, buffer.baseAddress, buffer.count, offset)
        : readBytes(descriptor, buffer)
    }
    guard count >= 0 else { throw .system(path: path, operation: "read", code: errno) }
    position += count
    return count
  }

  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    precondition(size != nil, "a pipe has no positions")
    let descriptor = descriptor
    var done = 0
    while done < buffer.count {
      let count = uninterrupted {
        pread(
          descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      }
      guard count >= 0 else { throw .system(path: path, operation: "read", code: errno) }
      if count == 0 { break }
      done += count
    }
    return done
  }

  package func seek(to offset: Int) {
    precondition(size != nil, "a pipe has no positions")
    position = offset
  }

  package func rewind() throws(FileError) {
    guard size != nil || position == 0 else {
      throw .unusable(path: path, problem: "a pipe cannot be read a second time")
    }
    position = 0
  }
}
