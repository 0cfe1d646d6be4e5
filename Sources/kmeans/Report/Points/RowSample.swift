import Clustering

/// Some of the points, drawn as they pass: the same ones for any blocks and threads.
///
/// Each point gets a number of its own at random, and those with the smallest ones stay (a
/// reservoir as that of Efraimidis and Spirakis, 2006, of equal weights). So the first of them by
/// that order are a sample, too.
struct RowSample<Scalar: ClusteringScalar> {
  /// How many stay.
  let limit: Int
  /// How many points there were.
  private(set) var points = 0
  private let columns: Int
  private let draws: Draws
  /// The points that may stay: their numbers at random, and where their values are.
  private var entries: [(key: UInt64, row: Int, place: Int)] = []
  private var values: [Scalar] = []
  /// No point with a larger number stays.
  private var largest = UInt64.max

  init(limit: Int, columns: Int, seed: UInt64) {
    (self.limit, self.columns) = (limit, columns)
    draws = Draws(seed: seed, purpose: .reportSample)
  }

  /// The most points that are kept of some columns: what pictures and their sums need, in
  /// 64 MiB, or 256 MiB where so many are to be drawn.
  ///
  /// - Parameter drawn: how many are drawn.
  static func limit(drawn: Int, columns: Int) -> Int {
    let length = columns * MemoryLayout<Scalar>.stride
    return max(min(drawn, max(1000, (1 << 28) / length)), min(20_000, (1 << 26) / length))
  }

  /// Offers points; those with the label -1 are none.
  mutating func add(_ view: borrowing MatrixView<Scalar>, _ labels: [Int32]? = nil) {
    for row in 0..<view.rows {
      if let labels, labels[row] < 0 { continue }
      let key = draws.bits(points)
      points += 1
      guard key <= largest else { continue }
      entries.append((key, points - 1, values.count / columns))
      let span = view[row]
      for column in 0..<columns { values.append(span[column]) }
      if entries.count >= 2 * limit { prune() }
    }
  }

  /// The points that stay, in the order of their numbers at random [m x d].
  mutating func finished() throws -> Matrix<Scalar> {
    prune()
    var rows = try Matrix<Scalar>(reserving: entries.count, columns: columns)
    for entry in entries {
      let start = entry.place * columns
      rows.append(values.span.extracting(start..<start + columns))
    }
    return rows
  }

  /// Lets those go that cannot stay.
  private mutating func prune() {
    entries.sort { ($0.key, $0.row) < ($1.key, $1.row) }
    guard entries.count > limit else { return }
    entries.removeLast(entries.count - limit)
    largest = entries[limit - 1].key
    var kept: [Scalar] = []
    kept.reserveCapacity(2 * limit * columns)
    for index in entries.indices {
      let start = entries[index].place * columns
      entries[index].place = kept.count / columns
      kept.append(contentsOf: values[start..<start + columns])
    }
    values = kept
  }
}
