// Text from files as error messages show it: on one line, short, and unable to steer a terminal.

/// A text without control characters; they are written as `\n` or `\u{1b}`, and bytes of a name
/// that are not UTF-8 as `\xff`.
package func visible(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isHidden) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where isHidden(scalar):
      if let byte = FileName.byte(scalar) {
        result += "\\x\(String(byte, radix: 16))"
      } else {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// JSON that reads back as the same texts, and cannot steer a terminal either; of names, bytes that
/// are not UTF-8 are written as `visible` does.
package func visibleJSON(_ json: String) -> String {
  guard json.unicodeScalars.contains(where: isHidden) else { return json }
  var result = ""
  for scalar in json.unicodeScalars {
    if let byte = FileName.byte(scalar) {
      result += "\\\\x\(String(byte, radix: 16))"
    } else if isHidden(scalar) {
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Bytes of a file in quotes, shortened to 40 characters: `'abc'`. Bytes that are not UTF-8 are
/// shown as those of names.
package func quoted(_ bytes: UnsafeRawBufferPointer) -> String {
  // A character has at least one byte; 400 bytes hold 40 characters of any usual length.
  quoted(FileName.text(Array(bytes.prefix(400))), isShortened: bytes.count > 400)
}

/// A text in quotes, shortened to 40 characters.
package func quoted(_ text: String) -> String { quoted(text, isShortened: false) }

private func quoted(_ text: String, isShortened: Bool) -> String {
  // Some characters are very long.
  let start = String.UnicodeScalarView(text.unicodeScalars.prefix(400))
  let shown = String(start).prefix(40)
  let isWhole = !isShortened && shown.utf8.count == text.utf8.count
  return "'\(visible(String(shown)))\(isWhole ? "" : "...")'"
}

/// Some names, each in quotes, the first twelve of them: `'a', 'b' and 5 more`.
package func quoted(_ names: some Collection<String>) -> String {
  let rest = names.count - 12
  return names.prefix(12).map { quoted($0) }.joined(separator: ", ")
    + (rest > 0 ? " and \(rest) more" : "")
}

/// Control characters, those that reorder or break the line around them, and bytes that are no
/// text.
private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7f..<0xa0, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
  default: FileName.byte(scalar) != nil
  }
}

/// A number and its noun, in the words of every message and report: `1 column`, `2 columns`,
/// `0 classes`.
///
/// - Parameter plural: the plural; `nil` for the noun and an s.
package func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
