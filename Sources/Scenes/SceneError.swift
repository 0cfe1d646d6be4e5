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
    let counts = [
      ("dimension", dimension), ("points", points), ("batches", batches), ("exponent", exponent + 1),
      ("freedom", freedom), ("every", every ?? 1), ("duration", duration ?? 1),
    ]
    for (name, count) in counts where count < 1 {
      let least = name == "exponent" ? 0 : 1
      throw SceneError(parameter: name, problem: "\(count - 1 + least): expected at least \(least)")
    }
    // More values in a batch, or centers, than that are a slip of the pen.
    let most = 1 << 33
    guard max(clusters, points).multipliedReportingOverflow(by: dimension).overflow == false,
      max(clusters, 2 * points) <= most / dimension
    else {
      throw SceneError(
        parameter: "points",
        problem: "\(points) of \(dimension) columns in a batch, and \(clusters) clusters: expected "
          + "at most \(most) values")
    }
    guard exponent <= 64, freedom <= 1000 else {
      throw SceneError(
        parameter: exponent > 64 ? "exponent" : "freedom",
        problem: "\(exponent > 64 ? exponent : freedom): expected at most "
          + "\(exponent > 64 ? 64 : 1000)")
    }
    try validateBatchNumber()
    try validateNumbers()
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
