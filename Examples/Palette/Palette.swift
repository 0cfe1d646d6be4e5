// Reduces a picture to a palette, in memory that the caller owns.
import Clustering

@main
enum Palette {
  static func main() throws {
    // A sunset: 240 x 160 pixels of red, green and blue from 0 to 1, row after row.
    let (width, height) = (240, 160)
    var pixels: [Float] = []
    for y in 0..<height {
      for x in 0..<width {
        let down = Float(y) / Float(height)
        let across = Float(x) / Float(width)
        let isSun = (across - 0.5) * (across - 0.5) + (down - 0.6) * (down - 0.6) < 0.02
        pixels += isSun ? [1, 0.9, 0.5] : [0.9 - 0.6 * down, 0.4 * (1 - down) + 0.1 * across, 0.5]
      }
    }

    // Borrowed: nothing is copied, and the compiler keeps the view inside the array's life.
    let points = try MatrixView(pixels.span, columns: 3)
    // The lower half counts twice.
    let weights = (0..<points.rows).map { $0 < points.rows / 2 ? 1.0 : 2.0 }
    var kmeans = KMeans(clusterCount: 8, seed: 7)
    kmeans.tolerance = 0  // until no label changes
    let fit = try kmeans.fit(points, weights: weights.span) { iteration in
      let inertia = iteration.inertia ?? .nan
      print("iteration \(iteration.number): inertia \(inertia), \(iteration.moved) moved")
    }

    for (color, channels) in fit.model.centroids.rowArrays.enumerated() {
      let hex = channels.map { channel in
        let value = String(Int(channel * 255), radix: 16)
        return value.count < 2 ? "0" + value : value
      }.joined()
      print("#\(hex): a weight of \(Int(fit.model.clusterWeights[color]))")
    }

    // Later, for other pixels of the kind, without an allocation.
    var labels = [Int32](repeating: 0, count: points.rows)
    var span = labels.mutableSpan
    try fit.model.assign(points, into: &span)
    print("the model labels the picture as the fit did: \(labels == fit.labels)")

    // Every wrong parameter is a case with its numbers.
    do throws(ClusteringError) {
      _ = try KMeans(clusterCount: 1_000_000, seed: 7).fit(points)
    } catch {
      switch error {
      case .tooManyClusters(let clusters, let points):
        print("as expected: \(clusters) clusters are too many for \(points) points")
      default:
        print(error)
      }
    }
  }
}
