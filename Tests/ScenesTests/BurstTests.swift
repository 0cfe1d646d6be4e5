import KMeansLinearAlgebra
import KMeansScenes
import Testing

/// Points that come in bursts, some of them late.
@Suite struct BurstTests {
  static func batches() throws -> [SceneBatch] {
    var scene = Scene(.bursts, clusters: 2, dimension: 1, seed: 6)
    (scene.points, scene.batches) = (200, 60)
    return Array(try scene.stream())
  }

  @Test func `batches have different sizes, and times in whole milliseconds`() throws {
    let batches = try Self.batches()
    let sizes = batches.map(\.points.rows)
    #expect(sizes.allSatisfy { $0 >= 1 && $0 <= 399 })
    #expect(Set(sizes).count > 20)
    for batch in batches {
      let times = try #require(batch.times)
      #expect(times.count == batch.points.rows)
      #expect(times.allSatisfy { $0 >= 0 && ($0 * 1000).rounded() / 1000 == $0 })
    }
  }

  @Test func `pauses and late points are those of the list`() throws {
    let batches = try Self.batches()
    let pauses = batches.flatMap(\.events).filter { $0.kind == .burst }.compactMap(\.seconds)
    #expect(pauses.count == 59)
    // The mean of 59 exponential pauses of 60 s.
    #expect(abs(pauses.reduce(0, +) / 59 - 60) < 5 * 60 / 7.7)
    let late = batches.flatMap(\.events).filter { $0.kind == .late }.compactMap(\.points)
    let points = batches.reduce(0) { $0 + $1.points.rows }
    #expect(abs(Double(late.reduce(0, +)) / Double(points) - 0.05) < 5 * 0.22 / 100)
    // Without the late ones times would ascend: each of them is one step back at most.
    var (back, last) = (0, -1.0)
    for time in batches.flatMap({ $0.times ?? [] }) {
      if time < last { back += 1 } else { last = time }
    }
    #expect(back > 0 && back <= late.reduce(0, +))
  }

  @Test func `centers move with time, and late points lie where they were`() throws {
    var scene = Scene(.bursts, clusters: 1, dimension: 1, seed: 6)
    (scene.points, scene.spread, scene.speed) = (50, 0, 1)
    let batches = Array(try scene.stream())
    let first = batches[0].points[0, 0]
    let direction = batches[39].points[0, 0] > first ? 1.0 : -1
    let start = batches[0].points[0, 0] - direction * batches[0].times![0] / 60
    for batch in batches {
      for row in 0..<batch.points.rows {
        let expected = start + direction * batch.times![row] / 60
        #expect(abs(batch.points[row, 0] - expected) < 1e-9)
      }
      let end = start + direction * batch.times!.max()! / 60
      #expect(abs(batch.clusters[0].center[0] - end) < 1e-9)
    }
  }
}
