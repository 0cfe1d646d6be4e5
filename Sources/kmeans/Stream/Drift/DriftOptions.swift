import ArgumentParser
import Clustering

/// Whether a stream watches its own drift, and what happens when it does drift.
struct DriftOptions: ParsableArguments {
  @Flag(
    help: """
      Watch whether the points are still what they were: the speed of the centroids, the shares of \
      the clusters and the inertia, told in the trace and the metrics; a note for each alarm.
      """)
  var drift = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many standard deviations of a figure are no change; implies --drift. (default: 1)",
      valueName: "D"), transform: number)
  var driftDelta: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The threshold of an alarm, in standard deviations that add up; implies --drift. (default: "
        + "\(Int(DriftParameters().lambda)))", valueName: "L"),
    transform: number)
  var driftLambda: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many batches say what is usual, before which there is no alarm; implies --drift. "
        + "(default: 30)", valueName: "N"), transform: wholeNumber)
  var driftBatches: Int?

  @Option(
    help: ArgumentHelp(
      "A command that the shell runs for each alarm, with the event as one JSON object on its "
        + "standard input; one at a time, and nothing waits for it; implies --drift.",
      valueName: "COMMAND"))
  var alarmCommand: String?

  /// The options that were given.
  var givenNames: [String] {
    [
      ("--drift", drift), ("--drift-delta", driftDelta != nil),
      ("--drift-lambda", driftLambda != nil), ("--drift-batches", driftBatches != nil),
      ("--alarm-command", alarmCommand != nil),
    ].filter(\.1).map(\.0)
  }

  /// The parameters of the alarms; `nil` where drift is not watched.
  var parameters: DriftParameters? {
    if givenNames.isEmpty { return nil }
    var parameters = DriftParameters()
    parameters.delta = driftDelta ?? parameters.delta
    parameters.lambda = driftLambda ?? parameters.lambda
    parameters.minimumBatches = driftBatches ?? parameters.minimumBatches
    return parameters
  }

  func validate() throws {
    if let alarmCommand, alarmCommand.allSatisfy(\.isWhitespace) {
      throw ValidationError("--alarm-command: expected a command, it is empty")
    }
  }
}
