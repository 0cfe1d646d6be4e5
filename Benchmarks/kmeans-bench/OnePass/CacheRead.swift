import Clustering
import KMeansCMachineLimits
import KMeansLinearAlgebra

/// How fast one thread reads the same memory again and again: what a scan of centroids can at best
/// reach.
enum CacheRead {
  /// Bytes a second, over a tenth of a second.
  ///
  /// - Parameter count: how many values are read in turn; what they fit into, a cache or memory, is
  ///   what is measured.
  static func bytesPerSecond<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, count: Int, _ isa: InstructionSet
  ) throws -> Double {
    let floats = count * MemoryLayout<Scalar>.stride / MemoryLayout<Float>.stride
    // A matrix, so that the memory is aligned and of huge pages as that of centroids is.
    let memory = try Matrix<Float>(rows: 1, columns: max(1, floats), repeating: 1)
    return memory.withRows { rows in
      let values = rows[0]
      var (passes, time, total) = (1, 0.0, Float(0))
      while true {
        time = seconds { for _ in 0..<passes { total += sum(values, memory.columns, isa) } }
        if time > 0.1 { break }
        passes *= 2
      }
      precondition(total > 0)
      return Double(passes * memory.columns * MemoryLayout<Float>.stride) / time
    }
  }

  @inline(never)
  private static func sum(
    _ values: UnsafePointer<Float>, _ count: Int, _ isa: InstructionSet
  ) -> Float {
    switch isa {
    case .v4, .v4vnni: kmeans_sum_v4(values, count)
    case .v3: kmeans_sum_v3(values, count)
    case .baseline: kmeans_sum_baseline(values, count)
    }
  }
}
