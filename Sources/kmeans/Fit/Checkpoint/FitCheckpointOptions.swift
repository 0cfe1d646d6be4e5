import ArgumentParser

/// Where and how often a fit keeps its state.
struct FitCheckpointOptions: ParsableArguments {
  /// How much lies between two checkpoints.
  enum Pace: Equatable {
    case iterations(Int)
    case seconds(Double)
  }

  @Option(
    help: ArgumentHelp(
      "Keep the state of the fit in this file, to go on from it by --resume; the one before stays "
        + "as FILE.previous.", valueName: "FILE"), completion: .file())
  var checkpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Write the checkpoint after so many iterations, or after a time such as 30s or 5m, and at the "
        + "end of each run. (default: 1m)", valueName: "N|TIME"),
    transform: pace)
  var checkpointEvery: Pace?

  @Flag(
    help: """
      Go on from the checkpoint, as if the fit had never been stopped. Without such a file it begins \
      anew.
      """)
  var resume = false

  var every: Pace { checkpointEvery ?? .seconds(60) }

  func validate() throws {
    if checkpoint == nil, checkpointEvery != nil || resume {
      let name = resume ? "--resume" : "--checkpoint-every"
      throw ValidationError("\(name): expected --checkpoint FILE")
    }
  }
}

/// A number of iterations, or a time.
private func pace(_ text: String) throws -> FitCheckpointOptions.Pace {
  if let number = Int(text), number >= 1 { return .iterations(number) }
  if let seconds = TimeUnits.seconds(text) { return .seconds(seconds) }
  throw ValidationError("expected a number of iterations from 1, or a time such as 30s or 5m")
}
