import KMeansFiles
import KMeansScenes
import VectorIO

/// The output of `kmeans generate --json`.
struct GenerateReport: Encodable {
  let scene: String
  let batches: Int
  let points: Int
  let dimension: Int
  let clusters: Int
  let seed: UInt64
  let output: String
  let format: String
  let bytes: Int
  let events: Int
  let seconds: Double
  /// Lines for people on what happens.
  private let happenings: [String]

  private enum CodingKeys: CodingKey {
    case scene, batches, points, dimension, clusters, seed, output, format, bytes, events, seconds
  }

  init(_ scene: Scene, _ made: GenerateOutputs.Made, seconds: Double) {
    self.scene = scene.kind.rawValue
    (batches, points, dimension) = (scene.batches, made.rows, scene.dimension)
    (clusters, seed, output) = (scene.clusters, scene.seed, made.output)
    (format, bytes, events, self.seconds) = (
      made.format.rawValue, made.bytes, made.events.count, seconds
    )
    happenings = Self.happenings(made.events)
  }

  /// What is said of it.
  var lines: [String] {
    [
      "\(scene): \(counted(points, "point")) of \(counted(dimension, "column")) in "
        + "\(counted(batches, "batch", plural: "batches")), "
        + "\(counted(clusters, "cluster")), seed \(seed), to \(output) (\(format), "
        + "\(counted(bytes, "byte")))"
    ] + happenings
  }

  /// A line for each batch in which something happens, of which there are not more than a few.
  private static func happenings(_ events: [(batch: Int, event: SceneEvent)]) -> [String] {
    let most = 8
    var lines: [String] = []
    let groups = Dictionary(grouping: events) { $0.batch }.sorted { $0.key < $1.key }
    for (batch, group) in groups {
      if lines.count == most {
        lines.append("... and more; --truth OUT.jsonl has them all")
        break
      }
      let kinds = Dictionary(grouping: group.map { $0.event }, by: \.kind)
      let texts = SceneEvent.Kind.allCases.compactMap { kind in kinds[kind].map(text) }
      lines.append("batch \(batch): \(texts.joined(separator: ", "))")
    }
    return lines
  }

  /// Events of one kind.
  private static func text(_ events: [SceneEvent]) -> String {
    let first = events[0]
    let clusters = events.compactMap(\.cluster)
    let shown = clusters.prefix(8).map(\.description).joined(separator: ", ")
    let others = clusters.count > 8 ? " and \(clusters.count - 8) more" : ""
    let whose = "\(clusters.count == 1 ? "cluster" : "clusters") \(shown)\(others)"
    switch first.kind {
    case .late: return "\(counted(first.points ?? 0, "late point"))"
    case .burst: return "after a pause of \(first.seconds ?? 0) s"
    case .merge: return "merge of cluster \(first.cluster ?? 0) into \(first.other ?? 0)"
    case .split: return "split of cluster \(first.other ?? 0), new cluster \(first.cluster ?? 0)"
    case .crossing:
      let pairs = events.prefix(8).map { "\($0.cluster ?? 0) and \($0.other ?? 0)" }
      return "crossing of clusters \(pairs.joined(separator: ", "))"
    default: return "\(first.kind.rawValue) of \(whose)"
    }
  }
}
