import Clustering
import KMeansFiles

/// What `kmeans info` says of the archive of a stream beside its model: whose it is, or how far the
/// inputs of its checkpoint were read.
enum StreamFacts {
  /// - Parameter kind: that of the file.
  /// - Returns: nothing of a file that holds no stream.
  /// - Throws: as an archive is read.
  static func facts(_ path: String, kind: String) throws -> [Fact] {
    switch kind {
    case StreamingKMeans<Double>.archiveKind:
      let archive = try Archive(readingFrom: path, kind: kind)
      return (try? archive.string("key")).map { [Fact("key", .text($0))] } ?? []
    case StreamState.archiveKind:
      return facts(try StreamState(Archive(readingFrom: path, kind: kind), path))
    default: return []
    }
  }

  private static func facts(_ state: StreamState) -> [Fact] {
    let inputs = state.inputs
    var facts = [
      Fact("points", .number(Double(state.totals.points))),
      Fact("rowsLeftOut", .number(Double(state.totals.leftOut.count))),
      Fact("options", .texts(state.settings.given)),
    ]
    if !inputs.taken.isEmpty {
      facts.append(Fact("filesTaken", .number(Double(inputs.finished))))
    } else {
      let names = inputs.files.map(\.name)
      if inputs.finished > 0 {
        facts.append(Fact("inputsRead", .texts(Array(names.prefix(inputs.finished)))))
      }
      if names.count > inputs.finished {
        facts.append(Fact("input", .text(names[inputs.finished])))
        // Good and bad ones: whoever sends a pipe again begins behind them.
        facts.append(Fact("rowsTaken", .number(Double(inputs.rows))))
      }
    }
    let lengths = state.lengths.sorted { $0.key < $1.key }
    if !lengths.isEmpty {
      facts.append(
        Fact("outputs", .texts(lengths.map { "\($0.key): \(counted($0.value, "byte"))" })))
    }
    return facts
  }
}
