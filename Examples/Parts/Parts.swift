// Clusters files that are larger than memory, each read once, at the same time, and says how good
// the result is, for certain:
// swift run -c release KMeansPartsExample 20 monday.csv tuesday.csv.gz
import Clustering
import VectorIO

@main
enum Parts {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 2, let count = Int(arguments.first!) else {
      print("usage: parts CLUSTERS FILE...")
      return
    }
    let paths = Array(arguments.dropFirst())
    let sketch =
      paths.count == 1 ? try sketch(of: paths[0], count) : try await sketch(of: paths, count)

    let model = try BallKMeans(clusterCount: count, runs: 10, seed: 1).fit(sketch)
    let cost = sketch.costBounds(for: model.centroids)
    print("\(sketch.pointCount) points in \(sketch.weights.count) centroids")
    print("k-means cost of all files: between \(cost.lowerBound) and \(cost.upperBound)")
    for row in 0..<model.clusterCount {
      print("cluster \(row) at \(model.centroids.rowArrays[row]): \(model.clusterWeights[row])")
    }
  }

  /// The sketch of one file, or of a pipe (`-`), for it is read once.
  static func sketch(
    of path: String, _ count: Int, seed: UInt64 = 0
  ) throws -> StreamingSketch<Float> {
    var rows = try VectorFile<Float>(path)
    var sketch = StreamingSketch<Float>(clusterCount: count, seed: seed)
    try sketch.add(all: &rows)
    return sketch
  }

  /// Sketches merge in the order of the files, not in that of their arrival: the same every time.
  static func sketch(of paths: [String], _ count: Int) async throws -> StreamingSketch<Float> {
    let sketches = try await withThrowingTaskGroup(of: (Int, StreamingSketch<Float>).self) {
      group in
      for (part, path) in paths.enumerated() {
        group.addTask { (part, try sketch(of: path, count, seed: UInt64(part))) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var whole = StreamingSketch<Float>(clusterCount: count, seed: 0)
    for part in paths.indices { try whole.merge(sketches[part]!) }
    return whole
  }
}
