import Clustering

// What is said of the frames of a stream.
extension StreamMap {
  /// What each frame is called, with what happened since the one before.
  static func names(_ history: StreamHistory, _ frames: [StreamHistory.Frame]) -> [String] {
    var (rest, last) = (history.happenings[...], history.measures.last?.x ?? 0)
    last = max(last, frames.last?.x ?? 0)
    return frames.map { frame in
      var texts: [String] = []
      while let first = rest.first, first.x <= frame.x {
        if first.event.kind != "born" { texts.append(text(first.event)) }
        rest = rest.dropFirst()
      }
      let shown = texts.prefix(3).joined(separator: ", ") + (texts.count > 3 ? ", ..." : "")
      let place = "batch \(numberText(frame.x, digits: 12)) of \(numberText(last, digits: 12))"
      return texts.isEmpty ? place : "\(place): \(shown)"
    }
  }

  /// An event in words.
  static func text(_ event: TraceRecord.Event) -> String {
    let cluster = "cluster \(event.cluster.map(\.description) ?? "?")"
    switch event.kind {
    case "born": return "\(cluster) was born"
    case "died": return "\(cluster) died"
    case "split": return "\(cluster) began as a half of cluster \(event.parent ?? -1)"
    case "drift":
      return "drift: alarm of \(event.of ?? "a test")"
        + (event.value.map { " (\(numberText($0)))" } ?? "")
    default: return "\(event.kind) of \(cluster)"
    }
  }
}
