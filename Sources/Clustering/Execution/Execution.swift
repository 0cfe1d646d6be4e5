internal import KMeansLinearAlgebra

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
  public var strategy: Execution.Strategy
  /// The instruction set of the kernels; `nil` for the best that the processor has.
  public var instructionSet: InstructionSet?

  public init(
    threads: Int? = nil, strategy: Execution.Strategy = .auto, instructionSet: InstructionSet? = nil
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
    if strategy == .blas, !OpenBLAS.isAvailable { throw .execution(.openBLASMissing) }
  }

  /// The number of threads.
  package var threadCount: Int { AvailableThreads.count(threads) }
  /// The instruction set of the kernels.
  package var kernels: InstructionSet { instructionSet ?? .best }
}

/// A feature that was asked for and that the machine does not have.
public enum ExecutionError: SpecificError {
  /// This processor does not have the instruction set that was asked for.
  case instructionSetMissing(InstructionSet, best: InstructionSet)
  /// The instruction set lacks instructions that a strategy needs.
  case strategyMissing(Execution.Strategy, InstructionSet)
  /// The system has no OpenBLAS, which the strategy ``Execution/Strategy/blas`` needs.
  case openBLASMissing
  /// There is no instruction set of that name.
  case instructionSetUnknown(String)

  public var kind: ClusteringError.Kind { .parameter }

  public var description: String {
    switch self {
    case .instructionSetMissing(let wanted, let best):
      "this processor lacks \(wanted), the best it has is \(best)"
    case .strategyMissing(let strategy, let instructionSet):
      "\(instructionSet) lacks products of bytes, which the strategy \(strategy) needs, expected "
        + "\(InstructionSet.v4vnni) or another strategy"
    case .openBLASMissing:
      "the strategy \(Execution.Strategy.blas) needs OpenBLAS, which could not be loaded: "
        + "\(OpenBLAS.howToInstall); or another strategy"
    case .instructionSetUnknown(let name):
      "there is no instruction set '\(name)', expected "
        + InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }
}

extension ClusteringError {
  /// A feature that the machine does not have.
  public static func execution(_ error: ExecutionError) -> ClusteringError {
    .specific(Specific(error))
  }
}
