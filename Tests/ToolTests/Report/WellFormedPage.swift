import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Whether a page is well-formed as XML.
enum WellFormedPage {
  /// What is wrong, and where; `nil` for nothing.
  static func problem(_ html: String) -> String? {
    let parser = XMLParser(data: Data(html.utf8))
    if parser.parse() { return nil }
    return "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "not known")"
  }
}
