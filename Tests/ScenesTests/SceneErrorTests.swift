import KMeansScenes
import Testing

/// Scenes that cannot be.
@Suite struct SceneErrorTests {
  static func problem(_ kind: Scene.Kind, _ change: (inout Scene) -> Void) -> String? {
    var scene = Scene(kind)
    change(&scene)
    do {
      try scene.validate()
      return nil
    } catch {
      return "\(error.parameter) \(error.problem)"
    }
  }

  @Test func `every wrong parameter has its error`() {
    func expect(_ text: String, _ kind: Scene.Kind = .jump, _ change: (inout Scene) -> Void) {
      #expect(Self.problem(kind, change) == text)
    }
    expect("clusters 0: the scene 'jump' takes at least 1") { $0.clusters = 0 }
    expect("clusters 1: the scene 'split' takes at least 2", .split) { $0.clusters = 1 }
    expect("dimension 0: expected at least 1") { $0.dimension = 0 }
    expect("points -3: expected at least 1") { $0.points = -3 }
    expect("batches 0: expected at least 1") { $0.batches = 0 }
    expect("exponent -1: expected at least 0", .imbalance) { $0.exponent = -1 }
    expect("freedom 0: expected at least 1", .outliers) { $0.freedom = 0 }
    expect("every 0: expected at least 1") { $0.every = 0 }
    expect("at 41: expected a batch from 1 to 40") { $0.at = 41 }
    expect("at 0: expected a batch from 1 to 40") { $0.at = 0 }
    expect("spread -1.0: expected a number from 0 to 1e100") { $0.spread = -1 }
    expect("speed nan: expected a number from 0 to 1e100", .drift) { $0.speed = .nan }
    expect("lateShare 1.5: expected 0 to 1", .bursts) { $0.lateShare = 1.5 }
    #expect(
      Self.problem(.jump) { ($0.points, $0.dimension) = (.max, 2) }?.hasPrefix("points") == true)
    #expect(Self.problem(.jump) { ($0.at, $0.spread) = (40, 0) } == nil)
  }
}
