import Clustering
import Dispatch
import KMeansCMachineLimits

/// The rate of multiply-adds in registers alone: what no kernel can exceed.
enum MultiplyAddLimit {
  /// GFLOP/s of some threads together: two operations a multiply-add.
  static func gigaflops<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, _ isa: InstructionSet, threads: Int
  ) -> Double {
    let steps = 2_000_000
    let time = median(of: 3) {
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        precondition(chains(type, isa, steps) > 0)
      }
    }
    return 2 * 12 * Double(lanes(type, isa)) * Double(steps) * Double(threads) / time / 1e9
  }

  private static func lanes<Scalar>(_ type: Scalar.Type, _ isa: InstructionSet) -> Int {
    let bytes =
      switch isa {
      case .v4, .v4vnni: 64
      case .v3: 32
      case .baseline: 16
      }
    return bytes / MemoryLayout<Scalar>.stride
  }

  @inline(never)
  private static func chains<Scalar>(
    _ type: Scalar.Type, _ isa: InstructionSet, _ steps: Int
  ) -> Double {
    let isFloat = type == Float.self
    return switch isa {
    case .v4, .v4vnni:
      isFloat
        ? Double(kmeans_multiply_adds_float_v4(steps, 0.25))
        : kmeans_multiply_adds_double_v4(steps, 0.25)
    case .v3:
      isFloat
        ? Double(kmeans_multiply_adds_float_v3(steps, 0.25))
        : kmeans_multiply_adds_double_v3(steps, 0.25)
    case .baseline:
      isFloat
        ? Double(kmeans_multiply_adds_float_baseline(steps, 0.25))
        : kmeans_multiply_adds_double_baseline(steps, 0.25)
    }
  }
}
