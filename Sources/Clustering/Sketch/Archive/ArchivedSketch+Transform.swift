internal import KMeansFiles

// What a sketch does to rows, in an archive.
extension ArchivedSketch {
  /// Reads the parameters of it; archives from before there were transforms have none.
  func readTransforming(_ parameters: inout SketchParameters) throws {
    if archive["distance"] != nil {
      parameters.distance = try DistanceMeasure(archive)
    }
    if archive["standardizes"] != nil {
      parameters.standardizes = try archive.flag("standardizes")
    }
    if archive["power"] != nil { parameters.power = try archive.count("power", from: 1) }
    if archive["leavesOutZeroRows"] != nil {
      parameters.leavesOutZeroRows = try archive.flag("leavesOutZeroRows")
    }
  }

  /// The transform of a sketch that has begun.
  func transform(_ parameters: SketchParameters, columns: Int) throws -> RowTransform {
    let standardization =
      parameters.standardizes ? try self.standardization(columns: columns) : nil
    if parameters.distance.isEstimated {
      guard let linear = try RowTransform.Linear(archive, columns: columns) else {
        throw archive.wrong("distance", "is 'mahalanobis', and there is no section 'covariance'")
      }
      return RowTransform(standardization: standardization, linear: linear)
    }
    do throws(ClusteringError) {
      return try RowTransform(
        parameters.distance, standardization: standardization, columns: columns)
    } catch {
      throw archive.wrong("distance", "is '\(parameters.distance.kind.rawValue)': \(error)")
    }
  }

  private func standardization(columns: Int) throws -> RowTransform.Standardization {
    let means = try archive.vector("means", as: Double.self)
    let deviations = try archive.vector("deviations", as: Double.self)
    for (name, found) in [("means", means), ("deviations", deviations)]
    where found.count != columns {
      throw archive.wrong(
        name, "has \(counted(found.count, "value")) for \(counted(columns, "column"))")
    }
    let standardization = RowTransform.Standardization(means: means, deviations: deviations)
    do throws(WrongPart) { try standardization.check(columns: columns) } catch {
      throw archive.wrong(error)
    }
    return standardization
  }

  /// The number of columns of which means or a covariance are known; `nil` without both.
  func measuredColumns() throws -> Int? {
    if archive["means"] != nil { return try archive.vector("means", as: Double.self).count }
    guard archive["covariance"] != nil else { return nil }
    return Int(Double(try archive.vector("covariance", as: Double.self).count).squareRoot())
  }

  /// The rows that wait to say how columns are standardised.
  func firstRows<Scalar: ClusteringScalar>(
    _ parameters: SketchParameters
  ) throws -> WarmupRows<Scalar> {
    guard parameters.measuresRows, archive["means"] == nil, archive["covariance"] == nil else {
      throw archive.wrong("firstRows", "is there, and no columns are to be measured by it")
    }
    let rows: Matrix<Scalar> = try archive.finiteMatrix("firstRows")
    guard rows.rows < SketchParameters.rowsToStandardizeBy else {
      throw archive.wrong(
        "firstRows",
        "has \(counted(rows.rows, "row")), expected less than "
          + "\(SketchParameters.rowsToStandardizeBy)")
    }
    let weights: [Double] = try archive.numbers(
      "firstWeights", rows.rows, in: 0...Double.greatestFiniteMagnitude)
    return WarmupRows(rows: rows, weights: weights)
  }
}
