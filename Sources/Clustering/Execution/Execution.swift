/// The threads, strategy and kernels of a run: they change the speed and never a result.
///
/// ```swift
/// var kmeans = KMeans(clusterCount: 16, seed: 7)
/// kmeans.execution.threads = 4
/// ```
public struct Execution: Sendable, Hashable, Codable {
  /// The number of threads; `nil` for that of `OMP_NUM_THREADS`, or as many as the process may use.
  public var threads: Int?
  /// The way in which centroids are ruled out.
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

  /// Checks that the machine has these kernels, and that the number of threads is positive.
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

  /// The number of threads.
  package var threadCount: Int { AvailableThreads.count(threads) }
  /// The instruction set of the kernels.
  package var kernels: InstructionSet { instructionSet ?? .best }
}
