import ArgumentParser

/// Whether the rows are written with their labels, and what the column of these is called.
struct AppendOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the rows of the input with their label as one more column: text is copied as it is, "
        + "numbers go to the format that the extension says.", valueName: "OUT"),
    completion: .file())
  var appendLabels: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What the header of that file calls the labels; a name that no column of the input has. "
        + "(default: \(AppendOptions.usualName))", valueName: "NAME"))
  var labelColumn: String?

  /// The name where nothing else is said.
  static let usualName = "cluster"

  func validate() throws {
    guard let labelColumn else { return }
    if appendLabels == nil {
      throw ValidationError("--label-column \(labelColumn): expected --append-labels OUT")
    }
    if labelColumn.isEmpty { throw ValidationError("--label-column: expected a name") }
  }
}
