internal import KMeansFiles
internal import KMeansKernelTypes

/// The partition of sorted values into intervals of the least cost: the global optimum of k-means
/// of one column, for a cluster is an interval there.
///
/// The dynamic programme over the number of intervals (Wang and Song, Ckmeans.1d.dp: optimal
/// k-means clustering in one dimension by dynamic programming, The R Journal 3(2), 2011), with
/// argmins that are found by divide and conquer (Gronlund, Larsen, Mathiasen, Nielsen, Schneider
/// and Song, Fast exact k-means, k-medians and Bregman divergence clustering in 1D, arXiv
/// 1701.07204, 2017). No table of argmins is kept: with each place goes the boundary after half of
/// the intervals, and each half is solved anew for its own boundaries (Hirschberg, A linear space
/// algorithm for computing maximal common subsequences, CACM 18(6), 1975). That is at most twice
/// the work.
///
/// `@unchecked Sendable`: threads write to entries of different places.
final class OptimalIntervals: @unchecked Sendable {
  private let sums: IntervalSums
  private let kernels: KernelSet<Double>
  private let threads: Int
  /// What is before each place costs, in one interval less and in as many as at hand [2 x stride].
  private var costs: UnsafeMutablePointer<Double>
  private var nextCosts: UnsafeMutablePointer<Double>
  /// The start of the last interval before each place.
  private let starts: UnsafeMutablePointer<Int32>
  /// The boundary after half of the intervals, the same way.
  private var halves: UnsafeMutablePointer<Int32>
  private var nextHalves: UnsafeMutablePointer<Int32>

  private init(_ distinct: DistinctValues, _ execution: Execution) {
    sums = IntervalSums(distinct)
    kernels = .compiled(for: execution.kernels)
    threads = execution.threadCount
    costs = LargeMemory.take(2 * sums.stride, of: Double.self)
    nextCosts = LargeMemory.take(2 * sums.stride, of: Double.self)
    starts = LargeMemory.take(sums.stride, of: Int32.self)
    halves = LargeMemory.take(sums.stride, of: Int32.self)
    nextHalves = LargeMemory.take(sums.stride, of: Int32.self)
  }

  deinit {
    for memory in [costs, nextCosts] { LargeMemory.give(back: memory) }
    for memory in [starts, halves, nextHalves] { LargeMemory.give(back: memory) }
  }

  /// The intervals of the least cost, none of them empty; of several such partitions the one whose
  /// boundaries come first.
  ///
  /// - Precondition: `clusters` is at least 1 and at most the number of values.
  /// - Complexity: O(k m log m) for m values, 100 bytes each.
  static func find(
    _ clusters: Int, of distinct: DistinctValues, _ execution: Execution
  ) -> [Range<Int>] {
    let all = 0..<distinct.count
    var first: [Int] = []
    first.reserveCapacity(clusters + 1)
    if clusters == 1 || clusters == distinct.count {
      first = clusters == 1 ? [0] : Array(all)
    } else {
      OptimalIntervals(distinct, execution).divide(all, clusters, into: &first)
    }
    first.append(distinct.count)
    return zip(first, first.dropFirst()).map { $0..<$1 }
  }

  /// Appends the starts of the intervals of some values.
  private func divide(_ some: Range<Int>, _ clusters: Int, into first: inout [Int]) {
    if clusters == 1 { return first.append(some.lowerBound) }
    if clusters == some.count { return first.append(contentsOf: some) }
    let boundary = boundary(some, clusters)
    divide(some.lowerBound..<boundary, clusters / 2, into: &first)
    divide(boundary..<some.upperBound, clusters - clusters / 2, into: &first)
  }

  /// Where half of the intervals of some values end.
  private func boundary(_ some: Range<Int>, _ clusters: Int) -> Int {
    let (low, high) = (some.lowerBound, some.upperBound)
    (costs[low], costs[low + sums.stride]) = (0, 0)
    for end in low + 1...high - clusters + 1 { starts[end] = Int32(truncatingIfNeeded: low) }
    evaluate(low + 1..<high - clusters + 2)
    for count in 2..<max(2, clusters) {
      let ends = low + count..<high - clusters + count + 1
      search(.init(ends: ends, first: low + count - 1, last: ends.upperBound - 2))
      evaluate(ends)
      noteHalves(ends, count, clusters / 2)
    }
    // Only the whole is wanted of the last one.
    let last = layer.start(of: high, low + clusters - 1, high - 1)
    return clusters == 2 ? last : Int(halves[last])
  }

  private var layer: IntervalSearch {
    IntervalSearch(sums: sums, kernels: kernels, costs: UnsafePointer(costs), starts: starts)
  }

  /// Values that are worth another thread.
  private static var worthwhile: Int { 1 << 13 }

  /// Finds the starts of some ends: level by level, until there are parts for all threads.
  private func search(_ part: IntervalSearch.Part) {
    let layer = layer
    var parts = [part]
    if threads > 1, part.ends.count > Self.worthwhile {
      for _ in 0..<6 {
        let some = parts
        Workers.share(some.count, among: threads) { queue in
          while let number = queue.next() { layer.solveMiddle(of: some[number]) }
        }
        parts = some.flatMap { part in
          let sides = part.sides(of: Int(starts[part.middle]))
          return [sides.0, sides.1].filter { !$0.ends.isEmpty }
        }
      }
    }
    let all = parts
    Workers.share(all.count, among: min(threads, all.count)) { queue in
      while let number = queue.next() { layer.solve(all[number]) }
    }
  }

  /// Finds the costs of partitions that end with the starts that were found, and goes on to them.
  private func evaluate(_ ends: Range<Int>) {
    let (layer, chunk) = (layer, Self.worthwhile)
    nonisolated(unsafe) let target = nextCosts
    Workers.share((ends.count + chunk - 1) / chunk, among: threads) { queue in
      while let number = queue.next() {
        let first = ends.lowerBound + number * chunk
        layer.evaluate(first..<min(first + chunk, ends.upperBound), into: target)
      }
    }
    swap(&costs, &nextCosts)
  }

  private func noteHalves(_ ends: Range<Int>, _ count: Int, _ half: Int) {
    if count == half + 1 {
      for end in ends { nextHalves[end] = starts[end] }
    } else if count > half + 1 {
      for end in ends { nextHalves[end] = halves[Int(starts[end])] }
    }
    swap(&halves, &nextHalves)
  }
}
