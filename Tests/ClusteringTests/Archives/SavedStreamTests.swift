// Streams, sketches and models that outlive their process, as a user keeps them.
import Clustering
import KMeansTestSupport
import Testing

@Suite("A stream that is saved and loaded") struct SavedStreamTests {
  private let sample = StreamSample(
    batches: 12, clusters: 5, columns: 20, seed: 2, sizes: 50...600, offset: 3)

  private func update<Scalar: ClusteringScalar>(
    _ stream: inout StreamingKMeans<Scalar>, _ batch: Int
  ) throws -> BatchReport {
    let (points, times) = (try sample.matrix(batch, of: Scalar.self), sample.times[batch])
    let weights = sample.weights[batch]
    let isTimed = stream.parameters.forgetting.unit == .seconds
    return try stream.update(
      points.view, weights: weights.span, times: isTimed ? times.span : nil, withLabels: true)
  }

  @Test(arguments: StreamValueTests.kinds)
  func `goes on as if it had never been, from a file and from bytes`(
    _ parameters: StreamingParameters
  ) throws {
    try check(Float.self)
    try check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let file = Folder()
      let path = file.file("s.kmeans")
      var whole = StreamingKMeans<Scalar>(parameters)
      var (saved, kept) = (whole, whole)
      for batch in 0..<sample.batches.count {
        try saved.save(to: path)
        saved = try .load(from: path)
        kept = try StreamingKMeans(archive: kept.archived())
        let report = try update(&whole, batch)
        #expect(try update(&saved, batch) == report)
        #expect(try update(&kept, batch) == report)
      }
      #expect(saved.ids == whole.ids && kept.ids == whole.ids)
      #expect(saved.time == whole.time && saved.clusterWeights == whole.clusterWeights)
      #expect(saved.latestModel == whole.latestModel && kept.latestModel == whole.latestModel)
      #expect(saved.archived() == whole.archived() && kept.archived() == whole.archived())
      #expect(file.names == ["s.kmeans"])
      #expect(try file.bytes(of: "s.kmeans").count > 100)
    }
  }

  @Test func `is resumed where there is a file, and begun where there is none`() throws {
    let folder = Folder()
    let path = folder.file("s.kmeans")
    var begun = 0
    func resumed() throws -> StreamingKMeans<Float> {
      try StreamingKMeans<Float>.resuming(path) {
        begun += 1
        return StreamingKMeans(clusterCount: 3, forgetting: .halfLife(2))
      }
    }
    var stream = try resumed()
    #expect(begun == 1 && folder.names.isEmpty && stream.batchCount == 0)
    _ = try update(&stream, 0)
    try stream.save(to: path)
    let again = try resumed()
    #expect(begun == 1 && again.archived() == stream.archived())

    // Its own parameters, but for how it runs.
    let other = try StreamingKMeans<Float>.resuming(path, execution: Execution(threads: 1)) {
      StreamingKMeans(clusterCount: 99)
    }
    #expect(other.parameters.clusterCount == 3 && other.parameters.execution.threads == 1)
    #expect(throws: ClusteringError.threadsNotPositive(0)) {
      try StreamingKMeans<Float>.load(from: path, execution: Execution(threads: 0))
    }
  }

  @Test func `is never begun anew where the file cannot be used`() throws {
    let folder = Folder()
    let path = folder.file("s.kmeans")
    func fails(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
      let before = try folder.bytes(of: "s.kmeans")
      let error = #expect(throws: FileError.self, sourceLocation: sourceLocation) {
        try StreamingKMeans<Float>.resuming(path) {
          Issue.record("begun anew")
          return StreamingKMeans(clusterCount: 3)
        }
      }
      let description = try #require(error).description
      #expect(
        description.hasPrefix(path) && description.contains(text), "\(description)",
        sourceLocation: sourceLocation)
      #expect(try folder.bytes(of: "s.kmeans") == before)
    }
    var stream = StreamingKMeans<Double>(clusterCount: 3)
    _ = try update(&stream, 0)
    try stream.save(to: path)
    try fails("the stream was one of another type")
    let model = try #require(stream.latestModel)
    try model.save(to: path)
    try fails("expected an archive of kind 'k-means stream', found 'k-means model'")
    _ = try folder.write(Array("1,2,3\n".utf8), to: "s.kmeans")
    try fails("this is not an archive of this package")
    _ = try folder.write([], to: "s.kmeans")
    try fails("the file ends here")
    let good = StreamingKMeans<Float>(clusterCount: 3).archived()
    _ = try folder.write(Array(good.dropLast()), to: "s.kmeans")
    try fails("bytes in all")
    var damaged = good
    damaged[damaged.count - 1] ^= 1
    _ = try folder.write(damaged, to: "s.kmeans")
    try fails("does not match its checksum")
    #expect(throws: FileError.self) { try StreamingKMeans<Float>(archive: damaged) }
    #expect(throws: FileError.self) {
      try StreamingKMeans<Float>.resuming(folder.file("nowhere/s.kmeans")) {
        StreamingKMeans(clusterCount: 3)
      }
    }
    #expect(throws: FileError.self) { try stream.save(to: folder.file("nowhere/s.kmeans")) }
  }
}

