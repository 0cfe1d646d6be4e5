// A factor that the cutoff hardly grows by.
import Clustering
import KMeansReference
import Testing

@Suite struct SketchBetaTests {
  static func parameters(_ collapse: SketchParameters.Collapse) -> SketchParameters {
    .of(100) {
      $0.collapse = collapse
      $0.beta = 1.0.nextUp
      $0.distanceCutoff = .fixed(1e-12)
    }
  }

  @Test(arguments: SketchParameters.Collapse.allCases)
  func `a beta next to 1 ends with as few centroids as any`(
    _ collapse: SketchParameters.Collapse
  ) throws {
    let points = SketchData.uniform.points(2000, 3, seed: 1, of: Double.self)
    let parameters = Self.parameters(collapse)
    let sketch = try parameters.sketch(points)
    #expect(sketch.weights.reduce(0, +) == 2000)
    #expect(sketch.weights.count <= 2 * sketch.numClusters + 1)
    // 1,000 and 16 in N points; each jump raises the cutoff to where N are to be expected.
    #expect(sketch.collapseCount <= 1000 + 16 * 2000 / 100 + 100)
    #expect((sketch.jumpCount > 0) == (collapse != .jump))
    #expect(try #require(sketch.distanceCutoff) > 1e-6)
    #expect(sketch.difference(from: parameters.reference(points)) == nil)
  }

  @Test func `how often that happened outlives a file`() throws {
    let points = SketchData.uniform.points(2000, 3, seed: 1, of: Double.self)
    let sketch = try Self.parameters(.once).sketch(points)
    let read = try StreamingSketch<Double>(archive: sketch.archived())
    #expect(read.jumpCount == sketch.jumpCount && read.jumpCount > 0)
    #expect(read.archived() == sketch.archived())
  }

  @Test func `a beta that is usual is left alone, however small the first cutoff`() throws {
    let points = SketchData.uniform.points(2000, 3, seed: 1, of: Double.self)
    for collapse in [SketchParameters.Collapse.once, .paper] {
      let parameters = SketchParameters.of(100) {
        $0.collapse = collapse
        $0.distanceCutoff = .fixed(1e-90)
      }
      let sketch = try parameters.sketch(points)
      #expect(sketch.jumpCount == 0 && sketch.collapseCount < 1000)
    }
  }
}
