import Clustering
import KMeansLinearAlgebra
import VectorIO

/// Points whose costs are compared, and a number of clusters.
struct QualityData {
  let name: String
  let points: Matrix<Float>
  let clusters: Int

  /// Some rows of a file.
  init(file: String, clusters: Int, rows: Int) throws {
    var source = try VectorFile<Float>(file)
    let all = try Matrix(reading: &source)
    let count = rows == 0 ? all.rows : min(rows, all.rows)
    name = file
    var some = try Matrix<Float>(reserving: count, columns: all.columns)
    for row in 0..<count { some.append(all[row * all.rows / count]) }
    points = some
    self.clusters = clusters
  }

  /// 6,000 points of twelve round blobs on a grid of 4 x 3.
  ///
  /// - Parameters:
  ///   - spread: from one blob to the next, in deviations of a blob.
  ///   - isUneven: whether blobs have deviations from 0.25 to 3.
  init(spread: Double, clusters: Int, isUneven: Bool = false) {
    let draws = Draws(seed: 12, purpose: .synthetic)
    let blobs = 12
    points = try! Matrix(
      (0..<6000).map { row in
        let blob = row % blobs
        let deviation = isUneven ? 0.25 * Double(blob + 1) : 1
        return (0..<2).map { column in
          let center = spread * Double(column == 0 ? blob % 4 : blob / 4)
          // The sum of twelve uniform numbers: near enough to normal.
          let number = 12 * (2 * row + column)
          let bell = (0..<12).reduce(-6.0) { $0 + draws.uniform(number + $1) }
          return Float(center + deviation * bell)
        }
      })
    name = "12 \(isUneven ? "uneven" : "round") blobs, \(spread) apart"
    self.clusters = clusters
  }

  /// The number of clusters below, at and above that of the blobs; near to each other and far.
  static var blobs: [QualityData] {
    let round = [6.0, 10, 40].flatMap { spread in
      [8, 12, 20].map { QualityData(spread: spread, clusters: $0) }
    }
    return round + [QualityData(spread: 10, clusters: 20, isUneven: true)]
  }
}
