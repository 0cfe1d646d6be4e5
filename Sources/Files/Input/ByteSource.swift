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
