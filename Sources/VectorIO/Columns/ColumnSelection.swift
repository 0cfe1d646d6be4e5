internal import KMeansFiles

/// The choice of the columns of a file that become the columns of the rows.
public enum ColumnSelection: Sendable, Hashable {
  /// All columns that hold numbers, in the order of the file.
  case numeric
  /// Columns in this order: a name from the header, a number counted from 1, or a range `A-B`.
  /// A name wins over a number; in quotes (`"5"`) it can only be a name.
  case listed([String])
  /// Columns by exactly these names, in this order, of a file that has names: what a model, or the
  /// first one of some files, asks of the next. Of a file without names all columns that hold
  /// numbers.
  case named([String])

  /// A selection as it is typed: `numeric`, or `1,5-8,duration`. A name with a comma stands in
  /// quotes: `"duration, in s",age`.
  public init(_ text: String) {
    if text == "numeric" {
      self = .numeric
    } else {
      self = .listed(ColumnSelection.items(text))
    }
  }

  /// The parts between commas; within quotes there is none.
  private static func items(_ text: String) -> [String] {
    var items = [""]
    var isQuoted = false
    for character in text {
      if character == "\"", isQuoted || items[items.count - 1].trimmingBlanks.isEmpty {
        isQuoted.toggle()
      }
      if character == ",", !isQuoted {
        items.append("")
      } else {
        items[items.count - 1].append(character)
      }
    }
    return items.map { String($0.trimmingBlanks) }
  }

  /// Names as ``init(_:)`` takes them: `age,"duration, in s"`.
  package static func typed(_ names: some Sequence<String>) -> String {
    names.map { name in
      let isPlain =
        !name.isEmpty && !name.contains(",") && !name.hasPrefix("\"") && name.trimmingBlanks == name
        && range(name, names: nil) == nil && name != "numeric"
      return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
    }.joined(separator: ",")
  }
}

extension ColumnSelection {
  /// The indices, from 0, of the selected columns.
  ///
  /// - Parameter source: the file that asks for columns by name.
  /// - Throws: ``FileError/unusable(path:problem:)`` for a column that does not exist or comes
  ///   twice.
  func resolve(
    path: String, names: [String]?, count: Int, numeric: [Int], source: String? = nil
  ) throws(FileError) -> [Int] {
    if case .named(let wanted) = self, let names {
      return try ColumnSelection.places(of: wanted, path, names, source)
    }
    guard case .listed(let items) = self else { return numeric }
    var result: [Int] = []
    var seen: Set<Int> = []
    for item in items {
      try ColumnSelection.checkSingle(item, path, names)
      guard let range = ColumnSelection.range(item, names: names) else {
        throw .unusable(path: path, problem: ColumnSelection.unknown(item, names, count))
      }
      guard range.lowerBound >= 1, range.upperBound <= count else {
        throw .unusable(
          path: path, problem: "there is no column \(item), the columns are 1-\(count)")
      }
      for number in range {
        guard seen.insert(number).inserted else {
          throw .unusable(path: path, problem: "column \(number) is selected twice")
        }
        result.append(number - 1)
      }
    }
    return result
  }

  /// The indices of columns that another file asks for by name.
  private static func places(
    of wanted: [String], _ path: String, _ names: [String], _ source: String?
  ) throws(FileError) -> [Int] {
    var result: [Int] = []
    for name in wanted {
      try checkSingle(name, path, names)
      guard let place = names.firstIndex(of: name) else {
        let asked = source.map { ", expected \(quoted(wanted)) as in \($0)" } ?? ""
        throw .malformed(
          path: path, place: .wholeFile, problem: unknown(name, names, names.count) + asked)
      }
      result.append(place)
    }
    return result
  }

  /// Whether it is the values that say which columns are meant, in a file with names or without.
  func isFoundOut(hasNames: Bool) -> Bool {
    switch self {
    case .numeric: true
    case .listed: false
    case .named: !hasNames
    }
  }

  /// The index, from 0, of one column by its name or number.
  static func index(
    of column: String, path: String, names: [String]?, count: Int
  ) throws(FileError) -> Int {
    guard range(column, names: names).map({ $0.count == 1 }) ?? true else {
      throw .unusable(path: path, problem: "expected one column, found \(quoted(column))")
    }
    let found = try ColumnSelection.listed([column]).resolve(
      path: path, names: names, count: count, numeric: [])
    return found[0]
  }

  /// The index of a column as above; `nil` where there is none.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` for a name that several columns have.
  static func existingIndex(
    of column: String, path: String, names: [String]?, count: Int
  ) throws(FileError) -> Int? {
    try checkSingle(column, path, names)
    guard let range = range(column, names: names), range.count == 1,
      range.lowerBound >= 1, range.lowerBound <= count
    else { return nil }
    return range.lowerBound - 1
  }

  /// Whether a record of such texts must be names: an item can only be a name and is one of them,
  /// or all names that another file asks for are there.
  func mentions(anyOf names: [String]) -> Bool {
    switch self {
    case .numeric: false
    case .named(let wanted): wanted.allSatisfy(names.contains)
    case .listed(let items):
      items.contains { item in
        ColumnSelection.range(item, names: nil) == nil
          && (names.contains(item) || ColumnSelection.unquoted(item).map(names.contains) ?? false)
      }
    }
  }

  /// Refuses a name that several columns have.
  private static func checkSingle(
    _ item: String, _ path: String, _ names: [String]?
  ) throws(FileError) {
    guard let names else { return }
    let name = names.contains(item) ? item : unquoted(item) ?? item
    let places = names.indices.filter { names[$0] == name }.map { "\($0 + 1)" }
    guard places.count > 1 else { return }
    throw .unusable(
      path: path,
      problem: "\(places.count) columns are named \(quoted(name)), "
        + "\(places.joined(separator: ", ")): choose by number")
  }

  /// The text between the quotes of an item; `nil` for an item without quotes.
  private static func unquoted(_ item: String) -> String? {
    guard item.count > 1, item.hasPrefix("\""), item.hasSuffix("\"") else { return nil }
    return String(item.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  /// The numbers, from 1, that an item stands for.
  private static func range(_ item: String, names: [String]?) -> ClosedRange<Int>? {
    if let index = names?.firstIndex(of: item) { return index + 1...index + 1 }
    if let name = unquoted(item), let index = names?.firstIndex(of: name) {
      return index + 1...index + 1
    }
    if let number = wholeNumber(item) { return number...number }
    guard let dash = item.firstIndex(of: "-"), let first = wholeNumber(item[..<dash]),
      let last = wholeNumber(item[item.index(after: dash)...]), first <= last
    else { return nil }
    return first...last
  }

  private static func wholeNumber(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(text) : nil
  }

  private static func unknown(_ item: String, _ names: [String]?, _ count: Int) -> String {
    guard let names else {
      return "there is no column \(quoted(item)): "
        + "the columns have no names, only numbers 1-\(count)"
    }
    return "there is no column \(quoted(item)) among \(quoted(names))"
  }
}

extension StringProtocol {
  /// Without the spaces and tabs at both ends.
  var trimmingBlanks: SubSequence {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let rest = drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return rest[rest.endIndex...] }
    return rest[...last]
  }
}
