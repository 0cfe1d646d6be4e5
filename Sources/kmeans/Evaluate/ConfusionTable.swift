import Clustering
import KMeansFiles

/// The number of points of each class in each cluster, largest first; small classes and clusters
/// are summed up, so that people can read it.
struct ConfusionTable {
  private let confusion: ConfusionMatrix<ClassName>
  private let classes: [Int]
  private let clusters: [Int]
  /// The number of classes and clusters that are shown, unless all are.
  private static let shown = (classes: 20, clusters: 8)
  private let corner: String

  /// - Parameter corner: what lines and columns are.
  init(
    _ confusion: ConfusionMatrix<ClassName>, showsAll: Bool, corner: String = "class \\ cluster"
  ) {
    self.confusion = confusion
    self.corner = corner
    func largest(_ sizes: [Int], _ count: Int) -> [Int] {
      let order = sizes.largestFirst
      // "others" in place of one would save no line.
      return showsAll || order.count <= count + 1 ? order : Array(order.prefix(count))
    }
    classes = largest(confusion.classSizes, Self.shown.classes)
    clusters = largest(confusion.clusterSizes, Self.shown.clusters)
  }

  var lines: [String] {
    let hasOtherClusters = clusters.count < confusion.clusters.count
    let others = confusion.classes.count - classes.count
    let counts = self.counts(otherClass: others > 0)
    var table = Table(leading: [0])
    table.add(
      [corner, "points"] + clusters.map { "\(confusion.clusters[$0])" }
        + (hasOtherClusters ? ["others"] : []))
    for (row, line) in counts.enumerated() {
      let name =
        row < classes.count
        ? Self.name(confusion.classes[classes[row]]) : "\(counted(others, "other"))"
      let cells = hasOtherClusters ? line[...] : line.dropLast()
      table.add([name, "\(line.reduce(0, +))"] + cells.map { $0 == 0 ? "." : "\($0)" })
    }
    return table.lines
  }

  /// Shown classes and the sum of the others x shown clusters and the sum of the others.
  private func counts(otherClass: Bool) -> [[Int]] {
    let rows = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    let columns = Dictionary(uniqueKeysWithValues: zip(clusters, 0...))
    var counts = Array(
      repeating: Array(repeating: 0, count: clusters.count + 1),
      count: classes.count + (otherClass ? 1 : 0))
    for cell in confusion.cells {
      counts[rows[cell.classIndex] ?? classes.count][
        columns[cell.clusterIndex] ?? clusters.count] += cell.count
    }
    return counts
  }

  private static func name(_ name: ClassName) -> String {
    if name.text.isEmpty { return "(empty)" }
    let text = visible(name.text)
    return text.count > 24 ? "\(text.prefix(23))~" : text
  }
}