@Suite("A sketch or a model that is saved and loaded") struct SavedSketchTests {
  @Test func `a sketch goes on as if it had never been`() throws {
    try check(Float.self)
    try check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let folder = Folder()
      let path = folder.file("s.kmeans")
      var whole = StreamingSketch<Scalar>(clusterCount: 4, seed: 5)
      var (saved, kept) = (whole, whole)
      // The first 1,000 rows wait.
      for part in 0..<5 {
        try saved.save(to: path)
        saved = try .load(from: path)
        kept = try StreamingSketch(archive: kept.archived())
        let points = TestData.noise.points(700, 5, seed: UInt64(part), of: type)
        try whole.add(points)
        try saved.add(points)
        try kept.add(points)
      }
      #expect(whole.pointCount == 3500 && saved.weights == whole.weights)
      #expect(saved.archived() == whole.archived() && kept.archived() == whole.archived())
      #expect(saved.centroids == whole.centroids)
      #expect(
        try BallKMeans(clusterCount: 4).fit(saved) == BallKMeans(clusterCount: 4).fit(whole))
    }
  }

  @Test func `bytes that hold no sketch are refused`() throws {
    var sketch = StreamingSketch<Float>(clusterCount: 2)
    try sketch.add(Matrix([[1, 2], [3, 4]]))
    let bytes = sketch.archived()
    #expect(throws: FileError.self) { try StreamingSketch<Double>(archive: bytes) }
    #expect(throws: FileError.self) { try StreamingSketch<Float>(archive: []) }
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 4
      #expect(throws: FileError.self, "byte \(place)") {
        try StreamingSketch<Float>(archive: damaged)
      }
    }
    #expect(throws: ClusteringError.threadsNotPositive(0)) {
      try StreamingSketch<Float>(archive: bytes, execution: Execution(threads: 0))
    }
  }

  @Test func `the bytes of a model are those of its file`() throws {
    let folder = Folder()
    let model = try KMeans(clusterCount: 2).fit(Matrix<Float>([[0, 1], [2, 3], [9, 9]])).model
    try model.save(to: folder.file("m"))
    let bytes = model.archived()
    #expect(try folder.bytes(of: "m") == bytes)
    #expect(try KMeansModel<Float>(archive: bytes) == model)
    #expect(try KMeansModel<Double>(archive: bytes).inertia == model.inertia)
    let error = #expect(throws: FileError.self) {
      try KMeansModel<Float>(archive: Array(bytes.dropLast(3)))
    }
    #expect(
      try #require(error).description
        == "an archive in memory: byte \(bytes.count - 3): expected \(bytes.count) bytes in all, "
        + "found \(bytes.count - 3)")
  }
}
