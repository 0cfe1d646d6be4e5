private import KMeansCLibrary

/// An error of a file: one line with the fault, its place and the expected text.
///
/// The command line maps the cases to exit statuses: ``system(path:operation:code:)`` to 74,
/// ``malformed(path:place:problem:)`` to 65, ``unusable(path:problem:)`` to 64 and
/// ``outOfMemory(path:problem:)`` to 74: a file with false claims is bad data, one that is larger
/// than the memory is not.
public enum FileError: Error, Sendable, Hashable {
  /// The system refused an operation, such as "open", with an `errno` code.
  case system(path: String, operation: String, code: Int32)
  /// The file was read, and its bytes are not of the format that it promises.
  case malformed(path: String, place: Place, problem: String)
  /// The file cannot be used as was asked: an unknown format, a column that does not exist.
  case unusable(path: String, problem: String)

  /// There is too little memory for the file.
  case outOfMemory(path: String, problem: String)

  /// The place in the file that an error names.
  public enum Place: Sendable, Hashable {
    /// A byte, counted from 0; in a compressed file the byte of the unpacked data, unless the
    /// compression itself is damaged.
    case byte(Int)
    /// A line of text, counted from 1.
    case line(Int)
    /// A field of a record that begins in a line, or a byte of the line where its format has no
    /// fields; both counted from 1.
    case field(line: Int, column: Int)
    /// A row of a matrix, counted from 0 as everywhere in this package.
    case row(Int)
    /// No place in particular.
    case wholeFile
  }
}

extension FileError: CustomStringConvertible {
  /// One line, such as `data.csv: line 17, column 3: expected a number, found 'abc'`.
  public var description: String {
    switch self {
    case .system(let path, _, EBADF):
      // A descriptor that is already open was given by the process that started the program.
      "\(visible(path)) is closed"
    case .system(let path, let operation, let code):
      "\(visible(path)): cannot \(operation): \(systemMessage(code))"
    case .malformed(let path, .wholeFile, let problem):
      "\(visible(path)): \(problem)"
    case .malformed(let path, let place, let problem):
      "\(visible(path)): \(place): \(problem)"
    case .unusable(let path, let problem), .outOfMemory(let path, let problem):
      "\(visible(path)): \(problem)"
    }
  }
}

extension FileError.Place: CustomStringConvertible {
  /// The place in words: `line 17, column 3`.
  public var description: String {
    switch self {
    case .byte(let byte): "byte \(byte)"
    case .line(let line): "line \(line)"
    case .field(let line, let column): "line \(line), column \(column)"
    case .row(let row): "row \(row)"
    case .wholeFile: "the whole file"
    }
  }
}
