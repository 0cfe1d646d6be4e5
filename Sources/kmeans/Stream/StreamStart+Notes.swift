import Clustering

// What a stream that goes on from a model says of it.
extension StreamStart {
  /// What goes on and what does not.
  func notes(_ parameters: StreamingParameters) -> [String] {
    guard case .model(let model, let path) = self else { return [] }
    let (unit, forgets) = (
      parameters.forgetting.unit, parameters.forgetting.halfLivesPerUnit > 0
    )
    guard let streamed = model.streamed else {
      return forgets
        ? ["\(path): it does not say its time: its weights count as of the first point"] : []
    }
    var lines = [
      "\(path): its centroids and weights go on; cluster ids, batch numbers, the spread of clusters "
        + "(outlier scores) and how long they got no points (--deaths) begin anew"
    ]
    if streamed.unit == unit.rawValue {
      lines[0] += "; the clock goes on at \(streamed.time) \(unit.rawValue)"
    } else if forgets {
      lines.append(
        "\(path): its time is \(streamed.time) \(streamed.unit), which says nothing of "
          + "\(unit.rawValue): its weights count as of the first point")
    }
    return lines
  }
}
