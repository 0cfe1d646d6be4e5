internal import KMeansFiles
internal import KMeansLinearAlgebra

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
    // Programs from before there was a linear part refuse a 2, as they must, and a 3 those from
    // before rows could have length 1 and centroids not.
    let alone: Int64 = normalizesCentroids ? 1 : 3
    archive["normalizes"] = .int(linear != nil ? 2 : normalizes ? alone : 0)
    linear?.write(to: &archive)
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
    let linear = try Linear(archive, columns: columns)
    // Files from before there were transforms have no such section.
    guard linear == nil, archive["normalizes"] != nil else {
      self.init(standardization: standardization, linear: linear)
      return
    }
    let number = try archive.int("normalizes")
    guard number == 0 || number == 1 || number == 3 else {
      throw archive.wrong("normalizes", "is \(number), expected 0, 1 or 3")
    }
    self.init(
      standardization: standardization, normalizes: number > 0, normalizesCentroids: number == 1)
  }
}

extension RowTransform.Linear {
  /// Sets the sections of what is done to columns.
  func write(to archive: inout Archive) {
    switch self {
    case .weights(let weights): archive["columnWeights"] = .doubles(weights)
    case .scales(let scales): archive["columnScales"] = .doubles(scales)
    case .whitening(let whitening):
      archive["covariance"] = .doubles(whitening.covariance.values)
      if let mean = whitening.covariance.mean { archive["covarianceMean"] = .doubles(mean) }
    }
  }

  /// Reads them; `nil` from an archive that has none.
  ///
  /// - Throws: ``FileError`` with the section where they cannot map rows of some columns.
  /// - Complexity: O(d), O(d^3) for a covariance, which is factorised to the same bits.
  init?(_ archive: Archive, columns: Int) throws {
    if archive["columnWeights"] != nil {
      self = .weights(try archive.vector("columnWeights", as: Double.self))
    } else if archive["columnScales"] != nil {
      self = .scales(try archive.vector("columnScales", as: Double.self))
    } else if archive["covariance"] != nil {
      let mean: [Double]? =
        archive["covarianceMean"] == nil
        ? nil : try archive.vector("covarianceMean", as: Double.self)
      let covariance = DistanceMeasure.Covariance(
        mean: mean, values: try archive.vector("covariance", as: Double.self))
      // Before it is factorised, which takes time and memory.
      do throws(ClusteringError) {
        try DistanceMeasure.mahalanobis(covariance).check(columns: columns)
      } catch {
        throw archive.wrong("covariance", "is of no use: \(error)")
      }
      do throws(LAPACKError) { self = .whitening(try .init(knowing: covariance)) } catch {
        throw archive.wrong("covariance", "is of no use: \(error)")
      }
    } else {
      return nil
    }
    do throws(WrongPart) { try check(columns: columns) } catch { throw archive.wrong(error) }
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
