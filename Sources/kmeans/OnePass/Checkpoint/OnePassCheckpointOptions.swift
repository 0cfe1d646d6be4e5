import ArgumentParser

/// Where and how often a sketch in the making is kept.
struct OnePassCheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the sketch in the making in this file, to go on from it by --resume; the one before "
        + "stays as FILE.previous. Of several files, those that were read to their end.",
      valueName: "FILE"), completion: .file())
  var checkpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Write the checkpoint after about so many rows, and at the end of the pass. (default: 1000000)",
      valueName: "N"),
    transform: wholeNumber)
  var checkpointEvery: Int?

  @Flag(
    help: """
      Go on from the checkpoint, as if the pass had never been stopped. Without such a file it begins \
      anew.
      """)
  var resume = false

  /// About how many rows lie between two checkpoints.
  var every: Int { checkpointEvery ?? 1_000_000 }

  func validate() throws {
    if checkpoint == nil, checkpointEvery != nil || resume {
      let name = resume ? "--resume" : "--checkpoint-every"
      throw ValidationError("\(name): expected --checkpoint FILE")
    }
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError("--checkpoint-every \(checkpointEvery): expected at least 1")
    }
  }
}
