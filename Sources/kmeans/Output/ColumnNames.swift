import Clustering
import VectorIO

/// The names of the columns of points in tables and in headers of files: those of their file, or
/// the number in that file where it has none, `column7`.
struct ColumnNames {
  private let own: [String]?
  private let numbered: [String]

  /// - Parameters:
  ///   - columns: those of a file, where they are known.
  ///   - count: how many there are.
  init(_ columns: InputColumns?, count: Int) {
    let numbers = columns?.numbers ?? Array(1...count)
    numbered = numbers.map { "\(Self.stem)\($0)" }
    own = columns?.names
  }

  /// Names that were given beside a file.
  init(_ names: [String]) {
    own = names
    numbered = (1...max(1, names.count)).map { "\(Self.stem)\($0)" }
  }

  /// One a column, for people.
  var all: [String] {
    guard let own else { return numbered }
    return zip(own, numbered).map { $0.isEmpty ? $1 : $0 }
  }

  /// The header of a file: numbers in place of names that readers would take for a row of missing
  /// numbers. Names that are numbers were once said to be names, and stay.
  var header: [String] {
    guard let own, HeaderRow.isFound(own) || own.contains(where: { Int($0) != nil }) else {
      return numbered
    }
    return own
  }

  /// Whether a header holds numbers of columns, and so no names to compare with others.
  static func areNumbers(_ header: [String]) -> Bool {
    header.allSatisfy { name in
      let digits = name.dropFirst(stem.count)
      return name.hasPrefix(stem) && !digits.isEmpty
        && digits.allSatisfy { ("0"..."9").contains($0) }
    }
  }

  private static let stem = "column"
}
