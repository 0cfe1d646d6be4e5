// Learns the rows of files, or those of a pipe as they come:
// tail -n +1 -F readings.csv | swift run -c release KMeansFollowExample
import Batching
import Clustering

@main
enum Follow {
  static func main() throws {
    var stream = StreamingKMeans<Float>(
      clusterCount: 2, forgetting: .halfLife(5, .batches), seed: 1)
    let batches = try source(of: Array(CommandLine.arguments.dropFirst()))
    while let batch = try batches.next() {
      // With a column of weights or times, which `ReadingOptions.auxiliary` names, they go along.
      let (weights, times) = (batch.weights, batch.times)
      let report = try stream.update(batch.points, weights: weights?.span, times: times?.span)
      print("\(batch.file.path): \(report.points) rows, inertia \(report.inertiaAfter)")
    }
    for row in stream.latestModel.map({ 0..<$0.clusterCount }) ?? 0..<0 {
      print("cluster \(stream.ids[row]) weighs \(stream.clusterWeights[row])")
    }
  }

  /// Each file is a batch, or 5,000 rows of it are; without files a batch is what comes by the
  /// standard input within a second.
  static func source(of paths: [String]) throws -> any BatchSource<Float> {
    if !paths.isEmpty { return try FileBatches(paths, limit: 5_000) }
    // The first row is enough to see the columns.
    let file = try VectorFile<Float>("-", options: ReadingOptions(awaitsSample: false))
    return ArrivingBatches(file, interval: .seconds(1))
  }
}
