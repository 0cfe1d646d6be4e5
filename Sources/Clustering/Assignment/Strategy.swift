/// How the assignment step rules centroids out; the labels do not depend on it.
public enum Strategy: String, Sendable, Hashable, Codable, CaseIterable {
  /// The fastest for the work at hand.
  case auto
  /// Products by BLAS, then a scan of the tile of scores.
  case blas
  /// Products and the search for the smallest score in one kernel; scores never leave the registers.
  case fused

  /// What is used where this is asked for: `auto` stands for another one.
  ///
  /// The crossovers are those of `kmeans-bench sweep` (docs/Performance.md): turning points into tiles costs
  /// more than copying them, which many columns and few centroids do not pay back. Where a program asks for
  /// the kernels of a processor older than its own, BLAS has newer ones.
  public func resolved(
    columns: Int, clusters: Int, on instructionSet: InstructionSet = .best
  ) -> Strategy {
    guard self == .auto else { return self }
    if instructionSet == .baseline, InstructionSet.best > .baseline { return .blas }
    return columns < 64 || clusters >= 64 ? .fused : .blas
  }
}
