public import ArgumentParser
public import Clustering
import Foundation
import KMeansFiles

/// The options that all computing commands share.
struct RunOptions: ParsableArguments {
  @OptionGroup(title: "Output") private var messages: MessageOptions
  @OptionGroup(title: "Speed") private var speed: SpeedOptions

  var json: Bool { messages.json }
  var quiet: Bool { messages.quiet }
  private var threads: Int? { speed.threads }

  /// The same, without any note.
  var silenced: RunOptions {
    var silenced = self
    silenced.messages.quiet = true
    return silenced
  }

  /// Notes variables of the environment that are ignored, and refuses to begin without the memory
  /// to compute with.
  func checkMachine() throws {
    if threads == nil, let problem = AvailableThreads.problem { note(problem) }
    try AddressSpace.check(threads: threadCount)
  }

  var threadCount: Int { AvailableThreads.count(threads) }

  /// The threads and kernels, with the instruction set that `KMEANS_ISA` names, or the best.
  ///
  /// - Throws: ``ClusteringError`` where the machine lacks a part of it.
  func execution() throws(ClusteringError) -> Execution {
    let execution = Execution(
      threads: threadCount, strategy: speed.strategy,
      instructionSet: try .named(ProcessInfo.processInfo.environment["KMEANS_ISA"]))
    try execution.validate()
    return execution
  }

  /// Prints a remark on stderr, unless `--quiet` is given.
  func note(_ line: String) {
    if !quiet { Streams.say(visible(line)) }
  }

  /// Prints the result of a command that is a text for people, unless it is JSON. `--quiet` drops
  /// what is said beside results, and no result.
  func printResult(_ lines: [String]) throws {
    if !json { try Streams.print(lines.map(visible)) }
  }

  /// Prints lines for people on stdout, or on stderr where stdout is for data.
  ///
  /// - Parameter besideFiles: whether the results go to files, so that no result is lost where
  ///   stdout is closed.
  func summary(_ lines: [String], stdoutIsTaken: Bool = false, besideFiles: Bool = false) throws {
    if quiet || json { return }
    if besideFiles, !stdoutIsTaken, StandardStreams.isClosed(STDOUT_FILENO) { return }
    if stdoutIsTaken { lines.forEach(note) } else { try Streams.print(lines.map(visible)) }
  }
}

/// What is said beside the results.
struct MessageOptions: ParsableArguments {
  @Flag(help: "One JSON object on stdout, nothing else.")
  var json = false

  @Flag(
    help: """
      No progress, no notes, and no summary of a run; results that go to stdout are printed all the \
      same.
      """)
  var quiet = false
}

/// How a command computes.
struct SpeedOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Threads; OMP_NUM_THREADS or what the process may use otherwise.", valueName: "N"),
    transform: wholeNumber)
  var threads: Int?

  @Option(
    help: """
      How centroids are ruled out: auto, blas, fused, filtered or inverted. Changes the speed, never \
      the result.
      """)
  var strategy = Execution.Strategy.auto

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads \(threads): expected at least 1")
    }
    if let threads, threads > AvailableThreads.most {
      throw ValidationError("--threads \(threads): expected at most \(AvailableThreads.most)")
    }
  }
}

extension Execution.Strategy: ExpressibleByArgument {}
