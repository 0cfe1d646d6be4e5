import KMeansFiles

// Texts that come from files, as HTML, SVG and scripts may hold them.

/// A text in which nothing is markup: fit for the content of elements and for values of attributes
/// in double quotes.
///
/// Control characters, which XML cannot hold, are shown as `visible` shows them; the two scalars
/// of each plane that are no characters become U+FFFD.
package func escaped(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isSpecial) else { return text }
  var result = ""
  result.reserveCapacity(text.utf8.count + 16)
  for scalar in visible(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case _ where scalar.value & 0xFFFE == 0xFFFE: result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether a scalar is neither markup nor hidden nor without meaning; most texts have none such.
private func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20...0x21, 0x23...0x25, 0x28...0x3B, 0x3D, 0x3F...0x7E: false
  default: true
  }
}

/// JSON as a script of HTML may hold it: no `<` begins an end tag or a comment, no `&` an entity of
/// XML. It reads back as the same value, for these stand in texts alone.
package func scriptJSON(_ json: String) -> String {
  var result = ""
  result.reserveCapacity(json.utf8.count)
  for scalar in json.unicodeScalars {
    switch scalar {
    case "<": result += "\\u003c"
    case ">": result += "\\u003e"
    case "&": result += "\\u0026"
    case "\u{2028}": result += "\\u2028"
    case "\u{2029}": result += "\\u2029"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
