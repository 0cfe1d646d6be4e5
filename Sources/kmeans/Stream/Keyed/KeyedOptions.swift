import ArgumentParser
import Clustering

/// One small model for each key, in place of one for all points.
struct KeyedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model of -k clusters for each text in this column, which learns nothing but its rows.",
      valueName: "COLUMN"))
  var keyModels: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many models are in memory; those that were not used for longest go to --models-dir and "
        + "come back. (default: all)", valueName: "N"), transform: wholeNumber)
  var maxModels: Int?

  @Option(
    help: ArgumentHelp(
      "The folder of the models: those that are there go on, and all are written there at the end, "
        + "one file for each key.", valueName: "DIR"), completion: .directory)
  var modelsDir: String?

  func validate() throws {
    if keyModels == nil {
      let names = [("--max-models", maxModels != nil), ("--models-dir", modelsDir != nil)]
      if let name = names.first(where: \.1)?.0 {
        throw ValidationError("\(name): expected --key-models COLUMN")
      }
    }
    if modelsDir == "" {
      throw ValidationError("--models-dir '': expected the name of a folder, which may be new")
    }
    if let maxModels, maxModels < 1 {
      throw ValidationError("--max-models \(maxModels): expected at least 1")
    }
    if maxModels != nil, modelsDir == nil {
      throw ValidationError("--max-models: expected --models-dir DIR for the others")
    }
  }
}
