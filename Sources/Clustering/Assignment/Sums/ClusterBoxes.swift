/// The boxes of some clusters, and of all rows that have a weight.
struct ClusterBoxes<Scalar: ClusteringScalar>: RowReduction {
  private let clusters: [Int]
  /// The place of each cluster among those that are measured, or -1.
  private let places: [Int]
  private var boxes: [ColumnBox<Scalar>]
  /// The box of the rows of all other clusters.
  private var others: ColumnBox<Scalar>

  init(_ clusters: [Int], clusters count: Int, columns: Int) {
    self.clusters = clusters
    var places = [Int](repeating: -1, count: count)
    for (place, cluster) in clusters.enumerated() { places[cluster] = place }
    self.places = places
    others = ColumnBox(columns: columns)
    boxes = Array(repeating: others, count: clusters.count)
  }

  var needsDistances: Bool { false }
  func empty() -> ClusterBoxes {
    ClusterBoxes(clusters, clusters: places.count, columns: others.low.count)
  }
  mutating func reset() { self = empty() }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    for row in 0..<block.points.count where block.points.weight(row) > 0 {
      let place = places[Int(block.labels[row])]
      if place >= 0 {
        boxes[place].add(block.points.rows[row])
      } else {
        others.add(block.points.rows[row])
      }
    }
  }

  mutating func merge(_ later: borrowing ClusterBoxes) {
    others.merge(later.others)
    for place in boxes.indices { boxes[place].merge(later.boxes[place]) }
  }

  /// The box of all rows.
  var all: ColumnBox<Scalar> {
    boxes.reduce(into: others) { $0.merge($1) }
  }

  /// The box of a cluster, where it is one of those that are measured.
  func box(of cluster: Int) -> ColumnBox<Scalar>? {
    places[cluster] >= 0 ? boxes[places[cluster]] : nil
  }
}
