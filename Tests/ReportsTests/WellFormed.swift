import Foundation
import KMeansReports

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a parser of XML finds in a page or in a picture.
final class WellFormed: NSObject, XMLParserDelegate {
  /// An element with its attributes.
  struct Element: Equatable {
    let name: String
    let attributes: [String: String]
  }

  private(set) var elements: [Element] = []
  /// The texts between tags, those of each element as one.
  private(set) var texts: [String] = []
  private(set) var problem: String?
  private var open: [Int] = []

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() {
      problem = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "none")"
    }
  }

  convenience init(_ markup: Markup) { self.init("<all>\(markup.text)</all>") }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
    texts.append("")
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last { texts[last] += string }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    if let last = open.last { texts[last] += String(decoding: block, as: UTF8.self) }
  }

  /// The attributes of all elements of a name.
  func all(_ name: String) -> [[String: String]] {
    elements.filter { $0.name == name }.map(\.attributes)
  }

  /// The texts of all elements of a name.
  func texts(_ name: String) -> [String] {
    zip(elements, texts).filter { $0.0.name == name }.map(\.1)
  }

  /// The numbers of an attribute.
  func numbers(_ name: String, _ attribute: String) -> [Double] {
    all(name).compactMap { $0[attribute].flatMap(Double.init) }
  }
}
