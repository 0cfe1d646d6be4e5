/// Which cluster of another clustering is which one of the first: pairs that share as much weight
/// as possible in all, each cluster in at most one of them.
///
/// Clusters that share no point, not even by way of others, do not compete: each group that does is
/// matched by itself, the same partition under other numbers in no time. A group is matched
/// optimally, or greedily by the largest overlap where that would take too long.
struct ClusterMatching {
  /// The numbers of the overlaps whose clusters are pairs, ascending.
  private(set) var pairs: [Int] = []
  /// Whether no other pairs share more weight.
  private(set) var isOptimal = true
  /// The steps that a group may take to be matched optimally: a second or two.
  private static let mostSteps = 1_000_000_000
  /// The pairs of a group that are held in memory for that.
  private static let mostGains = 10_000_000

  /// - Complexity: O(c log c) for c overlaps, and r^2 s for each group of r and s clusters, r the
  ///   smaller number.
  init(_ overlaps: ClusterOverlaps, mostSteps: Int = Self.mostSteps) {
    for group in Self.groups(overlaps) {
      let clusters = Set(group.map { overlaps.places[$0].cluster }).sorted()
      let others = Set(group.map { overlaps.places[$0].other }).sorted()
      let (few, many) = (
        min(clusters.count, others.count), max(clusters.count, others.count)
      )
      if few == 1 {
        pairs.append(Self.largest(group, overlaps))
      } else if few <= mostSteps / few / many, few <= Self.mostGains / many {
        pairs += Self.optimal(group, overlaps, clusters, others)
      } else {
        isOptimal = false
        pairs += Self.greedy(group, overlaps)
      }
    }
    pairs.sort()
  }

  /// The overlaps that are joined by clusters, group by group.
  private static func groups(_ overlaps: ClusterOverlaps) -> [[Int]] {
    let clusters = overlaps.clusters.count
    var parents = Array(0..<clusters + overlaps.others.count)
    func root(_ place: Int) -> Int {
      var place = place
      while parents[place] != place {
        parents[place] = parents[parents[place]]
        place = parents[place]
      }
      return place
    }
    for place in overlaps.places {
      let (a, b) = (root(place.cluster), root(clusters + place.other))
      // The lower number wins, so that groups stand in the order of their first cluster.
      parents[max(a, b)] = min(a, b)
    }
    var groups: [Int: [Int]] = [:]
    for (number, place) in overlaps.places.enumerated() {
      groups[root(place.cluster), default: []].append(number)
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func largest(_ group: [Int], _ overlaps: ClusterOverlaps) -> Int {
    group.dropFirst().reduce(group[0]) {
      overlaps.all[$1].weight > overlaps.all[$0].weight ? $1 : $0
    }
  }

  private static func greedy(_ group: [Int], _ overlaps: ClusterOverlaps) -> [Int] {
    let order = group.sorted {
      (overlaps.all[$1].weight, $0) < (overlaps.all[$0].weight, $1)
    }
    var (taken, takenOthers) = (Set<Int>(), Set<Int>())
    return order.filter { number in
      let place = overlaps.places[number]
      guard !taken.contains(place.cluster), !takenOthers.contains(place.other) else {
        return false
      }
      taken.insert(place.cluster)
      takenOthers.insert(place.other)
      return true
    }
  }

  private static func optimal(
    _ group: [Int], _ overlaps: ClusterOverlaps, _ clusters: [Int], _ others: [Int]
  ) -> [Int] {
    let row = Dictionary(uniqueKeysWithValues: zip(clusters, 0...))
    let column = Dictionary(uniqueKeysWithValues: zip(others, 0...))
    let isTurned = clusters.count > others.count
    let (rows, columns) =
      isTurned ? (others.count, clusters.count) : (clusters.count, others.count)
    let total = group.reduce(0) { $0 + overlaps.all[$1].weight }
    var gains = Array(repeating: Array(repeating: 0.0, count: columns), count: rows)
    var numbers: [Int: Int] = [:]
    for number in group {
      let place = overlaps.places[number]
      let (a, b) = (row[place.cluster]!, column[place.other]!)
      let (first, second) = isTurned ? (b, a) : (a, b)
      gains[first][second] = overlaps.all[number].weight / total
      numbers[first * columns + second] = number
    }
    // A pair that shares nothing is none.
    return OptimalMatching.columns(of: gains).enumerated().compactMap {
      numbers[$0.offset * columns + $0.element]
    }
  }
}
