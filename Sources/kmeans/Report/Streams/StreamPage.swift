import ArgumentParser
import KMeansReports

/// What a report of a stream is of.
struct StreamReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The trace of a stream: 'kmeans stream --trace'.", valueName: "T.jsonl"),
    completion: .file())
  var trace: String?

  var isAskedFor: Bool { trace != nil }
  var filesRead: [String?] { [trace] }
}

/// The report of a stream.
struct StreamPage: ReportKind {
  init?(_ command: ReportCommand) throws {
    guard command.streams.isAskedFor else { return nil }
    throw Failure.usage("--trace: there are no reports of streams yet")
  }

  func made() throws -> (page: Page, facts: ReportFacts) {
    (Page("", subtitle: ""), ReportFacts("stream"))
  }
}
