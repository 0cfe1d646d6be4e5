import Clustering
import Foundation
import KMeansReports
import KMeansScenes
import Testing

/// Pages of streams.
@Suite struct StreamPageTests {
  static func html(
    _ history: StreamHistory, names: [String]? = nil, sample: PointSample? = nil
  ) -> String {
    DrawnStream(history, names: names, sample: sample, deaths: 8).page("A stream", source: "t").html
  }

  @Test(arguments: Scene.Kind.allCases)
  func `every scene has a page that is XML, in one, two and more columns`(
    _ kind: Scene.Kind
  ) throws {
    for dimension in [1, 2, 5] {
      var scene = Scene(kind, clusters: 3, dimension: dimension, seed: 1)
      (scene.points, scene.batches) = (40, 20)
      let html = Self.html(try StreamRuns.history(scene, halfLife: 2))
      #expect(html.contains("id=\"map-m2\"") && html.contains("id=\"stream-player\""))
      #expect(html.contains("Distance to the truth"))
      #expect(!html.contains("NaN") && !html.contains("nan\""))
      let problem = WellFormed(html).problem
      #expect(problem == nil, "\(kind) of \(dimension): \(problem ?? "")")
    }
  }

  @Test func `names cannot end a script or begin an element`() throws {
    var scene = Scene(.static, clusters: 2, dimension: 2, seed: 1)
    (scene.points, scene.batches) = (30, 3)
    let names = ["</script><script>alert(1)</script>", "a\"b'&<c>\u{1}"]
    let html = Self.html(try StreamRuns.history(scene, halfLife: 2), names: names)
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"))
    #expect(WellFormed(html).problem == nil)
  }

  @Test func `births, splits and deaths are told`() throws {
    var scene = Scene(.vanish, clusters: 3, dimension: 2, seed: 4)
    (scene.points, scene.batches) = (60, 40)
    let history = try StreamRuns.history(scene, halfLife: 1)
    let died = try #require(history.happenings.first { $0.event.kind == "died" })
    let split = try #require(history.happenings.first { $0.event.kind == "split" })
    let html = Self.html(history)
    let old = try #require(died.event.cluster)
    let new = try #require(split.event.cluster)
    #expect(html.contains("cluster \(old): from batch 1, died in batch \(Int(died.x))"))
    let parent = try #require(split.event.parent)
    #expect(html.contains("cluster \(new): from batch \(Int(split.x)), split of cluster \(parent)"))
    #expect(html.contains("cluster \(new) began as a half of cluster \(parent)"))
    #expect(html.contains("where a cluster of mean weight dies: 8 half-lives"))
  }

  @Test func `a stream that waits has a page without pictures of clusters`() throws {
    var history = StreamHistory()
    _ = history.add(try StreamHistoryTests.record(1, []))
    let html = Self.html(history)
    #expect(html.contains("There are no centroids yet"))
    #expect(!html.contains("map-m0"))
  }

  @Test func `ten thousand clusters are a page of some of them`() throws {
    var history = StreamHistory()
    for batch in 1...3 {
      let rows = (0..<10_000).map { [Double($0 % 100), Double($0 / 100 + batch)] }
      _ = history.add(try StreamHistoryTests.record(batch, rows))
    }
    let html = Self.html(history)
    #expect(html.contains("Of 10,000 clusters the 100 heaviest are drawn."))
    #expect(html.utf8.count < 2_000_000)
    // Of the 24 lines with weights 16 have colours of their own.
    let legend = html.components(separatedBy: "Weights of the clusters").last ?? ""
    let entries = legend.components(separatedBy: "</ul>")[0]
    #expect(entries.components(separatedBy: "<li ").count - 1 == 18)
    #expect(entries.contains("8 other clusters"))
  }

  @Test func `one point for ever is a picture, too`() throws {
    var history = StreamHistory()
    for batch in 1...3 { _ = history.add(try StreamHistoryTests.record(batch, [[1e300, -1e300]])) }
    #expect(WellFormed(Self.html(history)).problem == nil)
  }
}
