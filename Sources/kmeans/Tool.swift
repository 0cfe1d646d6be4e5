// kmeans: k-means on files and streams.
import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra

@main
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kmeans",
    abstract: "Exact k-means on files: npy, csv, tsv, raw floats, and gzip of any of them.",
    discussion: """
      Exit status: 0, 64 for a wrong command line, 65 for bad data, 70 where --verify found a \
      difference, 74 for input and output, 130 and 143 where interrupted. Whatever happens, no \
      output is left half-written.
      """,
    version: "kmeans 0.1.0, \(InstructionSet.best) kernels, \(OpenBLAS.configuration)",
    subcommands: [FitCommand.self, AssignCommand.self, InfoCommand.self])

  static func main() {
    OpenBLAS.restartWithBetterCore(hasAVX512: InstructionSet.best == .v4)
    Interruption.install()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Failure(error, of: Tool.self).exit()
    }
  }
}
