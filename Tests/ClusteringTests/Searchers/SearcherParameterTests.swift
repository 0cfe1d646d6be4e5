// The searcher among the parameters of a sketch: checked, encoded, archived.
import Clustering
import Foundation
import KMeansFiles
import Testing

@Suite struct SearcherParameterTests {
  private typealias Searcher = SketchParameters.Searcher

  private func parameters(_ searcher: SketchParameters.Searcher) -> SketchParameters {
    .of(20) { $0.searcher = searcher }
  }

  @Test func `numbers that cannot be are refused`() throws {
    for projections in [0, -1, 100, .max] {
      let expected = ClusteringError.sketch(.invalidProjections(projections, most: 99))
      let searchers: [Searcher] = [
        .projection(projections: projections), .fastProjection(projections: projections),
      ]
      for searcher in searchers {
        #expect(throws: expected) { try parameters(searcher).validate() }
      }
    }
    for size in [0, -3] {
      let expected = ClusteringError.sketch(.searchSizeNotPositive(size))
      let searchers: [Searcher] = [
        .projection(searchSize: size), .fastProjection(searchSize: size),
        .hashing(searchSize: size),
      ]
      for searcher in searchers {
        #expect(throws: expected) { try parameters(searcher).validate() }
        var sketch = StreamingSketch<Float>(parameters(searcher))
        #expect(throws: expected) { try sketch.learn(Matrix<Float>([[1, 2]])) }
        #expect(sketch.pointCount == 0)
      }
    }
    let allowed: [Searcher] = [
      .brute, .projection(projections: 1, searchSize: .max),
      .fastProjection(projections: 99, searchSize: 1), .hashing(searchSize: 1),
    ]
    for searcher in allowed {
      try parameters(searcher).validate()
      let points = SketchData.mixture.points(1100, 3, seed: 1, of: Float.self)
      #expect(try parameters(searcher).sketch(points).weights.reduce(0, +) == 1100)
    }
    #expect(
      "\(ClusteringError.sketch(.invalidProjections(100, most: 99)))"
        == "100 projections to search by, expected 1 to 99")
  }

  @Test func `parameters are encoded, those from before there were searchers are read`() throws {
    for searcher in Searcher.all {
      let data = try JSONEncoder().encode(parameters(searcher))
      #expect(String(decoding: data, as: UTF8.self).contains("earcher") == (searcher != .brute))
      #expect(try JSONDecoder().decode(SketchParameters.self, from: data) == parameters(searcher))
    }
    #expect(SketchParameters(clusterCount: 1).searcher == .brute)
    // Set back, they are what they were.
    var back = parameters(.hashing())
    back.searcher = .brute
    #expect(back == parameters(.brute))
  }

  @Test func `only sketches that search have sections of it`() throws {
    let points = SketchData.mixture.points(1500, 3, seed: 1, of: Double.self)
    for searcher in Searcher.all {
      let archive = try parameters(searcher).sketch(points).archive
      let names = Set(archive.names).intersection(
        ["searcher", "projections", "searchSize", "searcherMarks"])
      switch searcher {
      case .brute: #expect(names.isEmpty)
      case .projection: #expect(names == ["searcher", "projections", "searchSize"])
      case .fastProjection: #expect(names.count == 4)
      case .hashing: #expect(names == ["searcher", "searchSize"])
      }
    }
  }

  @Test func `sections that cannot be are refused`() throws {
    let points = SketchData.mixture.points(1500, 3, seed: 1, of: Double.self)
    let archive = try parameters(.fastProjection()).sketch(points).archive
    let count = try archive.bytes("searcherMarks").count
    let faults: [(String, Archive.Value, String)] = [
      ("searcher", .string("nearest"), "'nearest', which is none that is known"),
      ("projections", .int(100), "100 projections to search by, expected 1 to 99"),
      ("searchSize", .int(0), "a search size of 0, expected at least 1"),
      ("searcherMarks", .bytes([0]), "1 mark for \(count) centroids"),
      ("searcherMarks", .bytes(Array(repeating: 3, count: count)), "3, expected at most 2"),
    ]
    for (name, value, said) in faults {
      var wrong = archive
      wrong[name] = value
      do {
        _ = try StreamingSketch<Double>(wrong)
        Issue.record("\(name) was read")
      } catch {
        #expect("\(error)".contains(said), "\(error)")
      }
    }
    for name in ["projections", "searchSize", "searcherMarks"] {
      var without = archive
      without[name] = nil
      #expect(throws: FileError.self) { try StreamingSketch<Double>(without) }
    }
  }
}
