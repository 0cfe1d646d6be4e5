import Clustering
import KMeansFiles
import VectorIO

/// What a report knows of points that go to the centroids of a model.
struct ReportedPoints<Scalar: ClusteringScalar> {
  let model: KMeansModel<Scalar>
  let profile: PointProfile<Scalar>
  /// The weighted sum of the squared distances to the centroids, or of distances.
  let inertia: Double
  let drawn: DrawnPoints

  /// Points in memory.
  init(
    _ points: Points<Scalar>, _ model: KMeansModel<Scalar>, _ command: ReportCommand,
    _ execution: Execution
  ) throws {
    self.model = model
    let found = try points.locator.onError { () throws(ClusteringError) in
      try model.labelsAndDistances(
        points.view, execution: execution, leavingOutZeroRows: command.rows.leavesOut)
    }
    var profile = PointProfile(model, execution, examples: 3)
    try profile.add(points.view, points.locator, ids: points.ids, found.labels, found.distances)
    self.profile = profile
    var sum = 0.0
    for (row, distance) in found.distances.enumerated() where !distance.isNaN {
      sum += (points.weights?[row] ?? 1) * distance
    }
    inertia = sum
    var sample = command.sample(of: model)
    sample.add(points.view, found.labels)
    drawn = try DrawnPoints(sample.finished(), of: sample.points, model, execution)
  }

  /// Points of a file, which are read in one pass.
  ///
  /// - Throws: where there are none, too.
  init(
    reading file: VectorFile<Scalar>, _ model: KMeansModel<Scalar>, from source: String?,
    weightColumn: String? = nil, _ command: ReportCommand, _ execution: Execution
  ) throws {
    self.model = model
    var assignment = BlockAssignment(model, execution)
    assignment.leavesOutZeroRows = command.rows.leavesOut
    assignment.keepsLabels = false
    assignment.source = source
    var (profile, sum) = (PointProfile(model, execution, examples: 3), 0.0)
    var sample = command.sample(of: model)
    var blocks = try PointBlocks(
      file, weightColumn: weightColumn, byteCount: 1 << 25, least: 1024)
    try assignment.read(&blocks) { block, labels, distances in
      try profile.add(block, labels, distances)
      sample.add(block.view, labels)
      let weights = block.weights
      for (row, distance) in distances.enumerated() where !distance.isNaN {
        sum += (weights?[row] ?? 1) * distance
      }
    }
    guard sample.points > 0 else {
      throw Failure.data("\(file.info.path): \(blocks.leftOut.noPoints)")
    }
    blocks.notes.forEach(command.common.note)
    if let note = ZeroRows.note(
      file.info.path, assignment.zeroRows, file.parts, isScaled: model.transform.scalesColumns)
    {
      command.common.note(note)
    }
    (self.profile, inertia) = (profile, sum)
    drawn = try DrawnPoints(sample.finished(), of: sample.points, model, execution)
  }
}

extension ReportCommand {
  /// A sample of points without any yet.
  func sample<Scalar: ClusteringScalar>(of model: KMeansModel<Scalar>) -> RowSample<Scalar> {
    sample(columns: model.dimension)
  }

  /// The same for points of some columns.
  func sample<Scalar: ClusteringScalar>(columns: Int) -> RowSample<Scalar> {
    RowSample(
      limit: RowSample<Scalar>.limit(drawn: results.sample, columns: columns), columns: columns,
      seed: clustering.seed)
  }
}
