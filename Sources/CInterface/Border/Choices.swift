// The numbers of the header and what they stand for.
internal import Clustering
internal import KMeansCHeader

/// Where and how a call runs.
func execution(threads: Int32, strategy: Int32 = 0, _ name: String = "options->") throws
  -> Execution
{
  guard threads >= 0 else {
    throw BorderError.argument("\(name)threads is \(threads), expected at least 0")
  }
  let strategy: Execution.Strategy = try choice(
    strategy, "\(name)strategy",
    of: [
      (KM_STRATEGY_AUTO, .auto), (KM_STRATEGY_FUSED, .fused), (KM_STRATEGY_FILTERED, .filtered),
      (KM_STRATEGY_BLAS, .blas), (KM_STRATEGY_INVERTED, .inverted),
    ])
  let execution = Execution(threads: threads == 0 ? nil : Int(threads), strategy: strategy)
  try execution.validate()
  return execution
}

/// What is near.
func distanceMeasure(
  _ number: Int32, _ name: String = "options->distance"
) throws -> DistanceMeasure {
  try choice(number, name, of: [(KM_EUCLIDEAN, .euclidean), (KM_COSINE, .cosine)])
}

/// The number of a distance; -1 for one that the header does not name.
func number(of distance: DistanceMeasure) -> Int32 {
  switch distance {
  case .euclidean: Int32(KM_EUCLIDEAN)
  case .cosine: Int32(KM_COSINE)
  default: -1
  }
}

/// The number of clusters, for which labels have room.
func clusterCount(_ number: Int64) throws -> Int {
  guard number >= 1, number <= Int64(Int32.max) else {
    throw BorderError.argument(
      "options->clusters is \(number), expected a number from 1 to \(Int32.max)")
  }
  return Int(number)
}
