import KMeansFiles

/// The command line.
enum Arguments {
  /// The arguments as they were given: names of files are bytes, of which `CommandLine.arguments`
  /// keeps only those that are UTF-8.
  static var all: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0] }
      .map { FileName.text(UnsafePointer($0)) }
  }

  /// All words that may be files: those that are no options, and what stands behind the = of those
  /// that are.
  static var possibleFiles: [String] {
    all.compactMap { word in
      if word == "-" || !word.hasPrefix("-") { return word }
      return word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) }
    }
  }
}
