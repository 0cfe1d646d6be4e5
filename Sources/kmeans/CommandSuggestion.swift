import ArgumentParser
import KMeansFiles
import VectorIO

/// What is said of a first word that is no command.
enum CommandSuggestion {
  /// Words that other tools, or people, have for a command.
  private static let synonyms: [String: [String]] = [
    "cluster": ["fit"], "train": ["fit"], "learn": ["fit"], "run": ["fit"],
    "predict": ["assign"], "label": ["assign"], "classify": ["assign"], "transform": ["assign"],
    "silhouette": ["evaluate"], "score": ["evaluate"], "quality": ["evaluate"],
    "summary": ["info", "describe"], "show": ["info", "describe"], "explain": ["describe"],
  ]

  /// The line; `nil` where the word is a command, or no word: then something else is wrong.
  static func line(_ typed: String) -> String? {
    let configurations = Tool.configuration.subcommands.map { $0.configuration }
    let names = configurations.filter(\.shouldDisplay).map { $0.commandName ?? "" }
    let known =
      configurations.flatMap { [$0.commandName ?? ""] + $0.aliases } + ["help"]
    guard !typed.isEmpty, !typed.hasPrefix("-"), !known.contains(typed) else { return nil }
    if looksLikeFile(typed) { return line(file: typed) }
    // Commands of another tool, which are not listed, are known but not meant.
    let hidden = configurations.filter { !$0.shouldDisplay }.map { $0.commandName ?? "" }
    let nearest = Suggestion.nearest(to: typed, among: known.filter { !hidden.contains($0) })
    let meant = synonyms[typed.lowercased()] ?? nearest.map { [$0] }
    if meant == nil, isRegularFile(typed) || FileStatus(of: typed)?.isFolder ?? false {
      return line(file: typed)
    }
    let question = meant.map { "Did you mean \($0.map { "'\($0)'" }.joined(separator: " or "))?" }
    return "There is no command '\(typed)'. "
      + (question ?? "Expected \(names.joined(separator: ", ")).")
  }

  /// The line on a command line that asks for help; `nil` where the word that it asks about is a
  /// command, or there is none.
  static func line(ofHelp words: [String]) -> String? {
    (words.first == "help" ? words.dropFirst().first : words.first).flatMap { line($0) }
  }

  /// What is said of a file in the place of a command.
  private static func line(file typed: String) -> String {
    let argument = ColumnSelection.argument(typed)
    let isModel = (try? archiveKind(typed)) != nil
    return "'\(typed)' is no command, expected one before it: kmeans "
      + (isModel ? "info \(argument)." : "fit \(argument) -k K.")
  }
}
