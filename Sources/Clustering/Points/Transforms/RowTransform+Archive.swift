internal import KMeansFiles

/// The fault of one part of a model or a stream that comes from outside: a file, JSON.
struct WrongPart: Error {
  /// The section of an archive that holds the part.
  let section: String
  let problem: String
}

// The sections of a transform, the same in all archives.
extension RowTransform {
  /// Sets them.
  func write(to archive: inout Archive) {
    if let standardization {
      archive["means"] = .doubles(standardization.means)
      archive["deviations"] = .doubles(standardization.deviations)
    }
    archive["normalizes"] = .int(normalizes ? 1 : 0)
  }

  /// Reads them.
  ///
  /// - Throws: ``FileError`` where there is not a mean and a deviation a column, with the section.
  init(_ archive: Archive, columns: Int) throws {
    var standardization: Standardization?
    if archive["means"] != nil || archive["deviations"] != nil {
      let found = (
        means: try archive.vector("means", as: Double.self),
        deviations: try archive.vector("deviations", as: Double.self)
      )
      guard found.means.count == found.deviations.count else {
        throw archive.wrong(
          "deviations",
          "has \(counted(found.deviations.count, "value")) for \(counted(found.means.count, "mean"))"
        )
      }
      standardization = Standardization(means: found.means, deviations: found.deviations)
      do throws(WrongPart) {
        try standardization!.check(columns: columns)
      } catch {
        throw archive.wrong(error)
      }
    }
    // Files from before there were transforms have no such section.
    let normalizes = archive["normalizes"] == nil ? false : try archive.flag("normalizes")
    self.init(standardization: standardization, normalizes: normalizes)
  }
}

extension Archive {
  /// The error of a section.
  ///
  /// - Parameter problem: follows the name of the section: "is nan, expected a number".
  func wrong(_ section: String, _ problem: String) -> FileError {
    .malformed(path: path, place: .wholeFile, problem: "section '\(section)' \(problem)")
  }

  func wrong(_ part: WrongPart) -> FileError { wrong(part.section, part.problem) }

  /// A section that holds 1 for yes or 0 for no.
  func flag(_ name: String) throws -> Bool {
    let value = try int(name)
    guard value == 0 || value == 1 else { throw wrong(name, "is \(value), expected 0 or 1") }
    return value == 1
  }

  /// Sets a section to a matrix.
  mutating func set<Scalar: ClusteringScalar>(_ name: String, _ matrix: Matrix<Scalar>) {
    setMatrix(name, rows: matrix.rows, columns: matrix.columns, values: matrix.span)
  }
}
