// Fits that go on beside other tasks.
import Clustering
import Testing

@Suite("A fit beside other tasks") struct FittingTests {
  private let points = TestData.noise.points(5000, 8, seed: 1, of: Float.self)

  private var kmeans: KMeans {
    var kmeans = KMeans(clusterCount: 20, seed: 1)
    kmeans.tolerance = 0
    return kmeans
  }

  /// Parameters of a fit that takes minutes. One thread: helpers share those of tasks on Linux.
  private var endless: KMeans {
    var kmeans = KMeans(clusterCount: 2000, seed: 1)
    kmeans.tolerance = 0
    kmeans.maxIterations = 1_000_000
    kmeans.runs = 100_000
    kmeans.execution.threads = 1
    return kmeans
  }

  @Test(.timeLimit(.minutes(10)))
  func `has the bits of a fit that is waited for`() async throws {
    let weights = (0..<points.rows).map { Double($0 % 3) }
    let expected = try kmeans.fit(points, weights: weights.span) { _ in }
    let fitting = kmeans.fitting(points, weights: weights)
    var iterations: [KMeans.Iteration] = []
    for try await iteration in fitting.iterations { iterations.append(iteration) }
    let fit = try await fitting.result
    #expect(fit.model == expected.model && fit.labels == expected.labels)
    #expect(iterations == expected.history)

    // Asked for late, or not at all.
    let again = kmeans.fitting(points, from: expected.model.centroids)
    let found = try await again.result
    #expect(found.model == (try kmeans.fit(points, from: expected.model.centroids).model))
    var numbers: [Int] = []
    for try await iteration in again.iterations { numbers.append(iteration.number) }
    #expect(numbers == found.history.map(\.number))
    #expect(try await KMeans(clusterCount: 1).fitting(points).result.model.clusterCount == 1)
  }

  @Test(.timeLimit(.minutes(10)))
  func `throws what a fit throws`() async throws {
    let few = try Matrix<Double>([[1], [2]])
    let error = ClusteringError.tooManyClusters(clusters: 20, points: 2)
    let fitting = kmeans.fitting(few)
    await #expect(throws: error) { for try await _ in fitting.iterations {} }
    await #expect(throws: error) { try await fitting.result }
    do throws(ClusteringError) { _ = try await fitting.result } catch {
      #expect(error.kind == .data)
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `ends when it is cancelled`() async throws {
    let fitting = endless.fitting(points)
    for try await iteration in fitting.iterations {
      #expect(iteration.number == 1)
      // The loop ends, the fit goes on.
      break
    }
    fitting.cancel()
    await #expect(throws: ClusteringError.cancelled) { try await fitting.result }
  }

  @Test(.timeLimit(.minutes(10)))
  func `goes on when a loop over its iterations is left`() async throws {
    let fitting = kmeans.fitting(points)
    for try await _ in fitting.iterations { break }
    #expect(try await fitting.result.model == kmeans.fit(points).model)
  }

  @Test(.timeLimit(.minutes(10)))
  func `ends when a task that awaits it is cancelled`() async throws {
    let fitting = endless.fitting(points)
    let waiting = Task { try await fitting.result }
    for try await _ in fitting.iterations { break }
    waiting.cancel()
    await #expect(throws: ClusteringError.cancelled) { try await waiting.value }

    let other = endless.fitting(points)
    let looping = Task { for try await _ in other.iterations { cancelThisTask() } }
    _ = try await looping.value
    await #expect(throws: ClusteringError.cancelled) { try await other.result }
  }

  @Test(.timeLimit(.minutes(10)))
  func `leaves the threads of tasks alone`() async throws {
    // More fits than the processor has threads: other tasks come to their turn.
    let fittings = (0..<2 * Execution().threadCount + 2).map { _ in endless.fitting(points) }
    for number in 0..<100 {
      let doubled = await Task.detached { 2 * number }.value
      #expect(doubled == 2 * number)
    }
    for fitting in fittings { fitting.cancel() }
    for fitting in fittings {
      await #expect(throws: ClusteringError.cancelled) { try await fitting.result }
    }
  }

  /// As a program with a window writes it.
  @MainActor private func refit(
    _ rows: [[Float]], show: @escaping (KMeans.Iteration) -> Void
  ) async throws -> KMeansModel<Float> {
    let points = try Matrix(rows)
    let fit = KMeans(clusterCount: 32).fitting(points)
    for try await iteration in fit.iterations { show(iteration) }
    return try await fit.result.model
  }

  @MainActor @Test(.timeLimit(.minutes(10)))
  func `is begun and shown by the main actor`() async throws {
    let rows = points.rowArrays
    var shown: [Int] = []
    let model = try await refit(rows) { shown.append($0.number) }
    #expect(shown == Array(1...model.iterations))
  }
}
