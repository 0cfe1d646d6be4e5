import Clustering
import KMeansFiles
import VectorIO

/// What is known of a file of points and of their weights before the points are read.
struct PointFile {
  let info: VectorFileInfo
  /// The columns of the coordinates: their names, or their numbers from 1.
  let columnNames: [String]
  /// Which columns of the file they are.
  let inputColumns: InputColumns
  /// The files that errors are about.
  let locator: ErrorLocator
  /// The weights where they come from a file of their own: one for each row, left out or not.
  let givenWeights: [Double]?
  /// Whether they are a column of the points' file.
  var hasWeightColumn: Bool { info.optionalWeight != nil }

  /// Says how the file was taken, and refuses what does not go together.
  ///
  /// - Parameters:
  ///   - expected: the columns the points must have, if anything says so.
  ///   - remark: what else the user should know, behind the name of the file.
  init<Scalar: ClusteringScalar>(
    _ info: VectorFileInfo, as type: Scalar.Type, _ weights: PointWeights, _ options: RunOptions,
    expected: ExpectedColumns?, remark: String? = nil
  ) throws {
    self.info = info
    options.note(info)
    if let remark { options.note("\(info.path): \(remark)") }
    if let note = weights.note(info) { options.note(note) }
    try weights.check(info)
    givenWeights = try weights.readFile()
    let chosen = info.chosenColumns
    try expected?.check(info, chosen) { options.note($0) }
    columnNames = chosen.map { $0.name ?? "\($0.number)" }
    inputColumns = InputColumns(info, chosen)
    var locator = ErrorLocator(info, as: Scalar.self)
    locator.weights = weights.name(in: info)
    self.locator = locator
  }
}
