import KMeansFiles

/// Where something comes from that each point has one of: a file with one a row, or a column of the
/// input.
enum FileOrColumn: Sendable {
  case none
  case file(String)
  case column(String)

  /// A file where there is one of that name, else a column: a folder has nothing for each point.
  init(_ text: String?) {
    guard let text else {
      self = .none
      return
    }
    let isFile = FileStatus(of: text).map { !$0.isFolder } ?? false
    self = isFile ? .file(text) : .column(text)
  }

  /// A line for the user where a name is that of a file, which is taken, and that of a column, too.
  ///
  /// - Parameter names: those of the columns, if they have any.
  func note(_ option: String, _ path: String, _ names: [String]?) -> String? {
    guard case .file(let text) = self, let place = names?.firstIndex(of: text) else { return nil }
    return "\(option) \(text): the file of that name is taken, not the column of \(path) "
      + "(\(place + 1) takes that)"
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
