import ArgumentParser
import Batching
import Clustering
import Foundation
import KMeansFiles
import KMeansLinearAlgebra

/// An error for the user: one line on stderr and an exit status.
struct Failure: Error {
  let line: String
  let status: Int32
  /// Help, versions and completion scripts, which ArgumentParser prints by itself.
  private let request: (any Error)?

  /// A fault of the values on the command line, together or with the data.
  static func usage(_ line: String) -> Failure { Failure(line: line, status: EX_USAGE) }
  /// A fault of the data.
  static func data(_ line: String) -> Failure { Failure(line: line, status: EX_DATAERR) }
  /// Too little memory for data without a fault.
  static func memory(_ line: String) -> Failure { Failure(line: line, status: EX_IOERR) }

  /// Whether no process reads an output any more: then no message is written.
  private var isUnread = false

  init(line: String, status: Int32, request: (any Error)? = nil) {
    self.line = line
    self.status = status
    self.request = request
  }

  init(_ error: any Error, of tool: any ParsableCommand.Type) {
    switch error {
    case let failure as Failure:
      self = failure
    case let error as FileError:
      self.init(line: error.lineFromOne, status: Self.status(of: error))
      isUnread = ClosedReader.isMeant(by: error)
    case let error as ClusteringError:
      self.init(error)
    case BatchError.tooLarge(let path, let rows):
      self = .memory(
        "\(path): a batch of more than \(counted(rows, "row")) does not fit into memory, "
          + "expected --batch-size N")
    case let error as FolderError:
      self.init(line: error.description, status: Self.status(of: error))
    case let error as ShapeError:
      self.init(line: error.description, status: Self.status(of: error))
    default:
      switch tool.exitCode(for: error) {
      case .success: self.init(line: "", status: 0, request: error)
      case .validationFailure: self.init(parsing: error, of: tool)
      default: self.init(line: "\(error)", status: EX_SOFTWARE)
      }
    }
  }

  /// An error of the library.
  ///
  /// - Parameter names: the options that parameters come from.
  init(_ error: ClusteringError, _ names: OptionNames = .usual) {
    self.init(
      line: names.line(error) ?? error.lineFromOne ?? error.description,
      status: Self.status(of: error))
  }

  /// ArgumentParser's message in one line, with the command that tells more.
  private init(parsing error: any Error, of tool: any ParsableCommand.Type) {
    let lines = tool.message(for: error).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    // More than a few choices come as a list.
    let choices = lines.filter { $0.hasPrefix("- ") }.map { "'\($0.dropFirst(2))'" }
    var line = lines.filter { !$0.hasPrefix("- ") }.joined(separator: " ")
    if !choices.isEmpty {
      line = line.replacing("one of the following:", with: "one of")
      line += " \(choices.joined(separator: ", "))."
    }
    line = Self.suggesting(line)
    let hint = tool.fullMessage(for: error).split(whereSeparator: \.isNewline).last
    if let parts = hint?.split(separator: "'"), parts.count > 1, parts[1].hasSuffix(" --help") {
      let isSentence = line.hasSuffix(".") || line.hasSuffix("?")
      line += isSentence ? " See '\(parts[1])'" : "; see '\(parts[1])'"
    }
    self.init(line: line, status: EX_USAGE)
  }

  /// Removes suggestions that no user can have meant, and suggests a command.
  private static func suggesting(_ line: String) -> String {
    let parts = line.split(separator: "'").map(String.init)
    if parts.count == 5, line.hasPrefix("Unknown option"), line.contains("Did you mean") {
      return Suggestion.isNear(parts[1], to: parts[3]) ? line : "Unknown option '\(parts[1])'"
    }
    // Other faults cannot be judged without the command.
    return CommandSuggestion.line(Arguments.all.first ?? "") ?? line
  }

  func exit() -> Never {
    if let request { Self.answer(request) }
    if isUnread { ClosedReader.stop() }
    // A file name may hold any bytes, line ends and those that steer a terminal included.
    Streams.say("kmeans: \(visible(line))")
    // No exit handlers run: OpenBLAS waits for threads there, which may wait for memory for ever.
    _exit(status)
  }

  /// Prints the text that was asked for instead of a command, as all others are printed:
  /// ArgumentParser does not see a full disk.
  private static func answer(_ request: any Error) -> Never {
    do {
      try Streams.print([Tool.fullMessage(for: request)])
      _exit(0)
    } catch {
      Failure(error, of: Tool.self).exit()
    }
  }

  private static func status(of error: FileError) -> Int32 {
    switch error {
    case .system, .outOfMemory: EX_IOERR
    case .malformed: EX_DATAERR
    case .unusable: EX_USAGE
    }
  }

  private static func status(of error: FolderError) -> Int32 {
    if case .noFile = error { EX_DATAERR } else { EX_IOERR }
  }

  /// More values than any memory holds are a false claim of the file; more than this memory, not.
  private static func status(of error: ShapeError) -> Int32 {
    if case .outOfMemory = error { EX_IOERR } else { EX_DATAERR }
  }

  /// A fault of a parameter is usage; a fault of the points is data.
  private static func status(of error: ClusteringError) -> Int32 {
    switch error.kind {
    case .parameter: EX_USAGE
    case .data: EX_DATAERR
    case .cancellation: EX_TEMPFAIL
    }
  }
}
