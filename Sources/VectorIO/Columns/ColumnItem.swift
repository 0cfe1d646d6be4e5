internal import KMeansFiles

/// One item of a list of columns: a name, a number, a range or a pattern, which the file decides.
struct ColumnItem {
  /// The columns of a file that an item stands for, by their places from 0.
  enum Meaning {
    /// One column, or those from one to another.
    case range(Range<Int>)
    /// All columns whose name matches, ascending, at least one.
    case pattern([Int])

    /// All of them.
    var places: [Int] {
      switch self {
      case .range(let places): Array(places)
      case .pattern(let matches): matches
      }
    }
  }

  /// The item as it is typed.
  let text: String
  /// The name between the quotes; `nil` for an item without quotes.
  let quotedName: String?
  /// The numbers, from 1, that it stands for where it is no name: `5`, `5-8`, and `5-` up to the
  /// largest integer.
  let numbers: ClosedRange<Int>?

  init(_ text: some StringProtocol) {
    self.text = String(text)
    quotedName = ColumnItem.unquoted(text)
    numbers = ColumnItem.numbers(text)
  }

  /// The columns that it stands for.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` where there are none such.
  func meaning(in file: FileColumns) throws(FileError) -> Meaning {
    if let place = try file.place(named: text) { return .range(place..<place + 1) }
    if let quotedName {
      guard let place = try file.place(named: quotedName) else { throw file.unknown(quotedName) }
      return .range(place..<place + 1)
    }
    if let numbers {
      let isOpen = numbers.upperBound == .max
      guard file.holds(isOpen ? numbers.lowerBound...numbers.lowerBound : numbers) else {
        throw file.unusable("there is no column \(text), the columns are 1-\(file.count)")
      }
      return .range(numbers.lowerBound - 1..<(isOpen ? file.count : numbers.upperBound))
    }
    if let range = try range(in: file) { return .range(range) }
    guard let pattern = ColumnPattern(text), let names = file.names else {
      throw file.unknown(text)
    }
    let matches = names.indices.filter { pattern.matches(names[$0]) }
    guard !matches.isEmpty else {
      throw file.unusable("no column matches \(quoted(text)) among \(quoted(names))")
    }
    return .pattern(matches)
  }

  /// Whether it can only be of names, and stands for some of these.
  func mentions(anyOf names: [String]) -> Bool {
    if numbers != nil { return false }
    if names.contains(text) || quotedName.map(names.contains) ?? false { return true }
    if let pattern = ColumnPattern(text), pattern.hasLetters {
      return names.contains(where: pattern.matches)
    }
    return halves.contains { first, last in
      names.contains(first) && (names.contains(last) || last.isEmpty)
    }
  }

  // MARK: - Ranges

  /// The text on both sides of each dash.
  private var halves: [(first: String, last: String)] {
    text.indices.filter { text[$0] == "-" }.map { dash in
      let last = text[text.index(after: dash)...]
      return (String(text[..<dash].trimmingBlanks), String(last.trimmingBlanks))
    }
  }

  /// The range between two names, or a name and a number, or from a name to the last column.
  private func range(in file: FileColumns) throws(FileError) -> Range<Int>? {
    var found: [(places: ClosedRange<Int>, text: String)] = []
    var reversed: FileError?
    for (first, last) in halves where !first.isEmpty {
      guard let start = try ColumnSelection.existingIndex(of: first, in: file),
        let end = last.isEmpty
          ? file.count - 1 : try ColumnSelection.existingIndex(of: last, in: file)
      else { continue }
      guard start <= end else {
        reversed = file.unusable(
          "the range \(quoted(text)) goes from column \(start + 1) back to column \(end + 1), "
            + "expected \(quoted("\(last)-\(first)"))")
        continue
      }
      found.append((start...end, "\(quoted(first)) to \(quoted(last))"))
    }
    guard found.count < 2 else {
      throw file.unusable(
        "\(quoted(text)) may be \(found.map(\.text).joined(separator: ", or ")): choose by number")
    }
    if found.isEmpty, let reversed { throw reversed }
    return found.first.map { $0.places.lowerBound..<$0.places.upperBound + 1 }
  }

  // MARK: - Quotes and numbers

  private static func unquoted(_ text: some StringProtocol) -> String? {
    guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  private static func numbers(_ text: some StringProtocol) -> ClosedRange<Int>? {
    if let number = wholeNumber(text) { return number...number }
    guard let dash = text.firstIndex(of: "-"), let first = wholeNumber(text[..<dash]) else {
      return nil
    }
    let rest = text[text.index(after: dash)...]
    if rest.isEmpty { return first...Int.max }
    // The largest integer is the end of an open range.
    guard let last = wholeNumber(rest), first <= last, last < .max else { return nil }
    return first...last
  }

  private static func wholeNumber(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(text) : nil
  }
}
