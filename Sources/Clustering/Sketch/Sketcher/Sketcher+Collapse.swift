private import KMeansCLibrary
internal import KMeansKernelTypes

// What happens when there are too many centroids: they are clustered as points are.
extension Sketcher {
  /// Clusters the centroids, by the rule of the parameters.
  mutating func collapse() {
    let grown = parameters.logFactor * log(Double(state.pointCount))
    state.numClusters = max(state.numClusters, Int(min(grown, 0x1p52)))
    guard let old = state.cutoff else { return }
    switch parameters.collapse {
    case .once:
      recluster()
      if state.count > state.numClusters { state.cutoff = max(old * parameters.beta, old.nextUp) }
    case .paper:
      var next = old
      repeat {
        next = max(next * parameters.beta, next.nextUp)
        state.cutoff = next
        recluster()
      } while state.count > state.numClusters
    case .jump:
      let ratios = recluster(keepingRatios: true)
      if state.count > state.numClusters {
        state.cutoff = Self.cutoff(
          leaving: state.numClusters, of: ratios, atLeast: max(old * parameters.beta, old.nextUp))
      }
    }
  }

  /// Clusters the centroids in a random order into an empty sketch.
  ///
  /// - Returns: for each in that order its weight times its cost when it was decided;
  ///   empty where they are not kept.
  @discardableResult
  private mutating func recluster(keepingRatios: Bool = false) -> [Double] {
    let (run, seed) = (state.collapseCount, parameters.seed)
    state.collapseCount += 1
    let order = Self.shuffled(state.count, Draws(seed: seed, purpose: .sketchOrder, run: run))
    let all = SketchedPoints(
      state.memory, order: order, kernels: .compiled(for: parameters.execution.kernels))
    removeAll()
    var pass = Pass(
      draws: Draws(seed: seed, purpose: .sketchCollapse, run: run), firstDraw: 0,
      mayCollapse: false, ratios: keepingRatios ? [] : nil)
    addAll(of: all, &pass)
    return pass.ratios ?? []
  }

  /// The numbers below `count` in a random order (Fisher and Yates).
  private static func shuffled(_ count: Int, _ draws: Draws) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(draws.uniform(last) * Double(last + 1)))
    }
    return order
  }

  /// The smallest cutoff, at least a given one, at which some number of centroids are expected to
  /// remain.
  ///
  /// - Parameter ratios: weight times cost of each.
  /// - Complexity: O(m).
  private static func cutoff(
    leaving count: Int, of ratios: [Double], atLeast least: Double
  ) -> Double {
    func remain(_ cutoff: Double) -> Bool {
      ratios.reduce(0) { $0 + min(1, $1 / cutoff) } > Double(count)
    }
    guard remain(least) else { return least }
    // The order of positive numbers is that of their bits.
    var (low, high) = (least.bitPattern, Double.greatestFiniteMagnitude.bitPattern)
    while low + 1 < high {
      let middle = low + (high - low) / 2
      if remain(Double(bitPattern: middle)) { low = middle } else { high = middle }
    }
    return Double(bitPattern: high)
  }
}
