// Models that go to a folder and come back.
import Clustering
import Foundation
import KMeansFiles
import Testing

@Suite struct KeyedFolderTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/keyed-\(UUID().uuidString)"

  private func withFolder(_ body: (String) throws -> Void) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private var parameters: StreamingParameters {
    var parameters = StreamingParameters(clusterCount: 2, forgetting: .halfLife(4), seed: 2)
    parameters.start = .firstRows(4)
    return parameters
  }

  private func batch(_ random: inout TestRandom) throws -> (rows: Matrix<Float>, keys: [String]) {
    let count = 1 + Int(random.next() % 12)
    let keys = (0..<count).map { _ in "sensor/\(random.next() % 30)" }
    let rows = try Matrix<Float>(
      (0..<count).map { _ in [Float(random.bell()), Float(random.next() % 2) * 9] })
    return (rows, keys)
  }

  @Test func `models that were not used for longest go and come back bit for bit`() throws {
    try withFolder { folder in
      let all = try KeyedStreams<Float>(parameters)
      let few = try KeyedStreams<Float>(parameters, capacity: 5, folder: folder)
      var random = TestRandom(1)
      var (stored, restored) = (0, 0)
      for _ in 0..<80 {
        let (rows, keys) = try batch(&random)
        let expected = try all.update(rows, keys: keys, withPredictions: true)
        let report = try few.update(rows, keys: keys, withPredictions: true)
        #expect(report.predictions?.labels == expected.predictions?.labels)
        #expect(report.inertia == expected.inertia && few.count <= 5)
        // The last key of a batch stays.
        #expect(few.keysInMemory.contains { keys.contains($0) })
        stored += report.storedModels
        restored += report.restoredModels
      }
      #expect(stored > 20 && restored > 20)
      for key in all.keysInMemory {
        let (own, other) = (try all.stream(for: key), try few.stream(for: key))
        #expect(own?.archived() == other?.archived())
      }
    }
  }

  @Test func `another pool goes on with what was saved`() throws {
    try withFolder { folder in
      let whole = try KeyedStreams<Float>(parameters)
      var random = TestRandom(2)
      for run in 0..<3 {
        let pool = try KeyedStreams<Float>(parameters, folder: folder)
        for _ in 0..<15 {
          let (rows, keys) = try batch(&random)
          try whole.update(rows, keys: keys)
          let report = try pool.update(rows, keys: keys)
          #expect(run == 0 ? report.restoredModels == 0 : true)
        }
        try pool.save()
      }
      let pool = try KeyedStreams<Float>(parameters, folder: folder)
      for key in whole.keysInMemory {
        #expect(try pool.stream(for: key)?.archived() == whole.stream(for: key)?.archived())
      }
      #expect(try pool.stream(for: "nobody") == nil)
    }
  }

  @Test func `a folder is that of one pool, and of one set of parameters`() throws {
    try withFolder { folder in
      var pool: KeyedStreams<Float>? = try KeyedStreams<Float>(parameters, folder: folder)
      #expect(throws: (any Error).self) { try KeyedStreams<Float>(parameters, folder: folder) }
      let rows = try Matrix<Float>([[1, 2]])
      try pool?.update(rows, keys: ["a"])
      try pool?.save()
      pool = nil
      var others = parameters
      others.clusterCount = 3
      let other = try KeyedStreams<Float>(others, folder: folder)
      #expect {
        try other.update(rows, keys: ["a"])
      } throws: {
        "\($0)".contains("the model was learnt with other parameters")
      }
      #expect(other.count == 0)
    }
  }

  @Test func `a damaged model is refused, and the pool is as it was`() throws {
    try withFolder { folder in
      do {
        let pool = try KeyedStreams<Float>(parameters, folder: folder)
        let rows = try Matrix<Float>([[1, 2]])
        try pool.update(rows, keys: ["a"])
        try pool.save()
      }
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      let name = try #require(names.first { $0.hasSuffix(".kmeans") })
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
      bytes[bytes.count / 2] ^= 1
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      let pool = try KeyedStreams<Float>(parameters, folder: folder)
      let rows = try Matrix<Float>([[1, 2], [3, 4]])
      #expect(throws: (any Error).self) { try pool.update(rows, keys: ["b", "a"]) }
      #expect(pool.count == 0)
    }
  }

  /// `==` of `String` takes them for one.
  @Test func `keys that only look the same have models of their own`() throws {
    try withFolder { folder in
      let keys = ["caf\u{e9}", "cafe\u{301}"]
      let pool = try KeyedStreams<Float>(parameters, capacity: 1, folder: folder)
      let rows = try Matrix<Float>([[1, 2], [3, 4], [5, 6]])
      let report = try pool.update(rows, keys: keys + [keys[0]])
      #expect(report.keys == 2 && report.newModels == 2 && report.storedModels == 1)
      // The one that is in memory is not taken for the one in the folder.
      for (key, points) in zip(keys, [2, 1]) {
        #expect(try pool.stream(for: key)?.pointCount == points, "\(Array(key.utf8))")
      }
      let back = try pool.update(rows, keys: [keys[1], keys[0], keys[1]])
      #expect(back.newModels == 0 && back.restoredModels == 1)
      #expect(try pool.stream(for: keys[0])?.pointCount == 3)
      #expect(try pool.stream(for: keys[1])?.pointCount == 3)
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `a pipe in the place of a model is refused at once, when it is read and when it is written`()
    throws
  {
    try withFolder { folder in
      let rows = try Matrix<Float>([[1, 2]])
      var pool: KeyedStreams<Float>? = try KeyedStreams<Float>(parameters, folder: folder)
      try pool?.update(rows, keys: ["a"])
      try pool?.save()
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      let file = "\(folder)/\(try #require(names.first { $0.hasSuffix(".kmeans") }))"
      #expect(unlink(file) == 0 && mkfifo(file, 0o600) == 0)
      let expected = FileError.unusable(
        path: file, problem: "expected a regular file, found a pipe")
      try pool?.update(rows, keys: ["a"])
      #expect(throws: expected) { try pool?.save() }
      pool = nil
      let next = try KeyedStreams<Float>(parameters, folder: folder)
      #expect(throws: expected) { try next.update(rows, keys: ["a"]) }
      #expect(throws: expected) { _ = try next.stream(for: "a") }
      #expect(next.count == 0)
      // A link to a model is one.
      #expect(unlink(file) == 0 && symlink("\(folder)/elsewhere", file) == 0)
      try next.update(rows, keys: ["a"])
      try next.save()
      #expect(try next.stream(for: "a")?.pointCount == 1)
      #expect(FileManager.default.fileExists(atPath: "\(folder)/elsewhere"))
    }
  }

  @Test func `a link to a folder is that folder, and what is none is refused`() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let (real, link) = ("\(folder)/real", "\(folder)/link")
      let rows = try Matrix<Float>([[1, 2]])
      func refused(_ path: String, _ problem: String) {
        #expect(throws: FileError.unusable(path: path, problem: problem)) {
          _ = try KeyedStreams<Float>(parameters, folder: path)
        }
      }
      let expected = "expected a folder of models, or a name for a new one, found "
      #expect(symlink("real", link) == 0)
      refused(link, expected + "a link that leads nowhere")
      #expect(mkdir(real, 0o700) == 0)
      var pool: KeyedStreams<Float>? = try KeyedStreams<Float>(parameters, folder: link)
      try pool?.update(rows, keys: ["a"])
      try pool?.save()
      refused(real, "another process uses this folder of models")
      pool = nil
      #expect(try KeyedStreams<Float>(parameters, folder: real).stream(for: "a")?.pointCount == 1)
      try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/file"))
      refused("\(folder)/file", expected + "a file")
      #expect(throws: FileError.self) { _ = try KeyedStreams<Float>(parameters, folder: "") }
    }
  }

  @Test func `what a process that was killed has left is removed`() throws {
    try withFolder { folder in
      _ = try KeyedStreams<Float>(parameters, folder: folder)
      let names = [
        ".0123.kmeans.1x2y3z.tmp", ".0123.kmeans.no-number.tmp", ".other.1x2y3z.tmp", "0123.kmeans",
      ]
      for name in names {
        try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/ab/\(name)"))
      }
      _ = try KeyedStreams<Float>(parameters, folder: folder)
      let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/ab")
      #expect(left.sorted() == Array(names.dropFirst()))
    }
  }
}
