internal import KMeansFiles

/// Which columns of a file become the columns of the rows.
public enum ColumnSelection: Sendable, Hashable {
  /// All columns that hold numbers, in the order of the file.
  case numeric
  /// Columns in this order: a name from the header, a number counted from 1, or a range `A-B`.
  /// A name wins over a number.
  case listed([String])

  /// A selection as it is typed: `numeric`, or `1,5-8,duration`.
  public init(_ text: String) {
    if text == "numeric" {
      self = .numeric
    } else {
      let items = text.split(separator: ",", omittingEmptySubsequences: false)
      self = .listed(items.map { String($0.trimmingBlanks) })
    }
  }
}

extension ColumnSelection {
  /// The indices, from 0, of the selected columns.
  ///
  /// - Throws: ``FileError/unusable(path:problem:)`` for a column that does not exist or comes
  ///   twice.
  func resolve(
    path: String, names: [String]?, count: Int, numeric: [Int]
  ) throws(FileError) -> [Int] {
    guard case .listed(let items) = self else { return numeric }
    var result: [Int] = []
    var seen: Set<Int> = []
    for item in items {
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

  /// Whether an item can only be a name, and is one of these.
  func mentions(anyOf names: [String]) -> Bool {
    guard case .listed(let items) = self else { return false }
    return items.contains { ColumnSelection.range($0, names: nil) == nil && names.contains($0) }
  }

  /// The numbers, from 1, that an item stands for.
  private static func range(_ item: String, names: [String]?) -> ClosedRange<Int>? {
    if let index = names?.firstIndex(of: item) { return index + 1...index + 1 }
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
