internal import KMeansFiles

/// A place in the text of a header, from which signs and words are taken one after another.
struct HeaderCursor {
  let text: [UInt8]
  /// The place of the text in the file, in bytes.
  let offset: Int
  let path: String
  /// The bytes that mean nothing between words.
  let blanks: [UInt8]
  var position = 0

  /// - Parameter offset: the place of the text in the file, in bytes.
  init(_ text: [UInt8], offset: Int, path: String, blanks: [UInt8]) {
    (self.text, self.offset, self.path, self.blanks) = (text, offset, path, blanks)
  }

  /// The byte that comes next; `nil` at the end.
  func peek() -> UInt8? { position < text.count ? text[position] : nil }

  mutating func skipBlanks() {
    while let byte = peek(), blanks.contains(byte) { position += 1 }
  }

  /// Steps over a sign, and blanks before it, if it comes next.
  mutating func accept(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard peek() == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ sign: Unicode.Scalar) throws(FileError) {
    guard accept(sign) else { throw malformed("expected '\(sign)'") }
  }

  mutating func expectEnd() throws(FileError) {
    skipBlanks()
    guard position == text.count else { throw malformed("expected the end of the header") }
  }

  /// The decimal digits that come next, perhaps none, behind blanks.
  mutating func digits() -> String {
    skipBlanks()
    let start = position
    while let byte = peek(), byte &- 0x30 <= 9 { position += 1 }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  /// - Parameter place: where in the text it shows; this place unless given.
  func malformed(_ problem: String, at place: Int? = nil) -> FileError {
    .malformed(path: path, place: .byte(offset + (place ?? position)), problem: problem)
  }
}

extension InputBuffer {
  /// Reads on until so many bytes are unread.
  ///
  /// - Parameter what: what they are, for the message where the file ends before them; the header
  ///   unless given.
  func need(_ count: Int, _ what: @autoclosure () -> String? = nil) throws(FileError) {
    try fill(atLeast: count)
    if unread.count >= count { return }
    let expected = what() ?? "a header of \(count) bytes"
    throw malformed(.byte(unread.count), "the file ends here, expected \(expected)")
  }
}
