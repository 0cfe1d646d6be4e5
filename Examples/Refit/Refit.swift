// Fits beside a user interface: shows how it goes, and ends it when the user has seen enough.
import Clustering

@main
enum Refit {
  @MainActor
  static func main() async throws {
    // 5,000 points of a regular lattice: there is always something left to move.
    let rows = (0..<5_000).map { [Float($0 % 71), Float($0 % 83), Float($0 % 97)] }
    let model = try await refit(rows) { print("iteration \($0.number): \($0.moved) moved") }
    print("converged: \(model.converged), \(model.iterations) iterations")

    let task = Task { try await refit(rows) { _ in } }
    task.cancel()
    do {
      _ = try await task.value
      print("ended before it was cancelled")
    } catch ClusteringError.cancelled {
      print("cancelled")
    }
  }

  /// Fits on a thread of its own; a cancelled task ends the fit within a block.
  @MainActor
  static func refit(
    _ rows: [[Float]], show: (KMeans.Iteration) -> Void
  ) async throws -> KMeansModel<Float> {
    let points = try Matrix(rows)  // a matrix is taken wherever a view is
    let fit = KMeans(clusterCount: 32).fitting(points)  // iterations as they end, and a result
    for try await iteration in fit.iterations { show(iteration) }
    return try await fit.result.model
  }
}
