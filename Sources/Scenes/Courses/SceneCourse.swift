/// What becomes of the clusters of a scene, batch by batch.
protocol SceneCourse: Sendable {
  /// Moves clusters to where they are in a batch, and adds or takes away some.
  ///
  /// - Parameters:
  ///   - batch: its number, from 0; each batch follows the one before.
  ///   - clusters: as they were in the batch before, and at first all of them, with shares of 1.
  /// - Returns: what happens.
  mutating func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent]
}

extension Scene {
  /// The course of its clusters from their first centers on.
  func course(_ centers: [[Double]]) -> any SceneCourse {
    switch kind {
    case .static, .outliers, .bursts: StillCourse()
    case .imbalance: ImbalanceCourse(exponent: exponent)
    case .drift: isStraight ? LineCourse(self) : WalkCourse(scene: self)
    case .jump: JumpCourse(scene: self)
    case .crossing: CrossingCourse(self, centers)
    case .vanish: VanishCourse(change: changeBatch - 1)
    case .appear: AppearCourse(change: changeBatch - 1)
    case .merge: MergeCourse(self, centers)
    case .split: SplitCourse(self, centers)
    }
  }
}

/// Nothing changes.
struct StillCourse: SceneCourse {
  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] { [] }
}

/// Nothing changes, and the share of a cluster is 1 / rank^s (Zipf's law).
struct ImbalanceCourse: SceneCourse {
  let exponent: Int

  func step(_ batch: Int, _ clusters: inout [SceneCluster]) -> [SceneEvent] {
    guard batch == 0 else { return [] }
    for place in clusters.indices {
      // Products have the same bits everywhere; the C library's power has not.
      for _ in 0..<exponent { clusters[place].share /= Double(place + 1) }
    }
    return []
  }
}
