import ArgumentParser

/// Where and how often a stream keeps its state.
struct StreamCheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the whole state in this file, to go on from it by --resume; the one before stays as "
        + "FILE.previous.", valueName: "FILE"), completion: .file())
  var checkpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Write the checkpoint after so many batches, and at the end. (default: 100)", valueName: "N"),
    transform: wholeNumber)
  var checkpointEvery: Int?

  @Flag(
    help: """
      Go on from the checkpoint, as if the stream had never been stopped: outputs that grew behind \
      it are cut back. Without such a file the stream begins anew.
      """)
  var resume = false

  /// How many batches lie between two checkpoints.
  var every: Int { checkpointEvery ?? 100 }

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
