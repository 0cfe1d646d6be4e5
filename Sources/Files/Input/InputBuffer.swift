/// A window on the bytes of a source: parsers look at the unread bytes and then take some.
///
/// Behind the last unread byte lie at least ``slack`` zero bytes, so that a parser can look ahead
/// without a check for the end.
package final class InputBuffer {
  /// The number of zero bytes that follow the unread ones.
  package static let slack = 16

  package let source: any ByteSource
  /// Whether the source has no more bytes than the unread ones.
  package private(set) var isAtEnd = false
  /// The place of the first unread byte in the source, in bytes.
  package private(set) var offset = 0
  /// The line, from 1, in which the first unread byte lies, if the bytes are text: the parser that
  /// takes lines out of the window counts them here.
  package var line = 1
  private var memory: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0

  /// A window that reads about `capacity` bytes at a time and grows where a parser needs more.
  package init(_ source: any ByteSource, capacity: Int = 1 << 18) {
    self.source = source
    memory = .allocate(byteCount: max(capacity, 1) + InputBuffer.slack, alignment: 64)
    clearSlack()
  }

  deinit { memory.deallocate() }

  /// The bytes that were read and not yet taken; valid until the next call that changes them.
  package var unread: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[start..<end])
  }

  /// Takes bytes out of the window.
  package func consume(_ count: Int) {
    precondition(count >= 0 && count <= end - start, "more bytes than there are")
    start += count
    offset += count
  }

  /// Reads more bytes behind the unread ones.
  ///
  /// - Returns: false at the end of the source.
  /// - Complexity: amortised O(bytes read), for the memory doubles when it is full.
  @discardableResult
  package func fill() throws(FileError) -> Bool {
    if isAtEnd { return false }
    makeRoom()
    let room = UnsafeMutableRawBufferPointer(
      rebasing: memory[end..<memory.count - InputBuffer.slack])
    let count = try source.read(into: room)
    end += count
    clearSlack()
    isAtEnd = count == 0
    return !isAtEnd
  }

  /// Reads until at least `count` bytes are unread, or all that there are.
  package func fill(atLeast count: Int) throws(FileError) {
    while end - start < count, try fill() {}
  }

  /// Whether the unread bytes begin with these; reads no further than it takes to know.
  package func begins(with prefix: [UInt8]) throws(FileError) -> Bool {
    for (index, byte) in prefix.enumerated() {
      try fill(atLeast: index + 1)
      guard end - start > index, memory[start + index] == byte else { return false }
    }
    return true
  }

  /// Takes the next bytes, past the window where it is empty; fewer than there is room for only at
  /// the end of the source.
  package func take(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var done = min(buffer.count, end - start)
    if done > 0 {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<start + done]))
      consume(done)
    }
    while done < buffer.count, !isAtEnd {
      let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
      done += count
      offset += count
      isAtEnd = count == 0
    }
    return done
  }

  /// Goes back to the first byte of the source.
  package func rewind() throws(FileError) {
    // A pipe whose bytes are all still in the window is at its first byte.
    if offset == 0 { return }
    try source.rewind()
    (start, end, offset, isAtEnd) = (0, 0, 0, false)
    line = 1
    clearSlack()
  }

  /// Goes to an offset, without a read; the next bytes that are taken do not pass the window.
  ///
  /// - Precondition: the size of the source is known.
  package func seek(to place: Int) {
    source.seek(to: place)
    (start, end, offset, isAtEnd) = (0, 0, place, false)
    clearSlack()
  }

  /// Makes room for a quarter of the memory at least: moves the unread bytes to the front, or
  /// doubles.
  private func makeRoom() {
    let capacity = memory.count - InputBuffer.slack
    if capacity - end > 0, start < end { if capacity - end >= capacity / 4 { return } }
    let unreadCount = end - start
    if unreadCount > capacity / 2 {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 2 * capacity + InputBuffer.slack, alignment: 64)
      larger.copyMemory(from: unread)
      memory.deallocate()
      memory = larger
    } else if start > 0 {
      memory.copyMemory(from: unread)
    }
    (start, end) = (0, unreadCount)
  }

  private func clearSlack() {
    (memory.baseAddress! + end).initializeMemory(
      as: UInt8.self, repeating: 0, count: InputBuffer.slack)
  }
}

/// A cursor that takes numbers and texts from bytes; `nil` where too few bytes are left.
struct ByteCursor {
  let bytes: [UInt8]
  var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A little-endian number.
  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    guard let taken = take(MemoryLayout<Number>.size) else { return nil }
    return taken.reversed().reduce(0) { ($0 << 8) | Number(truncatingIfNeeded: $1) }
  }

  /// UTF-8 after its length in 16 bits.
  mutating func text() -> String? {
    guard let length = number(UInt16.self), let taken = take(Int(length)) else { return nil }
    return String(validating: taken, as: UTF8.self)
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }
}
