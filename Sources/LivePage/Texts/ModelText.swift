// What /model sends: the clusters as one object of JSON, numbers as they are.

/// The text of a model, piece by piece: centroids of many columns would be a very long one.
package struct ModelText: Sequence, IteratorProtocol, Sendable {
  private let state: FeedState
  /// The next row of the centroids; -1 before the beginning.
  private var row = -1
  private var isOver = false

  init(_ state: FeedState) { self.state = state }

  /// The next piece: the beginning, some rows of the centroids, or the end.
  package mutating func next() -> [UInt8]? {
    if isOver { return nil }
    guard let clusters = state.clusters else {
      isOver = true
      let columns = JSONText.list(state.names.columns)
      return Array(
        "{\"batch\":0,\"time\":null,\"columns\":\(columns),\"ids\":[],\"weights\":[],\"centroids\":[]}\n"
          .utf8)
    }
    var piece = ""
    if row < 0 {
      row = 0
      piece =
        "{\"batch\":\(clusters.batch),\"time\":\(JSONText.exact(clusters.time)),"
        + "\"columns\":\(JSONText.list(state.names.columns)),"
        + "\"ids\":\(JSONText.list(clusters.ids)),"
        + "\"weights\":\(JSONText.list(clusters.weights.map { JSONText.exact($0) })),\"centroids\":["
    }
    let dimension = clusters.dimension
    while row < clusters.ids.count, piece.utf8.count < 1 << 15 {
      let values = clusters.centroids[row * dimension..<(row + 1) * dimension]
      piece += (row > 0 ? "," : "") + JSONText.list(values.map { JSONText.exact($0) })
      row += 1
    }
    if row == clusters.ids.count {
      isOver = true
      piece += "]}\n"
    }
    return Array(piece.utf8)
  }
}
