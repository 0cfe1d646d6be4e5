// Texts that are told apart by their bytes: names of files, and keys.

/// A text that equals another only where their bytes do.
///
/// `String` takes two spellings that Unicode calls equivalent for one: é as one scalar (NFC), and
/// as e with an accent (NFD). Names of files are bytes, and keys are what their writer has written:
/// whoever compares them, or looks them up, takes this.
package struct ExactText: Sendable, Hashable {
  /// The text itself.
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: ExactText, right: ExactText) -> Bool {
    guard left.text.utf8.count == right.text.utf8.count else { return false }
    // Native strings lend their bytes; any others are looked through.
    let areSame = left.text.utf8.withContiguousStorageIfAvailable { left in
      right.text.utf8.withContiguousStorageIfAvailable { right in left.elementsEqual(right) }
    }
    return (areSame ?? nil) ?? left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    let isLent: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isLent == nil { for byte in text.utf8 { hasher.combine(byte) } }
    // No text is the beginning of another one then.
    hasher.combine(0xff as UInt8)
  }
}

extension ExactText: Comparable {
  /// By the bytes, which is the order of the scalars.
  package static func < (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension ExactText: CustomStringConvertible, ExpressibleByStringLiteral {
  package var description: String { text }
  package init(stringLiteral text: String) { self.init(text) }
}

extension ExactText {
  /// Whether it begins with some bytes, whatever accents follow them: `.` begins a name that goes
  /// on with one, and is no `Character` of it.
  package func begins(with start: String) -> Bool { text.utf8.starts(with: start.utf8) }

  /// Whether it ends in some bytes.
  package func ends(in end: String) -> Bool {
    text.utf8.count >= end.utf8.count && text.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
  }

  /// The rest behind so many bytes.
  ///
  /// - Precondition: they end where a scalar does.
  package func dropping(bytes count: Int) -> String {
    String(text[text.utf8.index(text.startIndex, offsetBy: count)...])
  }
}
