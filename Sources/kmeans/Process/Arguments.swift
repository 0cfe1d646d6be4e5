import KMeansFiles

/// The command line.
enum Arguments {
  /// The arguments as they were given: names of files are bytes, of which `CommandLine.arguments` keeps only those that
  /// are UTF-8.
  static var all: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0] }
      .map { FileName.text(UnsafePointer($0)) }
  }
}
