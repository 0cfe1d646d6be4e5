/// How the assignment step rules centroids out; the labels do not depend on it.
public enum Strategy: String, Sendable, Hashable, Codable, CaseIterable {
  /// The fastest for the work at hand.
  case auto
  /// Products by BLAS, then a scan of the tile of scores.
  case blas
  /// Products and the search for the smallest score in one kernel; scores never leave the registers.
  case fused

  /// What `auto` stands for.
  ///
  /// The crossovers are those of `kmeans-bench sweep` (docs/Performance.md): with AVX2 or AVX-512 the
  /// fused kernels were faster for every d and k, without them BLAS is, which has kernels for newer
  /// processors of its own.
  func resolved(_ instructionSet: InstructionSet) -> Strategy {
    guard self == .auto else { return self }
    return instructionSet == .baseline ? .blas : .fused
  }
}
