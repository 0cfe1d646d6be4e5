// Models as files and as JSON, and the entries a client calls.
import Clustering
import Foundation
import Testing

@Suite struct ModelTests {
  private func model<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> KMeansModel<Scalar> {
    let points = TestData.outliers.points(300, 5, seed: 1, of: type)
    return try KMeans(clusterCount: 7, seed: 1).fit(points.view).model
  }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func `files are read back bit for bit`() throws {
    try inFolder { folder in
      let path = folder.appending(path: "m.kmeans").path
      let floats = try model(Float.self)
      try floats.save(to: path)
      #expect(try KMeansModel<Float>.load(from: path) == floats)
      // Floats are doubles: the same values in the wider type.
      let wide = try KMeansModel<Double>.load(from: path)
      #expect(wide.centroids.view.doubles == floats.centroids.view.doubles)
      let doubles = try model(Double.self)
      try doubles.save(to: path)
      #expect(try KMeansModel<Double>.load(from: path) == doubles)
      #expect(throws: (any Error).self) { try KMeansModel<Float>.load(from: path) }
    }
  }

  @Test func `every flipped byte is noticed`() throws {
    try inFolder { folder in
      let path = folder.appending(path: "m.kmeans").path
      let points = try Matrix<Float>([[1], [2]])
      try KMeans(clusterCount: 1, seed: 0).fit(points.view).model.save(to: path)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      for index in bytes.indices {
        var damaged = bytes
        damaged[index] ^= 0x10
        try Data(damaged).write(to: URL(filePath: path))
        #expect(throws: (any Error).self, "byte \(index)") {
          try KMeansModel<Float>.load(from: path)
        }
      }
    }
  }

  @Test func `json is read back bit for bit`() throws {
    let floats = try model(Float.self)
    let data = try JSONEncoder().encode(floats)
    #expect(try JSONDecoder().decode(KMeansModel<Float>.self, from: data) == floats)
    let kmeans = KMeans(clusterCount: 3, seed: 9)
    #expect(try JSONDecoder().decode(KMeans.self, from: JSONEncoder().encode(kmeans)) == kmeans)
    for wrong in [
      #"{"columns":0,"values":[]}"#, #"{"columns":2,"values":[1,2,3]}"#,
      #"{"columns":-1,"values":[1]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Matrix<Float>.self, from: Data(wrong.utf8))
      }
    }
  }

  /// The program of a client: borrowed memory, weights, a trailing closure, labels without an
  /// allocation.
  @Test func `a client reads like this`() throws {
    let pixels = (0..<300).map { Float($0 % 17) }
    let weights = (0..<100).map { Double($0 % 3 + 1) }
    let points = try MatrixView(pixels.span, columns: 3)
    var kmeans = KMeans(clusterCount: 4, seed: 7)
    kmeans.tolerance = 0
    var numbers: [Int] = []
    let fit = try kmeans.fit(points, weights: weights.span) { iteration in
      numbers.append(iteration.number)
    }
    #expect(numbers == Array(1...fit.model.iterations))
    #expect(fit.history.map(\.number) == numbers)
    var labels = [Int32](repeating: -1, count: points.rows)
    var span = labels.mutableSpan
    try fit.model.assign(points, into: &span)
    #expect(labels == fit.labels)
    #expect(try fit.model.assign(points) == fit.labels)
    let inertia = zip(try fit.model.squaredDistances(points), weights).reduce(0) {
      $0 + $1.0 * $1.1
    }
    #expect((inertia / fit.model.inertia - 1).magnitude < 1e-13)
    let palette = (0..<4).map { color in (0..<3).map { fit.model.centroids[color][$0] } }
    #expect(palette.count == 4)
    let (kept, given): (Double, Double) = (
      fit.model.clusterWeights.reduce(0, +), weights.reduce(0, +)
    )
    #expect(kept == given)
  }

  @Test func `quotas are rounded up to whole threads`() {
    #expect(AvailableThreads.processors(quota: 150_000, period: 100_000) == 2)
    #expect(AvailableThreads.processors(quota: 100_000, period: 100_000) == 1)
    #expect(AvailableThreads.processors(quota: 1_000, period: 100_000) == 1)
    #expect(AvailableThreads.processors(quota: -1, period: 100_000) == nil)
    #expect(AvailableThreads.processors(quota: nil, period: nil) == nil)
    #expect(AvailableThreads.count >= 1)
  }
}

