internal import KMeansFiles

// The sections of a stream in the archive of its model; files of fits, and older ones, have none.
extension StreamedClusters {
  func write(to archive: inout Archive) {
    archive.set("streamMeans", centers)
    archive["streamWeights"] = .doubles(weights)
    archive["streamTime"] = .double(time)
    if let landmark { archive["streamLandmark"] = .double(landmark) }
    archive["streamUnit"] = .string(unit)
    if let halfLife { archive["streamHalfLife"] = .double(halfLife) }
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
      halfLife: try number("streamHalfLife", orElse: .infinity))
  }
}
