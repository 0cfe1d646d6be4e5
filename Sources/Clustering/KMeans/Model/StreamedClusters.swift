internal import KMeansFiles

/// What the model of a stream keeps beyond what other models have, so that another stream can go on
/// from it as if nothing had happened in between: the clusters before anything was rounded, and the
/// time.
package struct StreamedClusters: Sendable, Hashable, Codable {
  /// k x d: the means of transformed points, neither rounded nor, by the cosine, made of length 1.
  package let centers: Matrix<Double>
  /// What each cluster weighs, in units of what an event at the landmark counts.
  package let weights: [Double]
  /// The latest time that was seen.
  package let time: Double
  /// The time whose events count 1; nothing where all do.
  package let landmark: Double?
  /// What time is counted in, such as batches or seconds.
  package let unit: String
  /// The half-life in that unit; `nil` where nothing is forgotten.
  package let halfLife: Double?
  /// The id of each cluster in its stream; `nil` where the model is older than that.
  package let ids: [Int]?

  /// - Parameters:
  ///   - landmark: minus infinity where all events count 1.
  ///   - halfLife: infinite where nothing is forgotten.
  package init(
    centers: Matrix<Double>, weights: [Double], time: Double, landmark: Double, unit: String,
    halfLife: Double, ids: [Int]?
  ) {
    self.centers = centers
    self.weights = weights
    self.time = time
    self.landmark = landmark.isFinite ? landmark : nil
    self.unit = unit
    self.halfLife = halfLife.isFinite ? halfLife : nil
    self.ids = ids
  }

  /// Refuses what no stream leaves behind: archives may say what they like.
  func check(clusters: Int, columns: Int) throws(WrongPart) {
    guard centers.rows == clusters, centers.columns == columns else {
      throw WrongPart(
        section: "streamMeans",
        problem:
          "has \(centers.rows) x \(centers.columns) values, expected \(clusters) x \(columns)")
    }
    let limit = 2 * FiniteCheck<Double>.limit
    let values = centers.span
    for index in values.indices where !(values[index].magnitude <= limit) {
      throw WrongPart(
        section: "streamMeans",
        problem: "has a value of \(values[index]), expected a number within +-\(limit)")
    }
    guard weights.count == clusters, weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw WrongPart(
        section: "streamWeights",
        problem: "is not \(clusters) finite numbers that are not negative")
    }
    guard time.isFinite, landmark ?? time <= time else {
      throw WrongPart(
        section: "streamTime",
        problem: "is \(time), expected a finite number, not before the landmark")
    }
    guard let ids else { return }
    guard ids.count == clusters, ids.allSatisfy({ $0 >= 0 }), Set(ids).count == clusters else {
      throw WrongPart(
        section: "streamIDs",
        problem: "is not \(clusters) different whole numbers that are not negative")
    }
  }
}

// The sections of a stream in the archive of its model; files of fits, and older ones, have none.
extension StreamedClusters {
  func write(to archive: inout Archive) {
    archive.set("streamMeans", centers)
    archive["streamWeights"] = .doubles(weights)
    archive["streamTime"] = .double(time)
    if let landmark { archive["streamLandmark"] = .double(landmark) }
    archive["streamUnit"] = .string(unit)
    if let halfLife { archive["streamHalfLife"] = .double(halfLife) }
    if let ids { archive["streamIDs"] = .ints(ids.map { Int64($0) }) }
  }

  /// - Returns: nothing where the archive has none.
  init?(_ archive: Archive, columns: Int) throws {
    guard archive["streamMeans"] != nil else { return nil }
    let found = try archive.matrix("streamMeans", as: Double.self)
    guard found.columns == columns else {
      throw archive.wrong(
        "streamMeans", "has \(counted(found.columns, "column")), expected \(columns)")
    }
    func number(_ name: String, orElse absent: Double) throws -> Double {
      archive[name] == nil ? absent : try archive.double(name)
    }
    let values = found.values
    self.init(
      centers: try Matrix(values.span, columns: columns),
      weights: try archive.vector("streamWeights"), time: try archive.double("streamTime"),
      landmark: try number("streamLandmark", orElse: -.infinity),
      unit: try archive.string("streamUnit"),
      halfLife: try number("streamHalfLife", orElse: .infinity),
      ids: archive["streamIDs"] == nil ? nil : try archive.ints("streamIDs").map { Int($0) })
  }
}
