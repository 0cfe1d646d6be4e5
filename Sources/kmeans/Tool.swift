// kmeans: k-means on files and streams.
import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra

@main
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kmeans",
    abstract: "Exact k-means on files: npy, npz, csv, fvecs, idx and others, and gzip of them.",
    discussion: """
      Exit status: 0, 64 for a wrong command line, 65 for bad data, 70 where --verify found a \
      difference, 74 for input, output and want of memory, 129, 130 and 143 where stopped by SIGHUP, SIGINT \
      and SIGTERM. Whatever happens, no output is left half-written.
      """,
    version: "kmeans \(LibraryVersion.text), \(kernels) kernels, \(openBLAS)",
    subcommands: [
      FitCommand.self, AssignCommand.self, StreamCommand.self, OnePassCommand.self,
      SketchCommand.self,
      EvaluateCommand.self, DescribeCommand.self, ElbowCommand.self, ReportCommand.self,
      ConvertCommand.self, InfoCommand.self, ResplitCommand.self, GenerateCommand.self,
      QualClusterCommand.self, MahoutKMeansCommand.self, SeqDumperCommand.self,
      VectorDumpCommand.self,
    ])

  /// The instruction set of the kernels that commands use; they refuse an unknown name.
  private static var kernels: InstructionSet {
    (try? .named(ProcessInfo.processInfo.environment["KMEANS_ISA"])) ?? .best
  }

  /// The version, and the core that was chosen for this processor; the rest are options of its
  /// build.
  private static var openBLAS: String {
    // It is loaded for this, and takes as long for that as all the rest of a start.
    guard CommandLine.arguments.contains("--version") else { return "" }
    guard let configuration = OpenBLAS.configuration, let core = OpenBLAS.coreName else {
      return "without OpenBLAS"
    }
    let version = configuration.split(separator: " ").prefix(2).joined(separator: " ")
    let problem = OpenBLASCore.problem().map {
      "\nnote: \($0); kmeans itself needs none unless "
        + "--strategy blas asks for it"
    }
    return "\(version) with \(core) kernels" + (problem ?? "")
  }

  /// The command of the words on the command line.
  ///
  /// - Throws: the fault of these words; and first of all, where that, or help, would be printed
  ///   into a file that is among them, or the output of a command into one that it reads.
  private static func parsed() throws -> any ParsableCommand {
    let parsed = Result { try parseAsRoot(Arguments.all) }
    if case .success(let command as any ReadingCommand) = parsed {
      try Redirections.check(command.filesRead)
    } else {
      try Redirections.check(Arguments.possibleFiles, called: "")
    }
    // Help on a word that is no command would be that of the tool.
    if case .success = parsed, let line = CommandSuggestion.line(ofHelp: Arguments.all) {
      throw Failure.usage("\(line) See 'kmeans --help'")
    }
    return try parsed.get()
  }

  static func main() {
    do {
      try Descriptors.prepare()
      try Exhaustion.prepare()
      try Interruption.install()
      ClosedReader.ignoreSignal()
      var command = try parsed()
      if let computing = command as? any ComputingCommand { try computing.common.checkMachine() }
      try command.run()
      // All is written. OpenBLAS would wait here for its threads, and they may wait for memory.
      _exit(0)
    } catch {
      Failure(error, of: Tool.self).exit()
    }
  }
}