@Suite("What a model says of points") struct ModelDistanceTests {
  @Test func `distances to all centroids are those of a loop`() throws {
    try check(Float.self)
    try check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = TestData.outliers.points(500, 5, seed: 2, of: type)
      for change in [
        { (_: inout KMeans) in }, { $0.standardizes = true }, { $0.distance = .cosine },
      ] {
        var kmeans = KMeans(clusterCount: 9)
        change(&kmeans)
        let model = try kmeans.fit(points).model
        let all = try model.allSquaredDistances(points)
        let same = try model.allSquaredDistances(points.view, execution: Execution(threads: 1))
        #expect(all == same && all.rows == 500 && all.columns == 9)
        let labels = try model.assign(points)
        let nearest = try model.squaredDistances(points)
        for (row, distances) in all.rowArrays.enumerated() {
          #expect(distances[Int(labels[row])] == nearest[row])
          #expect(distances.min() == nearest[row])
          #expect(try model.label(of: points[row]) == Int(labels[row]))
        }
      }
      let model = try KMeans(clusterCount: 3).fit(points).model
      let rows = points.doubles
      let all = try model.allSquaredDistances(points)
      for row in 0..<500 {
        for cluster in 0..<3 {
          let expected = (0..<5).reduce(0.0) {
            let difference = rows[row][$1] - Double(model.centroids[cluster, $1])
            return $0 + difference * difference
          }
          #expect(relativeDifference(all[row, cluster], expected) < 1e-14)
        }
      }
    }
  }

  @Test func `one point has a label without a matrix, or an error`() throws {
    let model = try KMeans(clusterCount: 2).fit(Matrix<Float>([[0, 0], [0, 1], [9, 9]])).model
    let near = try model.label(of: [0, 0.5])
    #expect(try near == model.label(of: [1, 1]) && near != model.label(of: [8, 8]))
    #expect(throws: ClusteringError.dimensionMismatch(found: 3, expected: 2)) {
      try model.label(of: [1, 2, 3])
    }
    #expect(throws: ClusteringError.dimensionMismatch(found: 0, expected: 2)) {
      try model.label(of: [])
    }
    #expect(throws: ClusteringError.notFinite(row: 0, column: 1)) {
      try model.label(of: [1, .nan])
    }
    #expect(throws: ClusteringError.notFinite(row: 1, column: 0)) {
      try model.allSquaredDistances(Matrix([[1, 2], [.infinity, 0]]))
    }
    #expect(throws: ClusteringError.dimensionMismatch(found: 1, expected: 2)) {
      try model.allSquaredDistances(Matrix([[1]]))
    }
  }

  @Test func `the score is minus the inertia`() throws {
    try check(Float.self)
    try check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = TestData.noise.points(9000, 3, seed: 2, of: type)
      let weights = (0..<9000).map { Double($0 % 5) }
      var kmeans = KMeans(clusterCount: 40)
      for standardizes in [false, true] {
        kmeans.standardizes = standardizes
        let plain = try kmeans.fit(points).model
        #expect(try plain.score(points) == -plain.inertia)
        let weighted = try kmeans.fit(points, weights: weights.span).model
        #expect(try weighted.score(points, weights: weights.span) == -weighted.inertia)
        #expect(try weighted.score(points) < -weighted.inertia / 4)
      }
      #expect(
        try KMeans(clusterCount: 1).fit(Matrix<Scalar>([[7]])).model.score(Matrix([[7]])) == 0)
      let wrong = [1.0]
      #expect(throws: ClusteringError.weightCountMismatch(weights: 1, points: 9000)) {
        try kmeans.fit(points).model.score(points, weights: wrong.span)
      }
    }
  }
}
