// Starts that only pairs of doubles tell apart.
internal import KMeansKernelTypes

extension IntervalSearch {
  /// The cheapest start, of those that do not look dearer than a limit.
  func exactStart(of end: Int, _ first: Int, _ last: Int, within most: Double) -> Int {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: last - first + 1) { some in
      var count = 0
      for chunk in stride(from: first, through: last, by: Self.chunk) {
        let next = chunk + Self.chunk
        // No start of the chunk costs less; see `cheapestByChunks`.
        let least = costs[chunk] + (next < end ? sums.roundedCost(from: next, to: end) : 0)
        if least > most, most < .infinity { continue }
        for start in chunk...min(last, next - 1)
        where !(most < .infinity) || costs[start] + sums.roundedCost(from: start, to: end) <= most {
          some[count] = Int32(truncatingIfNeeded: start)
          count += 1
        }
      }
      // Where not even the cheapest one is within the limit, the limit is wrong.
      if count == 0 { return exactStart(of: end, first, last, within: .infinity) }
      return count == 1 ? Int(some[0]) : cheapest(of: some.baseAddress!, count, end)
    }
  }

  private func cheapest(of some: UnsafePointer<Int32>, _ count: Int, _ end: Int) -> Int {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { values in
      let (totals, rests) = (values.baseAddress!, values.baseAddress! + count)
      kernels.intervalCosts(sums.sums, sums.stride, costs, some, count, end, 0, totals, rests)
      var best = 0
      for item in 0..<count
      where totals[item] < totals[best]
        || (totals[item] == totals[best] && rests[item] < rests[best])
      {
        best = item
      }
      return Int(some[best])
    }
  }

  /// What the partitions that end with these starts cost.
  ///
  /// - Parameter totals: OUT, a double and the rest of it [2 x stride].
  func evaluate(_ ends: Range<Int>, into totals: UnsafeMutablePointer<Double>) {
    kernels.intervalCosts(
      sums.sums, sums.stride, costs, starts + ends.lowerBound, ends.count, ends.lowerBound, 1,
      totals + ends.lowerBound, totals + sums.stride + ends.lowerBound)
  }
}
