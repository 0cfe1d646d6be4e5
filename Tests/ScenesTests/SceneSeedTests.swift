import KMeansLinearAlgebra
import KMeansScenes
import Testing

/// The same scene, the same bits.
@Suite struct SceneSeedTests {
  /// All bits of a scene, in one number (FNV-1a).
  static func hash(_ scene: Scene) throws -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ bits: UInt64) {
      for shift: UInt64 in stride(from: 0, to: 64, by: 8) {
        hash = (hash ^ (bits >> shift & 0xff)) &* 0x100_0000_01b3
      }
    }
    for batch in try scene.stream() {
      for row in 0..<batch.points.rows {
        add(UInt64(batch.labels[row]))
        for column in 0..<batch.points.columns { add(batch.points[row, column].bitPattern) }
        if let times = batch.times { add(times[row].bitPattern) }
      }
      for byte in batch.truthLine.utf8 { add(UInt64(byte)) }
    }
    return hash
  }

  @Test(arguments: Scene.Kind.allCases)
  func `a seed decides every bit`(_ kind: Scene.Kind) throws {
    var scene = Scene(kind, seed: 11)
    scene.points = 20
    let hash = try Self.hash(scene)
    #expect(try Self.hash(scene) == hash)
    var other = scene
    other.seed = 12
    #expect(try Self.hash(other) != hash)
  }

  // Another machine, or another version, has the same bits.
  @Test(arguments: SceneSeedTests.known)
  func `the bits never change`(_ kind: Scene.Kind, _ hash: UInt64) throws {
    var scene = Scene(kind, seed: 11)
    scene.points = 20
    #expect(try Self.hash(scene) == hash)
  }

  static let known: [(Scene.Kind, UInt64)] = [
    (.`static`, 0xad56_88e0_fe50_1d6f),
    (.drift, 0x8523_7345_528e_193a),
    (.jump, 0x996a_ce19_4809_f1de),
    (.crossing, 0xe8d6_b65d_bbd5_1b31),
    (.vanish, 0x1952_07b8_b5a7_e220),
    (.appear, 0x64fd_67b8_3489_4cf3),
    (.merge, 0xcf0f_fdac_7a6e_2ceb),
    (.split, 0xff83_d901_7216_b306),
    (.imbalance, 0x0d0a_03d6_4a3a_a7ae),
    (.bursts, 0x1ba3_fe39_80e2_9316),
    (.outliers, 0x2fd3_20ee_ae17_cfb1),
  ]

  @Test func `a longer stream begins as a shorter one`() throws {
    var scene = Scene(.drift, seed: 1)
    (scene.points, scene.batches) = (10, 5)
    let short = Array(try scene.stream())
    scene.batches = 9
    let long = Array(try scene.stream())
    #expect(short.map(\.points) == long.prefix(5).map(\.points))
    #expect(long.count == 9 && long.map(\.number) == Array(1...9))
  }
}
