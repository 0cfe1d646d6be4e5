import Clustering
import KMeansFiles

/// What is said of a sketch: a line a fact for people, keys of JSON for programs, which are a
/// contract.
struct SketchFacts {
  let all: [Fact]

  init(_ sketch: AnySketch) {
    switch sketch {
    case .floats(let file): self.init(file, precision: .float)
    case .doubles(let file): self.init(file, precision: .double)
    }
  }

  private init<Scalar: ClusteringScalar>(_ file: SketchFile<Scalar>, precision: Precision) {
    let sketch = file.sketch
    // Rows that wait are made a sketch once, not by each of the questions.
    let weights = sketch.weights
    var facts = [
      Fact("file", .text(file.path)),
      Fact("kind", .text(StreamingSketch<Scalar>.archiveKind)),
      Fact("precision", .text(precision.rawValue)),
      Fact("points", .number(Double(sketch.pointCount))),
      Fact("weight", .number(weights.reduce(0, +))),
    ]
    if let dimension = sketch.dimension {
      facts.append(Fact("dimension", .number(Double(dimension))))
    }
    facts += [
      Fact("sketchCentroids", .number(Double(weights.count))),
      Fact("sketchSize", .number(Double(sketch.numClusters))),
      Fact("sketchError", .number(sketch.squaredError)),
      Fact("collapses", .number(Double(sketch.collapseCount))),
    ]
    if let cutoff = sketch.distanceCutoff, cutoff.isFinite {
      facts.append(Fact("distanceCutoff", .number(cutoff)))
    }
    all = facts + Self.facts(sketch.parameters) + (file.columns?.facts ?? [])
  }

  /// The parameters by which it was made, and by which it goes on.
  private static func facts(_ parameters: SketchParameters) -> [Fact] {
    let cutoff: Fact.Value =
      switch parameters.distanceCutoff {
      case .estimated: .text("estimated")
      case .fixed(let cutoff): .number(cutoff)
      case .shindler(let points): .text("of \(counted(points, "point"))")
      }
    let logFactor = parameters.clusterLogFactor ?? Double(parameters.clusterCount)
    let numbers: [Fact] =
      switch parameters.distance {
      case .minkowski(let exponent): [Fact("distanceExponent", .number(exponent))]
      case .weightedEuclidean(let weights), .weightedManhattan(let weights):
        [Fact("distanceWeights", .numbers(weights))]
      case .euclidean, .cosine, .mahalanobis, .manhattan, .chebyshev, .tanimoto: []
      }
    let distance = [Fact("distance", .text(parameters.distance.kind.rawValue))]
    let rule: [Fact] = [
      Fact("power", .number(Double(parameters.usedPower))),
      Fact("standardized", .flag(parameters.standardizes)),
      Fact("seed", .whole(parameters.seed)),
      Fact("clusters", .number(Double(parameters.clusterCount))),
      Fact(
        "estimatedNumMapClusters",
        .number(Double(parameters.numClusters ?? 7 * parameters.clusterCount))),
      Fact("estimatedDistanceCutoff", cutoff),
      Fact("beta", .number(parameters.beta)),
      Fact("logFactor", .number(logFactor)),
      Fact("overshoot", .number(parameters.clusterOvershoot)),
      Fact("collapse", .text(parameters.collapse.rawValue)),
    ]
    return distance + numbers + rule
  }
}
