// kmeans-bench: measures the library on a file or on synthetic points, beside the rate of a bare
// GEMM in the same run.
import ArgumentParser

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kmeans-bench",
    abstract: "Measures k-means: medians of interleaved repetitions, with the machine beside them.",
    discussion: """
      Every figure is a median over the repetitions. The GEMM rate of the same run is the best of \
      OpenBLAS with its own threads in a fresh process and of one-thread calls on blocks of rows.
      """,
    subcommands: [
      AssignBench.self, SweepBench.self, FitBench.self, SeedBench.self, StreamBench.self,
      DriftBench.self, KeyedBench.self, SparseBench.self,
      OnePassBench.self, SearchersBench.self, DistancesBench.self, QualityBench.self,
      ReadBench.self, GEMMChild.self,
    ])
}
