// What is said of an OpenBLAS that does not know the processor.
import Clustering
import Testing

@Suite struct OpenBLASCoreTests {
  @Test(arguments: [
    ("Prescott", InstructionSet.v4vnni, "SkylakeX"), ("Haswell", .v4, "SkylakeX"),
    ("Zen", .v4vnni, "SkylakeX"), ("Nehalem", .v3, "Haswell"), ("PRESCOTT", .v3, "Haswell"),
  ])
  func `kernels older than the processor are named`(
    core: String, best: InstructionSet, better: String
  ) {
    let problem = OpenBLASCore.problem(core: core, best: best)
    #expect(
      problem == "OpenBLAS took the kernels of \(core), older than this processor (\(best)): set "
        + "OPENBLAS_CORETYPE=\(better) where matrix products matter")
  }

  @Test(arguments: [
    ("SkylakeX", InstructionSet.v4vnni), ("Cooperlake", .v4vnni), ("SapphireRapids", .v4),
    ("Haswell", .v3), ("Zen", .v3), ("Prescott", .baseline), ("neoversen1", .baseline),
    ("something new", .v4vnni),
  ])
  func `kernels that fit, or that nobody knows, are not`(core: String, best: InstructionSet) {
    #expect(OpenBLASCore.problem(core: core, best: best) == nil)
  }
}
