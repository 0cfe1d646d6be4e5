import Clustering
import Testing

/// Whoever waits for initial centroids is told how many there are.
@Test(arguments: [CentroidInitialization.greedy, .kMeansPlusPlus])
func `the number of initial centroids is reported`(_ initialization: CentroidInitialization) throws
{
  let points = try Matrix<Float>(
    (0..<3000).map { row -> [Float] in [Float(row % 61) / 7, Float(row % 101) / 3, Float(row)] })
  var kmeans = KMeans(clusterCount: 40, seed: 5)
  kmeans.initialization = initialization
  kmeans.runs = 2
  kmeans.maxIterations = 1
  var seen: [Int] = []
  let fit = try kmeans.fit(points.view, onSeeds: { seen.append($0) }) { _, _ in }
  // Rising up to all of them, once a run.
  #expect(seen.count > 6 && seen.count { $0 == 40 } == 2 && seen.last == 40)
  let first = seen.prefix { $0 < 40 }
  #expect(first.allSatisfy { $0 > 0 } && zip(first, first.dropFirst()).allSatisfy(<))
  #expect(try fit.labels == kmeans.fit(points.view).labels)
}
