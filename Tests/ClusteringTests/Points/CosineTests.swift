// Spherical k-means: rows and centroids of length 1.
import Clustering
import Testing

@Suite struct CosineTests {
  private func normalized(_ row: [Double]) -> [Double] {
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return row.map { $0 / length }
  }

  private func cosine(_ a: [Double], _ b: [Double]) -> Double {
    zip(normalized(a), normalized(b)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func directions(_ rows: Int, _ columns: Int, seed: UInt64) -> [[Double]] {
    var random = TestRandom(seed)
    return (0..<rows).map { row in
      let length = Double.random(in: 0.001...1000, using: &random)
      return (0..<columns).map { column in
        length * (random.bell() + (column == row % 5 ? 4 : 0))
      }
    }
  }

  private func kmeans(_ k: Int) -> KMeans {
    var kmeans = KMeans(clusterCount: k, seed: 5)
    kmeans.distance = .cosine
    kmeans.tolerance = 0
    kmeans.recordsInertia = true
    return kmeans
  }

  @Test func `labels are those of the largest cosine and centroids mean directions`() throws {
    let rows = directions(2500, 9, seed: 1)
    let points = try Matrix<Double>(rows)
    let fit = try kmeans(5).fit(points.view)
    let centroids = fit.model.centroids.doubles
    for centroid in centroids {
      #expect(abs(centroid.reduce(0) { $0 + $1 * $1 } - 1) < 1e-14)
    }
    var inertia = 0.0
    var sums = centroids.map { $0.map { _ in 0.0 } }
    for (row, label) in zip(rows, fit.labels) {
      let cosines = centroids.map { cosine(row, $0) }
      #expect(cosines[Int(label)] >= cosines.max()! - 1e-12)
      inertia += 2 * (1 - cosines[Int(label)])
      for (column, value) in normalized(row).enumerated() { sums[Int(label)][column] += value }
    }
    #expect(abs(fit.model.inertia / inertia - 1) < 1e-10)
    // Converged with tolerance 0: the centroids are the directions of the sums.
    for (sum, centroid) in zip(sums, centroids) { #expect(cosine(sum, centroid) > 1 - 1e-12) }
    #expect(fit.model.converged)
    for (earlier, later) in zip(fit.history, fit.history.dropFirst()) {
      #expect(later.inertia! <= earlier.inertia! * (1 + 1e-12))
    }
    #expect(try fit.model.assign(points.view) == fit.labels)
  }

  /// Lengths do not matter, not even those whose squares underflow.
  @Test func `lengths do not matter`() throws {
    let rows = directions(300, 4, seed: 2)
    let units = rows.map { normalized($0) }
    let points = try Matrix<Double>(units)
    let expected = try kmeans(5).fit(points.view)
    for factor in [1e-170, 1e-300, 1e130] {
      let scaled = try Matrix<Double>(units.map { row in row.map { $0 * factor } })
      let fit = try kmeans(5).fit(scaled.view)
      #expect(fit.labels == expected.labels)
      #expect(abs(fit.model.inertia / expected.model.inertia - 1) < 1e-9)
    }
  }

  @Test func `threads and instruction sets change no bit`() throws {
    let points = try Matrix<Float>(directions(4000, 17, seed: 3).map { $0.map { Float($0) } })
    let expected = try kmeans(6).fit(points.view)
    for isa in InstructionSet.available {
      for threads in [1, 3] {
        var other = kmeans(6)
        other.execution.threads = threads
        other.execution.instructionSet = isa
        let fit = try other.fit(points.view)
        #expect(fit.model == expected.model && fit.labels == expected.labels)
      }
    }
  }

  @Test func `rows and centroids without a direction are refused`() throws {
    let points = try Matrix<Float>([[1, 0], [0, 1], [0, -0.0], [1, 1]])
    #expect(throws: ClusteringError.zeroRow(2)) { _ = try kmeans(2).fit(points.view) }
    let good = try Matrix<Float>([[1, 0], [0, 1], [1, 1]])
    let start = try Matrix<Float>([[1, 0], [0, 0]])
    #expect(throws: ClusteringError.zeroCentroid(1)) {
      _ = try kmeans(2).fit(good.view, from: start)
    }
    let model = try kmeans(2).fit(good.view).model
    #expect(throws: ClusteringError.zeroRow(2)) { _ = try model.assign(points.view) }
  }

  /// Opposite rows have no mean direction: their centroid stays.
  @Test func `opposite rows keep their centroid`() throws {
    let points = try Matrix<Double>([[1, 0], [-1, 0]])
    let fit = try kmeans(1).fit(points.view, from: Matrix([[0, 2]]))
    #expect(fit.model.centroids == (try Matrix([[0, 1]])))
    #expect(fit.model.inertia == 4)
  }
}
