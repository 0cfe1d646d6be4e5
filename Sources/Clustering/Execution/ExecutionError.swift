/// A feature that was asked for and that the machine does not have.
public enum ExecutionError: SpecificError {
  /// This processor does not have the instruction set that was asked for.
  case instructionSetMissing(InstructionSet, best: InstructionSet)
  /// The instruction set lacks instructions that a strategy needs.
  case strategyMissing(Strategy, InstructionSet)
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
