import Clustering
import KMeansFiles

/// What a stream says once, when it happens first.
struct StreamNotes: Codable {
  private var saidWaiting = false
  private var saidTooLate = false
  private var saidSpares = false
  private var saidFirstTime = false
  private var saidNoCentroids = false

  /// What is to be said before rows are learnt that nothing can be predicted for.
  ///
  /// - Parameter output: where predictions go, if there are any.
  mutating func noCentroids(_ output: Output?) -> String? {
    guard let output, !saidNoCentroids else { return nil }
    saidNoCentroids = true
    return
      "\(output.option) \(output.path): rows get the label -1 until there are centroids; --init "
      + "MODEL, of a fit or of an earlier stream, has some from the first row on"
  }

  /// What is to be said after a batch.
  ///
  /// - Parameter firstTime: that of its first row.
  mutating func take(
    _ report: BatchReport, firstTime: Double?, _ path: String, _ parameters: StreamingParameters
  ) -> [String] {
    var lines: [String] = []
    let clusters = counted(parameters.clusterCount, "cluster")
    if let firstTime, !saidFirstTime, parameters.forgetting.unit == .seconds {
      saidFirstTime = true
      if firstTime >= Self.year3000 {
        lines.append(
          "\(path): the first time is \(firstTime) seconds, after the year 3000: are these "
            + "milliseconds? Half-lives are counted in seconds")
      }
    }
    if let values = report.waitingValues, !saidWaiting, values < parameters.clusterCount {
      saidWaiting = true
      lines.append(
        "\(path): \(counted(report.waitingPoints, "point")) \(report.waitingPoints == 1 ? "has" : "have") "
          + "\(counted(values, "different value")), too few for \(clusters): the stream waits "
          + "for others before it begins")
    }
    if let note = ZeroRows.note(path, waited: report.leftOutFirstRows) { lines.append(note) }
    if report.tooLatePoints > 0, !saidTooLate {
      saidTooLate = true
      lines.append(
        "\(path): points from more than 100 half-lives before the first one are too late: they are "
          + "counted and not learnt")
    }
    if report.spareClusters > 0, !saidSpares {
      saidSpares = true
      let isOne = report.spareClusters == 1
      lines.append(
        "\(path): \(report.spareClusters) of \(clusters) \(isOne ? "equals another" : "equal others"), for too "
          + "few points differ: \(isOne ? "it takes" : "they take") the first other points that come"
      )
    }
    return lines
  }

  /// In seconds since 1970.
  private static let year3000 = 32_503_680_000.0
}
