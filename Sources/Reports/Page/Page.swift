import Foundation

/// A report: one file of HTML that needs nothing but itself.
///
/// It loads nothing, and its policy forbids it to; its scripts and styles are named in the policy
/// by their hashes, so that nothing else is run, whatever a text in it looks like. It says the same
/// with scripts off, and on paper. It is well-formed as XML, too.
package struct Page: Sendable {
  /// What the page is about.
  package let title: String
  /// A line below the title: where the data came from.
  package let subtitle: String
  /// What the whole page is, in a few figures.
  package var facts: [Fact] = []
  /// What was left out or sampled, and what else should be known before the pictures are looked at.
  package var notes: [String] = []
  package private(set) var sections: [Section] = []
  private var scripts: [String] = []
  private var data: [(id: String, json: String)] = []

  /// A figure with its name.
  package struct Fact: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// A part of the page, which the table of contents names.
  package struct Section: Sendable, Hashable {
    /// The name of its place: letters, digits and `-`.
    package let id: String
    package let title: String
    package let content: Markup
  }

  package init(_ title: String, subtitle: String) {
    (self.title, self.subtitle) = (title, subtitle)
  }

  /// Adds a part.
  ///
  /// - Parameter id: names its place, each once; letters, digits and `-`.
  package mutating func add(_ id: String, _ title: String, _ body: (inout Markup) -> Void) {
    var content = Markup()
    body(&content)
    sections.append(Section(id: id, title: title, content: content))
  }

  /// Adds a script, once, however often it is asked for. What it does is beside what the page says
  /// without it.
  ///
  /// - Precondition: it is a text of the code, none of a file, and holds neither `</`, `]]>` nor a
  ///   carriage return.
  package mutating func add(script: String) {
    if !scripts.contains(script) { scripts.append(script) }
  }

  /// Adds data for scripts, which find it by its id.
  ///
  /// - Parameter json: JSON, of which texts may hold anything.
  package mutating func add(data json: String, id: String) { data.append((id, scriptJSON(json))) }

  /// The file.
  package var html: String {
    var page = Markup()
    page.add("html", ["lang": "en"]) { html in
      html.breakLine()
      html.add("head") { addHead(&$0) }
      html.breakLine()
      html.add("body") { addBody(&$0) }
      html.breakLine()
    }
    return "<!DOCTYPE html>\n\(page.text)\n"
  }
}

extension Page {
  private func addHead(_ head: inout Markup) {
    head.breakLine()
    head.add("meta", ["charset": "utf-8"])
    head.breakLine()
    head.add("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
    head.breakLine()
    head.add("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    head.add("meta", ["name": "color-scheme", "content": "light dark"])
    head.add("meta", ["name": "referrer", "content": "no-referrer"])
    head.breakLine()
    head.add("title", text: title)
    head.breakLine()
    head.addRaw("style", content: PageStyle.text)
    head.breakLine()
  }

  private func addBody(_ body: inout Markup) {
    body.breakLine()
    body.add("header") { header in
      header.add("h1", text: title)
      header.add("p", ["class": "faint"], text: subtitle)
      if !facts.isEmpty {
        header.add("dl", ["class": "facts"]) { list in
          for fact in facts {
            list.add("div") {
              $0.add("dt", text: fact.name)
              $0.add("dd", text: fact.value)
            }
          }
        }
      }
      for note in notes { header.add("p", ["class": "note"], text: note) }
    }
    body.breakLine()
    if sections.count > 1 {
      body.add("nav", ["aria-label": "Contents"]) { contents in
        contents.add("ul") { list in
          for section in sections {
            list.add("li") { $0.add("a", ["href": "#\(section.id)"], text: section.title) }
          }
        }
      }
      body.breakLine()
    }
    body.add("main") { main in
      for section in sections {
        main.breakLine()
        main.add("section", ["id": section.id]) {
          $0.add("h2", text: section.title)
          $0.add(section.content)
        }
      }
    }
    body.breakLine()
    for (id, json) in data {
      body.addRaw("script", ["type": "application/json", "id": id], content: json)
      body.breakLine()
    }
    for script in scripts { body.addRaw("script", content: raw(script)) }
  }

  /// A script between marks that are comments of it, and a section of raw text as XML.
  private func raw(_ script: String) -> String { "//<![CDATA[\n\(script)\n//]]>\n" }

  /// What the page may do: run and look as it says itself, and nothing else.
  private var policy: String {
    func sources(_ texts: [String]) -> String {
      texts.isEmpty
        ? "'none'"
        : texts.map { "'sha256-\(Data(SHA256.hash($0.utf8)).base64EncodedString())'" }
          .joined(separator: " ")
    }
    return "default-src 'none'; style-src \(sources([PageStyle.text])); "
      + "script-src \(sources(scripts.map(raw))); base-uri 'none'; form-action 'none'"
  }
}
