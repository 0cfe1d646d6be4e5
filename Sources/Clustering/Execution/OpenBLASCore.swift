internal import KMeansLinearAlgebra

/// How the kernels that OpenBLAS chose compare with the processor: an OpenBLAS that is older than
/// the processor takes those of an ancient one, and is several times slower than it need be.
package enum OpenBLASCore {
  /// The instruction set that the kernels of a core were written for; `nil` for a name that is not
  /// one of an x86-64 processor.
  ///
  /// - Parameter name: as `openblas_get_corename` has it.
  package static func instructionSet(of name: String) -> InstructionSet? {
    switch name.lowercased() {
    case "skylakex", "cooperlake", "sapphirerapids": .v4
    case "haswell", "zen", "excavator": .v3
    case "prescott", "core2", "penryn", "dunnington", "nehalem", "sandybridge", "atom", "nano",
      "opteron", "opteron(sse3)", "barcelona", "bobcat", "bulldozer", "piledriver", "steamroller":
      .baseline
    default: nil
    }
  }

  /// What to say where OpenBLAS chose kernels that are older than this processor; `nil` elsewhere.
  ///
  /// - Parameters:
  ///   - core: the name of its core.
  ///   - best: the instruction set of the processor.
  package static func problem(
    core: String? = OpenBLAS.coreName, best: InstructionSet = .best
  ) -> String? {
    guard let core, let chosen = instructionSet(of: core), chosen < min(best, .v4) else {
      return nil
    }
    let better = best >= .v4 ? "SkylakeX" : "Haswell"
    return "OpenBLAS took the kernels of \(core), older than this processor (\(best)): set "
      + "OPENBLAS_CORETYPE=\(better) where matrix products matter"
  }
}
