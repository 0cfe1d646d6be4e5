import ArgumentParser
import KMeansScenes
import VectorIO

/// Where the rows of a scene go, and what is written of them.
struct GenerateOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file of all rows, in the format of its extension; the standard output (-) otherwise.",
      valueName: "FILE"), completion: .file())
  var out: String?

  @Option(
    help: ArgumentHelp(
      "A new or empty folder, for a file of each batch: batch-01.csv and so on.", valueName: "DIR"),
    completion: .directory)
  var outDir: String?

  @Option(help: ArgumentHelp("The format, whatever the name.", valueName: "FORMAT"))
  var to: VectorFormat?

  @Option(help: "float or double. (default: double)")
  var precision: Precision?

  @Option(
    help: ArgumentHelp(
      "Write a line of JSON for each batch: where the clusters are, and what happens.",
      valueName: "OUT.jsonl"), completion: .file())
  var truth: String?

  @Option(
    help: ArgumentHelp(
      "Write the id of the cluster of each row: .npy or .csv.", valueName: "OUT"),
    completion: .file())
  var labels: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Wait so long between batches, as a stream that is alive: 500ms, 2s.", valueName: "TIME"),
    transform: duration)
  var interval: Duration?

  @OptionGroup var clobber: ClobberOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if let out, let outDir {
      throw ValidationError("--out \(out) and --out-dir \(outDir): expected one of them")
    }
    if let outDir, outDir.isEmpty || outDir == "-" {
      throw ValidationError("--out-dir '\(outDir)': expected the name of a folder")
    }
    if let out, out != "-", interval != nil {
      throw ValidationError(
        "--interval: the file \(out) appears whole at the end: expected --out-dir, or the standard "
          + "output")
    }
  }
}
