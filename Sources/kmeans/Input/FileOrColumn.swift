import Foundation

/// Where something comes from that each point has one of: a file with one a row, or a column of the
/// input.
enum FileOrColumn: Sendable {
  case none
  case file(String)
  case column(String)

  /// A file where there is one of that name, else a column.
  init(_ text: String?) {
    guard let text else {
      self = .none
      return
    }
    self = exists(text) ? .file(text) : .column(text)
  }

  /// The file, if it is one.
  var file: String? {
    if case .file(let path) = self { path } else { nil }
  }

  /// The column, if it is one.
  var column: String? {
    if case .column(let column) = self { column } else { nil }
  }

  /// What messages call it.
  ///
  /// - Parameter input: what they call the input.
  func name(_ input: String) -> String {
    switch self {
    case .none: input
    case .file(let path): path
    case .column(let column): "\(input): column \(column)"
    }
  }
}
