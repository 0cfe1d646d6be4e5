/// A piece of HTML or SVG, written from the front to the back, that is well-formed as XML, too.
///
/// ```swift
/// var svg = Markup()
/// svg.add("g", ["class": "axis"]) { axis in
///   axis.add("line", ["x1": "0", "x2": "10"])
///   axis.add("text", ["x": "5"], text: columnName)
/// }
/// ```
///
/// Texts and values of attributes come from anywhere: they are escaped. Names of elements and of
/// attributes are those of the code that draws.
package struct Markup: Sendable, Hashable {
  /// What was written so far.
  package private(set) var text = ""

  package init() {}

  /// A text.
  package init(text: String) { write(text) }

  /// Whether nothing was written.
  package var isEmpty: Bool { text.isEmpty }

  /// Adds an element without content: a shape of SVG, or an element of HTML that never has any.
  package mutating func add(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    begin(name, attributes)
    text += "/>"
  }

  /// Adds an element that holds a text, which may be empty.
  package mutating func add(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text content: String
  ) {
    add(name, attributes) { $0.write(content) }
  }

  /// Adds an element with what a closure writes.
  package mutating func add<Failure: Error>(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    _ body: (inout Markup) throws(Failure) -> Void
  ) throws(Failure) {
    begin(name, attributes)
    text += ">"
    try body(&self)
    text += "</\(name)>"
  }

  /// Adds what was written elsewhere.
  package mutating func add(_ other: Markup) { text += other.text }

  /// Writes a text, escaped.
  package mutating func write(_ content: String) { text += escaped(content) }

  /// Begins a new line, so that the file can be read by people and by tools that read lines.
  package mutating func breakLine() { text += "\n" }

  /// Adds a script or a style, whose content is not escaped.
  ///
  /// - Precondition: it does not hold `</`, which would end it early.
  mutating func addRaw(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], content: String
  ) {
    precondition(!content.contains("</"), "a script or style that ends early")
    begin(name, attributes)
    text += ">\(content)</\(name)>"
  }

  private mutating func begin(_ name: String, _ attributes: KeyValuePairs<String, String>) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(escaped(value))\"" }
  }
}
