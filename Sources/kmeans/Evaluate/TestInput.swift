import Clustering
import VectorIO

/// More points that go to the same centroids: those of `--test`.
struct TestInput {
  private let path: String
  private let expected: ExpectedColumns
  private let command: EvaluateCommand

  /// - Parameters:
  ///   - info: the input, whose columns these points must have.
  ///   - start: the columns that the centroids are of.
  init(
    _ path: String, like info: VectorFileInfo, _ start: ExpectedColumns?, _ command: EvaluateCommand
  ) {
    self.path = path
    self.command = command
    var expected = ExpectedColumns(
      info, areListed: command.source.rows.areColumnsListed, behind: start)
    expected.setApart = command.setApart
    self.expected = expected
  }

  /// Reads them all. Weights in a file are those of the input, and none of these points'.
  ///
  /// - Parameter given: the centroids that are judged, and others beside them.
  func points<Scalar: ClusteringScalar>(
    as type: Scalar.Type, _ given: [GivenCentroids?]
  ) throws -> any PointInput<Scalar> {
    let weights = command.weights.column == nil ? PointWeights(nil) : command.weights
    let file = try command.source.rows.open(
      [path], command.reading(expected, given[0]), note: command.common.note)
    return try command.points(file, as: type, expected, for: given, weights)
  }
}
