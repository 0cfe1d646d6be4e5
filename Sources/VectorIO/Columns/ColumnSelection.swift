internal import KMeansFiles

/// The choice of the columns of a file that become the columns of the rows.
public enum ColumnSelection: Sendable, Hashable {
  /// All columns that hold numbers, in the order of the file.
  case numeric
  /// Columns in this order:
  ///
  /// * a name from the header;
  /// * a number, counted from 1;
  /// * a range from one column to another, `5-8`, `age-income`, or to the last, `5-`;
  /// * a pattern of names, `temp_*`, where `*` stands for any text and `?` for one character: all
  ///   columns with such a name that hold numbers, in the order of the file, but for those that
  ///   were chosen before.
  ///
  /// A name wins over all others; in quotes (`"5"`) an item can only be a name.
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
  package static func items(_ text: String) -> [String] {
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
        && ColumnItem(name).numbers == nil && ColumnPattern(name) == nil && name != "numeric"
      return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
    }.joined(separator: ",")
  }

  /// Numbers of columns, from 1, as ``init(_:)`` takes them: those that follow each other are
  /// ranges, `1,5-8`.
  package static func ranges(of numbers: [Int], separator: String = ",") -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: separator)
  }

  /// A list of columns as a word of a command line: in the quotes of a shell where it needs them.
  package static func argument(_ list: String) -> String {
    let isPlain = list.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || [",", "_", "."].contains($0) || ("0"..."9").contains($0)
    }
    return isPlain ? list : "'\(list.replacing("'", with: "'\\''"))'"
  }
}

extension ColumnSelection {
  /// The places, from 0, of the selected columns.
  ///
  /// - Parameter numeric: the places of those that hold numbers, ascending.
  /// - Throws: ``FileError/unusable(path:problem:)`` for a column that does not exist or comes
  ///   twice, and a pattern that chooses none.
  func resolve(in file: FileColumns, numeric: [Int]) throws(FileError) -> [Int] {
    guard case .listed(let items) = self else { return numeric }
    let numeric = asksContents ? Set(numeric) : []
    var result: [Int] = []
    var (seen, listed) = (Set<Int>(), Set<Int>())
    let known = file.places(ofMany: items)
    for item in items {
      let meaning: ColumnItem.Meaning
      if let place = known[item] {
        meaning = .range(place..<place + 1)
      } else {
        meaning = try ColumnItem(item).meaning(in: file)
      }
      switch meaning {
      case .range(let places):
        for place in places {
          guard listed.insert(place).inserted else {
            throw file.unusable("column \(place + 1) is selected twice")
          }
          if seen.insert(place).inserted { result.append(place) }
        }
      case .pattern(let matches):
        let numbers = numeric.intersection(matches)
        guard !numbers.isEmpty else {
          throw file.unusable(
            "no column that matches \(quoted(item)) holds numbers: \(file.list(matches))")
        }
        result += matches.filter { numbers.contains($0) && seen.insert($0).inserted }
      }
    }
    return result
  }

  /// The place, from 0, of one column by its name or number.
  static func index(of column: String, in file: FileColumns) throws(FileError) -> Int {
    guard case .range(let places) = try ColumnItem(column).meaning(in: file), places.count == 1
    else { throw file.unusable("expected one column, found \(quoted(column))") }
    return places.lowerBound
  }

  /// The same, or `nil` where no column has that name or number.
  ///
  /// - Throws: ``FileError`` for a name that several columns have.
  static func existingIndex(of column: String, in file: FileColumns) throws(FileError) -> Int? {
    let item = ColumnItem(column)
    if let place = try file.place(named: column) { return place }
    if let name = item.quotedName { return try file.place(named: name) }
    guard let numbers = item.numbers, numbers.lowerBound == numbers.upperBound,
      file.holds(numbers)
    else { return nil }
    return numbers.lowerBound - 1
  }

  /// The patterns among the items that are no names of these columns.
  func patterns(in file: FileColumns) -> [(item: String, pattern: ColumnPattern)] {
    guard case .listed(let items) = self else { return [] }
    let patterns = items.compactMap { item in ColumnPattern(item).map { (item, $0) } }
    return patterns.filter { !(file.names?.contains($0.0) ?? false) }
  }

  /// Whether a column is chosen only if it holds numbers.
  ///
  /// - Parameter name: its name if the file has a header.
  func isFoundOut(_ name: String) -> Bool {
    guard case .listed(let items) = self else { return true }
    return items.contains { ColumnPattern($0)?.matches(name) ?? false }
  }

  /// Whether the contents of columns decide which are chosen.
  var asksContents: Bool {
    guard case .listed(let items) = self else { return true }
    return items.contains { ColumnPattern($0) != nil }
  }

  /// Whether a record of such texts must be one of names: an item can only be of names and chooses
  /// one of them, or all that another file asks for are there.
  func mentions(anyOf names: [String]) -> Bool {
    switch self {
    case .numeric: false
    case .listed(let items): items.contains { ColumnItem($0).mentions(anyOf: names) }
    // Two numbers are too few to be told from a row of values.
    case .named(let wanted):
      (wanted.count > 2 || !wanted.allSatisfy { Double($0) != nil })
        && Set(wanted).isSubset(of: names)
    }
  }

  /// The selection once it is known whether the file has names.
  func decided(names: [String]?) -> ColumnSelection {
    guard case .named(let wanted) = self else { return self }
    return names == nil ? .numeric : .listed(wanted)
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
