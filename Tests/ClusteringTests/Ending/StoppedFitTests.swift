// Fits that their caller ends.
import Clustering
import Testing

@Suite("A fit that its caller ends") struct StoppedFitTests {
  /// Points that take many iterations, by each way in which a run remembers them.
  private func kmeans(_ strategy: Execution.Strategy) -> KMeans {
    var kmeans = KMeans(clusterCount: 24, seed: 3)
    kmeans.tolerance = 0
    kmeans.execution.strategy = strategy
    return kmeans
  }

  @Test(arguments: Execution.Strategy.working, [1, 30])
  func `is the fit of as many iterations`(strategy: Execution.Strategy, columns: Int) throws {
    try check(Float.self)
    try check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = TestData.noise.points(4000, columns, seed: 1, of: type)
      let kmeans = self.kmeans(strategy)
      for last in [1, 2, 5] {
        var numbers: [Int] = []
        let stopped = try kmeans.fit(
          points,
          while: {
            numbers.append($0.number)
            return $0.number < last
          })
        var few = kmeans
        few.maxIterations = last
        let expected = try few.fit(points) { _ in }
        #expect(numbers == Array(1...last))
        #expect(stopped.model == expected.model && !stopped.model.converged)
        #expect(stopped.labels == expected.labels && stopped.history == expected.history)
        #expect(try stopped.model.assign(points) == stopped.labels)
        #expect(try stopped.model.score(points) == -stopped.model.inertia)
      }
    }
  }

  @Test func `a closure says whether to go on, or nothing where it has no label`() throws {
    let points = TestData.noise.points(2000, 3, seed: 1, of: Float.self)
    let kmeans = self.kmeans(.auto)
    var seen = 0
    let whole = try kmeans.fit(points.view) { iteration in
      seen += 1
      #expect(iteration.number == seen)
    }
    #expect(whole.history.count == seen && seen > 4)
    let one = try kmeans.fit(
      points.view,
      while: { iteration in
        seen -= 1
        return iteration.number < 3
      })
    #expect(one.history == Array(whole.history.prefix(3)))
    #expect(try kmeans.fit(points, while: { $0.number < 2 }).history.count == 2)
    let all = try kmeans.fit(points, while: { _ in true })
    #expect(all.model == whole.model && all.labels == whole.labels)
  }

  @Test func `begins no other run`() throws {
    let points = TestData.noise.points(2000, 3, seed: 1, of: Float.self)
    var kmeans = self.kmeans(.auto)
    kmeans.runs = 4
    var iterations: [Int] = []
    let fit = try kmeans.fit(
      points,
      while: {
        iterations.append($0.number)
        return iterations.count(where: { $0 == 1 }) < 2
      })
    // The first run came to its end, and of the second there was one iteration.
    #expect(iterations.count(where: { $0 == 1 }) == 2 && iterations.last == 1)
    kmeans.runs = 1
    let first = try kmeans.fit(points)
    #expect(fit.model.inertia <= first.model.inertia && fit.run <= 1)
    #expect(fit.run == 1 || fit.model == first.model)
  }

  @Test func `the same for points that are read again`() throws {
    let points = TestData.noise.points(3000, 3, seed: 1, of: Double.self)
    var source = MatrixSource(points)
    let stopped = try kmeans(.auto).fit(rereading: &source, while: { $0.number < 4 })
    #expect(stopped == (try kmeans(.auto).fit(points, while: { $0.number < 4 }).model))
    #expect(stopped.iterations == 4)
  }
}
