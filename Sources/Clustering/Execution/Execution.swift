/// Where and how work runs: what changes the speed and never a result.
///
/// ```swift
/// var kmeans = KMeans(clusterCount: 16, seed: 7)
/// kmeans.execution.threads = 4
/// ```
public struct Execution: Sendable, Hashable, Codable {
  /// The number of threads; `nil` for what `OMP_NUM_THREADS` says, or what the process may use.
  public var threads: Int?
  /// How centroids are ruled out.
  public var strategy: Strategy
  /// The instruction set of the kernels; `nil` for the best that the processor has.
  public var instructionSet: InstructionSet?

  public init(
    threads: Int? = nil, strategy: Strategy = .auto, instructionSet: InstructionSet? = nil
  ) {
    self.threads = threads
    self.strategy = strategy
    self.instructionSet = instructionSet
  }

  /// Checks that the machine has what is asked for.
  ///
  /// - Throws: ``ClusteringError/threadsNotPositive(_:)`` or an ``ExecutionError``.
  public func validate() throws(ClusteringError) {
    if let threads, threads < 1 { throw .threadsNotPositive(threads) }
    if let instructionSet, instructionSet > .best {
      throw .execution(.instructionSetMissing(instructionSet, best: .best))
    }
    guard strategy.isAvailable(on: kernels) else {
      throw .execution(.strategyMissing(strategy, kernels))
    }
  }

  /// How many threads there are.
  package var threadCount: Int { AvailableThreads.count(threads) }
  /// The instruction set of the kernels.
  package var kernels: InstructionSet { instructionSet ?? .best }
}
