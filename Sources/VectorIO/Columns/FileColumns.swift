internal import KMeansFiles

/// The columns of a file, as lists of columns name them and messages tell of them.
struct FileColumns {
  /// The file, as messages name it.
  let path: String
  /// The names of all columns, if there is a header.
  let names: [String]?
  /// The number of columns.
  let count: Int
  /// The fields of the first line of a text where they are a row, for messages.
  var firstRow: [String]?
  /// Whether behind the columns there is the label of the line, a column by that name alone.
  var hasLabel = false

  /// The name of labels in a format of lines that begin with one.
  static let label = "label"

  /// The place, from 0, of the column with a name, if there is one.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` where several have it.
  func place(named name: String) throws(FileError) -> Int? {
    if hasLabel, name == Self.label { return count }
    guard let names, let first = names.firstIndex(of: name) else { return nil }
    let places = names.indices.filter { names[$0] == name }
    guard places.count > 1 else { return first }
    throw unusable("\(Self.several(places, named: name)): choose by number")
  }

  /// The places, from 0, of all columns of each name.
  var placesByName: [String: [Int]] {
    guard let names else { return [:] }
    return Dictionary(grouping: names.indices) { names[$0] }
  }

  /// The words of a message on columns that one name does not tell apart.
  static func several(_ places: [Int], named name: String) -> String {
    let numbers = places.map { "\($0 + 1)" }.joined(separator: ", ")
    return "\(places.count) columns are named \(quoted(name)), \(numbers)"
  }

  /// The places of names that one column has, by name, where a list is so long that looking for
  /// each would take long; nothing for short ones.
  func places(ofMany items: [String]) -> [String: Int] {
    guard items.count > 16 else { return [:] }
    return placesByName.compactMapValues { $0.count == 1 ? $0[0] : nil }
  }

  /// Whether there are columns of all these numbers, from 1.
  func holds(_ numbers: ClosedRange<Int>) -> Bool {
    numbers.lowerBound >= 1 && numbers.upperBound <= count
  }

  /// Some columns as notes name them: the first twelve by their names, one without a name by its
  /// number, or all as ranges of numbers where there are no names: `'age', 'income'`, `1, 5-41`.
  ///
  /// - Parameter places: from 0.
  func list(_ places: [Int]) -> String {
    if let names {
      let shown = places.prefix(12).map { names[$0].isEmpty ? "\($0 + 1)" : quoted(names[$0]) }
      let rest = places.count - shown.count
      return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
    return ColumnSelection.ranges(of: places.map { $0 + 1 }, separator: ", ")
  }

  /// Some columns as a word of a command line that lists them: by their names, or by the number
  /// where there is no name that is one column's own.
  ///
  /// - Parameter places: from 0.
  func argument(_ places: [Int]) -> String {
    let items = places.map { place in
      guard let name = names?[place], !name.isEmpty, names!.count(where: { $0 == name }) == 1 else {
        return "\(place + 1)"
      }
      return ColumnSelection.typed([name])
    }
    return ColumnSelection.argument(items.joined(separator: ","))
  }

  /// Columns by names, some of which may be those of several columns, as a word of a command line:
  /// these are taken in the order of the file. `nil` where there are fewer of a name.
  func argument(named wanted: [String]) -> String? {
    var places = placesByName.mapValues { $0[...] }
    let found = wanted.compactMap { places[$0]?.popFirst() }
    return found.count == wanted.count ? argument(found) : nil
  }

  // MARK: - Problems

  func unusable(_ problem: String) -> FileError { .unusable(path: path, problem: problem) }

  /// The error of an item that is no column.
  func unknown(_ item: String) -> FileError {
    guard let names else {
      let meant = ColumnSelection.suggestion(for: item, among: firstRow ?? [])
      let hint = meant.isEmpty ? "" : ", unless one of line 1 is asked for\(meant)"
      return unusable(
        "there is no column \(quoted(item)): the columns have no names, only numbers 1-\(count)\(hint)"
      )
    }
    return unusable(
      "there is no column \(quoted(item)) among \(quoted(names))"
        + ColumnSelection.suggestion(for: item, among: names))
  }
}
