import ArgumentParser

/// What is said of the columns that weigh most in each cluster.
struct TermOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Of a model, the heaviest columns of each centroid, by these names, one a line, in place of the "
        + "centroids.", valueName: "FILE"), completion: .file())
  var featureNames: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many of them; without --feature-names by the names that the model knows. (default: 10)",
      valueName: "N"), transform: wholeNumber)
  var top: Int?

  /// How many are shown.
  var count: Int { top ?? 10 }

  /// The options that were given, with their values.
  var given: [String] {
    [featureNames.map { "--feature-names \($0)" }, top.map { "--top \($0)" }].compactMap { $0 }
  }

  func validate() throws {
    if let top, top < 1 || top > 1000 {
      throw ValidationError("--top \(top): expected from 1 to 1000")
    }
  }
}
