private import KMeansCProcessor

/// A level of the x86-64 instruction set that kernels are compiled for; other processors have the
/// baseline alone. Results are the same bits on all of them.
public enum InstructionSet: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// The instructions of every processor of the platform.
  case baseline
  /// AVX2 and FMA.
  case v3
  /// AVX-512 (F, BW, CD, DQ, VL).
  case v4
  /// The same and whole-number products of bytes (AVX-512 VNNI), which
  /// ``Execution/Strategy/filtered`` needs.
  case v4vnni

  /// The best that this processor has. Asked once.
  public static let best: InstructionSet =
    switch kmeans_x86_level() {
    case 5: .v4vnni
    case 4: .v4
    case 3: .v3
    default: .baseline
    }

  /// The instruction sets that this processor has.
  public static var available: [InstructionSet] { allCases.filter { $0 <= best } }

  /// The one with a name, or the best for an empty name, as programs read `KMEANS_ISA`.
  ///
  /// - Throws: ``ExecutionError/instructionSetUnknown(_:)`` or
  ///   ``ExecutionError/instructionSetMissing(_:best:)``.
  public static func named(_ name: String?) throws(ClusteringError) -> InstructionSet {
    guard let name, !name.isEmpty else { return .best }
    guard let wanted = InstructionSet(rawValue: name) else {
      throw .execution(.instructionSetUnknown(name))
    }
    guard wanted <= .best else { throw .execution(.instructionSetMissing(wanted, best: .best)) }
    return wanted
  }

  public static func < (left: InstructionSet, right: InstructionSet) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }
}
