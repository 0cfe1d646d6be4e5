// Reduces a picture to a palette, in memory that the caller owns.
//
//     swift run -c release KMeansPaletteExample Examples/Data/coffee.ppm 16 sixteen.ppm
//
// Without a picture it paints a sunset of eight colours.
import Clustering

@main
enum Palette {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let picture = try arguments.first.map { try Picture(path: $0) } ?? Picture.sunset
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 8

    // Borrowed: nothing is copied, and the compiler keeps the view inside the array's life.
    let points = try MatrixView(picture.pixels.span, columns: 3)
    // The lower half counts twice.
    let weights = (0..<points.rows).map { $0 < points.rows / 2 ? 1.0 : 2.0 }
    var kmeans = KMeans(clusterCount: count, seed: 7)
    kmeans.tolerance = 0  // until no label changes
    let fit = try kmeans.fit(points, weights: weights.span) { iteration in
      if iteration.number.isMultiple(of: 10) {
        print("iteration \(iteration.number): inertia \(iteration.inertia ?? .nan)")
      }
    }
    show(fit.model)

    // Later, for other pixels of the kind, without an allocation.
    var labels = [Int32](repeating: 0, count: points.rows)
    var span = labels.mutableSpan
    try fit.model.assign(points, into: &span)
    print("the model labels the picture as the fit did: \(labels == fit.labels)")

    let quantized = picture.painted(with: fit.model.centroids.rowArrays, labels)
    print("root mean square error of a channel: \(picture.error(of: quantized)) of 255")
    if let path = arguments.dropFirst(2).first { try quantized.write(to: path) }
    refuse(points)
  }

  /// The colours, and how much of the picture has them.
  static func show(_ model: KMeansModel<Float>) {
    for (color, channels) in model.centroids.rowArrays.enumerated() {
      let hex = channels.map { channel in
        let value = String(Int(channel * 255), radix: 16)
        return value.count < 2 ? "0" + value : value
      }.joined()
      print("#\(hex): a weight of \(Int(model.clusterWeights[color]))")
    }
  }

  /// Every wrong parameter is a case with its numbers.
  static func refuse(_ points: borrowing MatrixView<Float>) {
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
