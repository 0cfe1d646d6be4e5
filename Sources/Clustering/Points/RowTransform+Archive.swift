internal import KMeansFiles

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
  /// - Parameter problem: makes an error of what is wrong.
  /// - Throws: ``FileError`` where there is not a mean and a deviation a column.
  init(_ archive: Archive, columns: Int, _ problem: (String) -> FileError) throws {
    var standardization: Standardization?
    if archive["means"] != nil {
      let means: [Double] = try archive.vector("means")
      let deviations: [Double] = try archive.vector("deviations")
      guard means.count == deviations.count else {
        throw problem("\(means.count) means and \(deviations.count) deviations")
      }
      standardization = Standardization(means: means, deviations: deviations)
      guard standardization!.fits(columns: columns) else {
        throw problem(
          "expected a finite mean and a deviation above 0 for each of \(counted(columns, "column"))"
        )
      }
    }
    // Files from before there were transforms do not say.
    let normalizes = archive["normalizes"] == nil ? 0 : try archive.int("normalizes")
    self.init(standardization: standardization, normalizes: normalizes != 0)
  }
}

extension Archive {
  /// Sets a section to a matrix.
  mutating func set<Scalar: ClusteringScalar>(_ name: String, _ matrix: Matrix<Scalar>) {
    if let floats = matrix as? Matrix<Float> {
      setMatrix(name, rows: floats.rows, columns: floats.columns, values: floats.span)
    } else if let doubles = matrix as? Matrix<Double> {
      setMatrix(name, rows: doubles.rows, columns: doubles.columns, values: doubles.span)
    }
  }
}
