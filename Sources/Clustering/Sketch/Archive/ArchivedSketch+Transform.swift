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
    if archive["leavesOutZeroRows"] != nil {
      parameters.leavesOutZeroRows = try archive.flag("leavesOutZeroRows")
    }
  }

  /// The transform of a sketch that has begun.
  func transform(_ parameters: SketchParameters, columns: Int) throws -> RowTransform {
    guard parameters.standardizes else { return parameters.transform() }
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
    return parameters.transform(standardization)
  }

  /// The rows that wait to say how columns are standardised.
  func firstRows<Scalar: ClusteringScalar>(
    _ parameters: SketchParameters
  ) throws -> WarmupRows<Scalar> {
    guard parameters.standardizes, archive["means"] == nil else {
      throw archive.wrong("firstRows", "is there, and no columns are to be standardised by it")
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
