/// A parameter of a scene that is wrong.
package struct SceneError: Error, Sendable, Hashable {
  /// The parameter: the name of a property of ``Scene``.
  package let parameter: String
  /// Its value, and what is expected: `0: expected at least 1`.
  package let problem: String
}

extension Scene {
  /// Checks all parameters.
  ///
  /// - Throws: the first that is wrong.
  package func validate() throws(SceneError) {
    let fewest = kind.fewestClusters
    guard clusters >= fewest, clusters <= Int32.max else {
      throw SceneError(
        parameter: "clusters",
        problem: clusters < fewest
          ? "\(clusters): the scene '\(kind.rawValue)' takes at least \(fewest)"
          : "\(clusters): expected at most \(Int32.max)")
    }
    try validateCounts()
    // More values in a batch, or centers, than that are a slip of the pen.
    let most = 1 << 32
    guard points <= most / 2, max(clusters, 2 * points) <= most / dimension else {
      throw SceneError(
        parameter: "points",
        problem: "\(points) of \(dimension) columns in a batch, and \(clusters) clusters: expected "
          + "at most \(most) values")
    }
    try validateBatchNumber()
    try validateNumbers()
  }

  private func validateCounts() throws(SceneError) {
    let counts = [
      ("dimension", dimension, 1, Int.max), ("points", points, 1, .max),
      ("batches", batches, 1, Int(Int32.max)), ("exponent", exponent, 0, 64),
      ("freedom", freedom, 1, 1000), ("every", every ?? 1, 1, .max),
      ("duration", duration ?? 1, 1, .max),
    ]
    for (name, count, least, most) in counts where count < least || count > most {
      throw SceneError(
        parameter: name,
        problem: "\(count): expected at \(count < least ? "least \(least)" : "most \(most)")")
    }
  }

  private func validateBatchNumber() throws(SceneError) {
    guard let at, !(1...batches).contains(at) else { return }
    throw SceneError(parameter: "at", problem: "\(at): expected a batch from 1 to \(batches)")
  }

  private func validateNumbers() throws(SceneError) {
    let numbers = [
      ("spread", spread), ("extent", extent), ("speed", speed), ("distance", distance),
      ("lateness", lateness), ("pause", pause),
    ]
    for (name, value) in numbers where !(value >= 0 && value <= 1e100) {
      throw SceneError(
        parameter: name, problem: "\(value): expected a number from 0 to 1e100")
    }
    guard lateShare >= 0, lateShare <= 1 else {
      throw SceneError(parameter: "lateShare", problem: "\(lateShare): expected 0 to 1")
    }
  }
}
