import ArgumentParser
import Clustering

/// How a stream can be watched while it runs.
struct LiveOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Serve a page with the stream's charts, as batches come, at http://127.0.0.1:PORT/, with "
        + "/metrics for Prometheus and /model as JSON; 0 takes a port that is free, and prints it. "
        + "It stays when the input has ended, until SIGINT or SIGTERM.", valueName: "PORT"),
    transform: wholeNumber)
  var serve: Int?

  @Flag(
    help: """
      Draw sizes and inertia on the terminal as batches come, in place of their lines, where stderr \
      is one; elsewhere nothing is drawn and the lines stay. NO_COLOR leaves colours out.
      """)
  var plot = false

  /// The options that were given.
  var givenNames: [String] {
    [("--serve", serve != nil), ("--plot", plot)].filter(\.1).map(\.0)
  }

  func validate() throws {
    if let serve, !(0...65_535).contains(serve) {
      throw ValidationError("--serve \(serve): expected a port from 0 to 65535")
    }
  }
}
