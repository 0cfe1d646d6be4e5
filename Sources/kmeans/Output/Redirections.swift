import Foundation

/// Where the shell leads the standard streams: never into a file that is read. What is printed there would be
/// added to the input, and a reader that follows it would read it for ever.
enum Redirections {
  /// Refuses streams that lead into one of some files, before anything is read or said.
  ///
  /// - Parameter inputs: files, `-` for the standard input; what is no file counts for nothing.
  static func check(_ inputs: [String?]) throws(Failure) {
    let files = inputs.compactMap { $0 }
    let (output, errors) = (
      input(STDOUT_FILENO, among: files), input(STDERR_FILENO, among: files)
    )
    // Not even the line that says so may get there.
    if errors != nil { Streams.leaveErrors(canUseOutput: output == nil) }
    for (name, input) in [("standard output", output), ("standard error", errors)] {
      guard let input else { continue }
      throw .usage(
        "the \(name): expected another file than the "
          + (input == "-" ? "standard input" : "input \(input)"))
    }
  }

  /// The file that a stream leads into.
  private static func input(_ stream: Int32, among files: [String]) -> String? {
    guard let identity = FileIdentity(descriptor: stream) else { return nil }
    return files.first { FileIdentity($0, reading: true) == identity }
  }
}
