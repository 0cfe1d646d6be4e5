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

  /// The standard input, as messages name it.
  package static let standardInputName = "standard input"

  /// Opens a file.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)``, also for a folder.
  package init(_ path: String) throws(FileError) {
    let isStandardInput = path == "-"
    if isStandardInput, StandardStreams.isClosed(STDIN_FILENO) {
      throw .system(path: Self.standardInputName, operation: "read", code: EBADF)
    }
    self.path = isStandardInput ? Self.standardInputName : path
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

  /// Opens a regular file and nothing else, and waits for nothing, as it would where a FIFO has
  /// come in its place.
  ///
  /// - Parameters:
  ///   - name: what messages call it.
  ///   - followsLinks: whether it may be a link to one.
  /// - Throws: ``FileError/system(path:operation:code:)``; the code is `ELOOP` for a link and
  ///   `EINVAL` for what else is no regular file.
  package init(
    regularFile path: String, called name: String, followsLinks: Bool = false
  ) throws(FileError) {
    self.path = name
    ownsDescriptor = true
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
    descriptor = openFile(path, flags, 0)
    let status = descriptor >= 0 ? FileStatus(descriptor: descriptor) : nil
    let code = errno
    size = status?.size
    guard let status else { throw .system(path: name, operation: "open", code: code) }
    guard status.isRegularFile else { throw .system(path: name, operation: "open", code: EINVAL) }
  }

  /// Opens a file that is to be read by position; `-` is the standard input.
  ///
  /// - Throws: ``FileError``: for what is no regular file one that says what it is, at once.
  package static func ofArchive(_ path: String) throws(FileError) -> InputFile {
    if path == "-" { return try InputFile(path) }
    try FileStatus(of: path)?.checkIsRegularFile(path)
    return try InputFile(regularFile: path, called: path, followsLinks: true)
  }

  /// The status of the file as it is now.
  package var status: FileStatus? { FileStatus(descriptor: descriptor) }

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

/// Bytes that come one after another: from a file, a pipe, or unpacked from either.
package protocol ByteSource: AnyObject {
  /// The name that error messages show.
  var path: String { get }
  /// The number of bytes, where any of them can be read at any time; else `nil`.
  var size: Int? { get }
  /// An estimate of the number of bytes; `nil` where there is none.
  var expectedSize: Int? { get }
  /// Whether a read may wait for a sender, so that bytes are worth handing on as they come.
  var isLive: Bool { get }

  /// Reads the next bytes: at least one, fewer than there is room for where that is convenient,
  /// none at the end.
  ///
  /// - Parameter buffer: not empty.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// Reads the bytes that begin at an offset, fewer than there is room for only at the end.
  ///
  /// - Precondition: `size` is known.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// Lets the next bytes be those that begin at an offset.
  ///
  /// - Precondition: `size` is known.
  func seek(to offset: Int)

  /// Goes back to the first byte.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` where the bytes are gone.
  func rewind() throws(FileError)
}

extension ByteSource {
  /// A default for sources that are read from the first byte to the last.
  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    preconditionFailure("what comes in order has no positions")
  }

  package func seek(to offset: Int) { preconditionFailure("what comes in order has no positions") }
}
