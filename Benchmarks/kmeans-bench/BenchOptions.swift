public import ArgumentParser
public import Clustering
import KMeansLinearAlgebra
import VectorIO

/// What all benchmarks share.
struct BenchOptions: ParsableArguments {
  @Option(help: "Points to read: any file that kmeans reads.")
  var data: String?

  @Option(help: ArgumentHelp("Points to draw from a normal distribution.", valueName: "N,D"))
  var synthetic: String?

  @Option(name: .short, help: "The number of clusters.")
  var k: Int

  @Option(help: ArgumentHelp("Initial centroids: a file of k rows.", valueName: "FILE"))
  var start: String?

  @Option(help: "float or double; the type of the data otherwise, float for synthetic points.")
  var precision: BenchPrecision?

  @Option(help: "auto, blas, fused or filtered.")
  var strategy = Execution.Strategy.auto

  @Option(help: "Threads; what the process may use otherwise.")
  var threads: Int?

  @Option(help: "Repetitions; the median counts.")
  var repetitions = 5

  @Option(help: "Decides the synthetic points and the rows to start from.")
  var seed: UInt64 = 0

  @Flag(help: "Leave out the bare product of the same shape.")
  var withoutProduct = false

  @Flag(help: "One JSON object on stdout.")
  var json = false

  func validate() throws {
    guard (data == nil) != (synthetic == nil) else {
      throw ValidationError("give --data FILE or --synthetic N,D")
    }
    guard k > 0 else { throw ValidationError("-k \(k): expected at least 1") }
    guard repetitions > 0 else { throw ValidationError("--repetitions: expected at least 1") }
    if let threads, threads < 1 { throw ValidationError("--threads: expected at least 1") }
    if synthetic != nil, syntheticShape == nil {
      throw ValidationError("--synthetic \(synthetic!): expected N,D, say 100000,384")
    }
  }

  /// - Throws: where this processor, or the instruction set that is asked for, lacks what the
  ///   strategy needs.
  func instructionSet() throws -> InstructionSet {
    let isa = try InstructionSet.fromEnvironment()
    try Execution(strategy: strategy, instructionSet: isa).validate()
    return isa
  }

  /// Where and how it runs.
  func execution(_ isa: InstructionSet) -> Execution {
    Execution(threads: threadCount, strategy: strategy, instructionSet: isa)
  }

  var threadCount: Int { AvailableThreads.count(threads) }

  var syntheticShape: (rows: Int, columns: Int)? {
    let parts = (synthetic ?? "").split(separator: ",").compactMap { Int($0) }
    guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { return nil }
    return (parts[0], parts[1])
  }
}

enum BenchPrecision: String, ExpressibleByArgument, CaseIterable {
  case float, double
}

extension Execution.Strategy: ExpressibleByArgument {}

extension BenchOptions {
  /// The precision that is asked for, else that of the file, else float.
  func resolvedPrecision() throws -> BenchPrecision {
    if let precision { return precision }
    guard let data else { return .float }
    return try OpenedVectorFile(data).info.precision == .float ? .float : .double
  }
}
