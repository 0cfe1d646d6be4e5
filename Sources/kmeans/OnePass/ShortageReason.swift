import Clustering

/// The reason why a sketch has too few centroids, with the option that mends it.
struct ShortageReason {
  let text: String

  init(_ shortage: SketchShortage, _ command: OnePassCommand) {
    switch shortage {
    case .fewDistinctPoints(let resolution):
      let weighted = command.source.pointWeights == nil ? "" : " of a weight above 0"
      let rounded =
        resolution > 0
        ? " (such as are nearer to each other than \(short(resolution)) count as one, so far from the "
          + "first rows)" : ""
      text = "the points\(weighted) have no more distinct values\(rounded), expected a smaller -k"
    case .collapsed(let wanted):
      let size = command.sketching.sketchSize
      text =
        "a collapse left so few of about \(wanted) that it was to keep, expected "
        + (size.map { "a -km above \($0)" } ?? "a larger -km") + ", or a smaller --beta"
    case .largeCutoff(let cutoff) where command.sketching.cutoff != -1:
      let weighted =
        command.source.pointWeights == nil
        ? ""
        : " (it is for points of weight 1; others are compared by weight times squared distance)"
      text =
        "the distance cutoff -e \(cutoff) made distinct points one\(weighted), expected a smaller one"
    case .largeCutoff(let cutoff):
      text =
        "the distance cutoff \(short(cutoff)), the smallest squared distance among the first rows, made "
        + "distinct points one, expected a smaller one as -e"
    }
  }
}
