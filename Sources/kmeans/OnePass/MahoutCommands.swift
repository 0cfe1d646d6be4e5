import ArgumentParser

/// Commands of Mahout that its users look for here: not listed, each names its replacement.
protocol MahoutCommand: ParsableCommand {
  static var answer: String { get }
  var ignored: [String] { get }
}

extension MahoutCommand {
  func run() throws {
    throw Failure.usage("\(Self.configuration.commandName ?? ""): \(Self.answer)")
  }

  static func named(_ name: String) -> CommandConfiguration {
    CommandConfiguration(commandName: name, shouldDisplay: false)
  }
}

/// mahout qualcluster.
struct QualClusterCommand: MahoutCommand {
  static let configuration = named("qualcluster")
  static let answer =
    "expected 'kmeans evaluate INPUT --centroids FILE', which measures how good clusters are"
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}

/// mahout resplit.
struct ResplitCommand: MahoutCommand {
  static let configuration = named("resplit")
  static let answer =
    "not needed: 'kmeans onepass' reads one file of any size, in one process"
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}
