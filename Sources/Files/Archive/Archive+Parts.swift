// Archives within archives: their sections stand side by side, and nothing is copied.
extension Archive {
  /// Sets the sections of another archive, each behind a name and a dot.
  ///
  /// - Complexity: O(sections).
  package mutating func setPart(_ name: String, _ part: Archive) {
    for section in part.names { self["\(name).\(section)"] = part[section] }
  }

  /// Whether there is any section of such a part.
  package func hasPart(_ name: String) -> Bool { names.contains { $0.hasPrefix("\(name).") } }

  /// The archive that ``setPart(_:_:)`` has set.
  ///
  /// - Parameter kind: the kind that it is to be of.
  /// - Complexity: O(sections).
  package func part(_ name: String, kind: String) -> Archive {
    var part = Archive(kind: kind, path: path)
    for section in names where section.hasPrefix("\(name).") {
      part[String(section.dropFirst(name.count + 1))] = self[section]
    }
    return part
  }
}
