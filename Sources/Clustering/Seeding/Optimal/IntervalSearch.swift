internal import KMeansKernelTypes

/// The starts of the last intervals of optimal partitions, for all ends: the argmins of what is
/// before the start costs and the interval from there.
///
/// They rise with the end (the costs are a Monge array), so the argmin of the end in the middle
/// leaves each half the starts on its own side. Costs are compared by their upper halves, many at
/// once; where those of two starts differ by less than their error, pairs of doubles decide. The
/// first one wins on ties.
///
/// An unsafe handle; threads write to entries of different ends.
struct IntervalSearch: @unchecked Sendable {
  let sums: IntervalSums
  let kernels: KernelSet<Double>
  /// The cost of what is before each place, a double and the rest of it [2 x stride].
  let costs: UnsafePointer<Double>
  /// The start for each end.
  let starts: UnsafeMutablePointer<Int32>

  /// Ends whose starts lie between two places.
  struct Part: Sendable {
    var ends: Range<Int>
    var first: Int
    var last: Int

    /// The end to begin with: then eight are left between two others, in the end.
    var middle: Int {
      ends.count <= 8
        ? ends.lowerBound + ends.count / 2
        : ends.lowerBound + 9 * max(1, ends.count / 18) - 1
    }

    /// What is left on both sides of the middle; either may have no ends.
    func sides(of start: Int) -> (Part, Part) {
      (
        Part(ends: ends.lowerBound..<middle, first: first, last: start),
        Part(ends: middle + 1..<ends.upperBound, first: start, last: last)
      )
    }
  }

  /// Finds the starts of all ends of a part.
  ///
  /// - Complexity: O(n log n) for n ends and starts.
  func solve(_ part: Part) {
    if part.ends.isEmpty { return }
    if part.ends.count == 8, sums.canRuleOut { return solveEight(part) }
    solveMiddle(of: part)
    let sides = part.sides(of: Int(starts[part.middle]))
    solve(sides.0)
    solve(sides.1)
  }

  /// Finds the start of the end in the middle.
  func solveMiddle(of part: Part) {
    let end = part.middle
    starts[end] = Int32(truncatingIfNeeded: start(of: end, part.first, min(part.last, end - 1)))
  }

  private func solveEight(_ part: Part) {
    let (end, last) = (part.ends.lowerBound, min(part.last, part.ends.upperBound - 2))
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 16) { values in
      let values = values.baseAddress!
      kernels.cheapestStarts(
        sums.sums, sums.stride, costs, part.first, last - part.first + 1, end, starts + end, values)
      let slack = sums.slack(from: part.first, to: part.ends.upperBound - 1)
      for lane in 0..<8 {
        let most = Self.mostCost(values[lane], slack)
        if values[lane + 8] <= most {
          let range = (part.first, min(last, end + lane - 1))
          starts[end + lane] = Int32(
            truncatingIfNeeded: exactStart(of: end + lane, range.0, range.1, within: most))
        }
      }
    }
  }

  /// The start of one end, among some.
  func start(of end: Int, _ first: Int, _ last: Int) -> Int {
    guard sums.canRuleOut else { return exactStart(of: end, first, last, within: .infinity) }
    let slack = sums.slack(from: first, to: end)
    let found =
      last - first < 4 * Self.chunk
      ? cheapest(of: end, first, last) : cheapestByChunks(of: end, first, last, slack)
    let most = Self.mostCost(found.cost, slack)
    return found.next > most ? found.start : exactStart(of: end, first, last, within: most)
  }

  /// At most what the cheapest start costs in truth looks like, from the least cost that was found.
  ///
  /// The cost before a start is off by u of itself, and the sum is rounded by as much: 4 u of the
  /// least cost and 2 u of any other, beside the errors of both intervals.
  private static func mostCost(_ least: Double, _ slack: Double) -> Double {
    least + 2 * slack + 0x1p-50 * least.magnitude
  }

  /// A start and what it costs, and what the next best one does.
  private typealias Found = (start: Int, cost: Double, next: Double)

  private func cheapest(of end: Int, _ first: Int, _ last: Int) -> Found {
    var values = (0.0, 0.0)
    let start = withUnsafeMutablePointer(to: &values) {
      $0.withMemoryRebound(to: Double.self, capacity: 2) {
        kernels.cheapestStart(sums.sums, sums.stride, costs, first, last - first + 1, end, $0)
      }
    }
    return (start, values.0, values.1)
  }

  /// Starts that are ruled out together.
  static var chunk: Int { 64 }

  /// The same, without chunks of starts that cost too much in any case: what is before a start
  /// costs no less than what is before the first one of its chunk, and the interval from there no
  /// less than that from the end of the chunk.
  private func cheapestByChunks(
    of end: Int, _ first: Int, _ last: Int, _ slack: Double
  ) -> Found {
    let chunks = (last - first) / Self.chunk + 1
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: chunks) { least in
      var best = Double.infinity
      var cost = sums.roundedCost(from: first, to: end)
      for number in 0..<chunks {
        let place = first + number * Self.chunk
        best = min(best, costs[place] + cost)
        let next = place + Self.chunk
        cost = next < end ? sums.roundedCost(from: next, to: end) : 0
        least[number] = costs[place] + cost
      }
      var found = (start: first, cost: Double.infinity, next: Double.infinity)
      var number = 0
      while number < chunks {
        let most = Self.mostCost(min(best, found.cost), slack)
        let begin = number
        while number < chunks, least[number] <= most { number += 1 }
        if begin == number {
          number += 1
          continue
        }
        let some = cheapest(
          of: end, first + begin * Self.chunk, min(last, first + number * Self.chunk - 1))
        if some.cost < found.cost {
          found = (some.start, some.cost, min(found.cost, some.next))
        } else {
          found.next = min(found.next, some.cost)
        }
      }
      return found
    }
  }
}
