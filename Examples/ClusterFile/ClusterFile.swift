// Clusters a file, keeps the model, and labels other points with it.
import Clustering
import VectorIO

@main
enum ClusterFile {
  static func main() throws {
    guard CommandLine.arguments.count == 4, let count = Int(CommandLine.arguments[2]) else {
      print("usage: cluster-file POINTS CLUSTERS MODEL")
      return
    }
    let (path, model) = (CommandLine.arguments[1], CommandLine.arguments[3])

    // A file knows which type suits it; here it is read as Float whatever it holds.
    var rows = try VectorFile<Float>(path)
    let points = try Matrix(reading: &rows)
    let fit = try KMeans(clusterCount: count, seed: 1).fit(points.view)
    try fit.model.save(to: model)  // whole or not at all

    // Later, elsewhere: read back bit for bit, and no allocation for the labels.
    let again = try KMeansModel<Float>.load(from: model)
    var labels = [Int32](repeating: 0, count: points.rows)
    var span = labels.mutableSpan
    try again.assign(points.view, into: &span)
    print("\(points.rows) points, inertia \(again.inertia), same labels: \(labels == fit.labels)")
  }
}
