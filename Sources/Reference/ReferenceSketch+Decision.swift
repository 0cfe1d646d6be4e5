private import Foundation

// The decisions of a sketch, and its collapse.
extension ReferenceSketch {
  /// Makes an entry a centroid of its own, or merges it into the nearest.
  mutating func decide(_ entry: Entry, uniform: Double) -> Decision {
    if cutoff == nil { lightest = min(lightest, entry.weight) }
    if entries.isEmpty {
      entries.append(entry)
      return Decision(weight: entry.weight, cost: nil)
    }
    var (nearest, distance) = (0, Double.infinity)
    for (index, other) in entries.enumerated() {
      let found = Reference.squaredDistance(entry.center, other.center)
      if found < distance { (nearest, distance) = (index, found) }
    }
    let cost = rule.takesRoots ? distance.squareRoot() : distance
    if cutoff == nil, cost > 0 { cutoff = Self.cutoff(cost, lightest) }
    if let cutoff, uniform * cutoff < entry.weight * cost {
      entries.append(entry)
    } else {
      merge(entry, into: nearest, distance: distance)
    }
    return Decision(weight: entry.weight, cost: cost)
  }

  private mutating func merge(_ entry: Entry, into index: Int, distance: Double) {
    let before = entries[index]
    let weight = before.weight + entry.weight
    let share = entry.weight / weight
    for column in entry.center.indices {
      entries[index].center[column] += share * (entry.center[column] - before.center[column])
    }
    entries[index].squaredError =
      (before.squaredError + entry.squaredError) + distance * (before.weight * share)
    entries[index].weight = weight
  }

  /// Collapses where there are too many entries.
  mutating func shrink() {
    guard Double(entries.count) > rule.overshoot * Double(wanted), let old = cutoff else { return }
    wanted = max(wanted, Int(rule.logFactor * log(Double(pointCount))))
    switch rule.collapse {
    case .once:
      _ = collapse()
      if entries.count > wanted { cutoff = grown(old) }
    case .paper:
      var next = old
      repeat {
        next = grown(next)
        cutoff = next
        _ = collapse()
      } while entries.count > wanted
    case .jump:
      let decisions = collapse()
      if entries.count > wanted { cutoff = jump(decisions, atLeast: grown(old)) }
    }
  }

  /// A cutoff times beta; among the smallest numbers the product may round back to the old value.
  private func grown(_ cutoff: Double) -> Double { max(cutoff * rule.beta, cutoff.nextUp) }

  /// Clusters the entries anew, in random order.
  private mutating func collapse() -> [Decision] {
    let number = collapseCount
    collapseCount += 1
    var order = Array(entries.indices)
    for place in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(place, Int(uniforms.order(number, place) * Double(place + 1)))
    }
    let old = entries
    entries = []
    return order.enumerated().map { place, index in
      decide(old[index], uniform: uniforms.collapse(number, place))
    }
  }

  /// The smallest cutoff, at least a given one, at which at most the wanted number of the decided
  /// entries would have been expected to remain.
  private func jump(_ decisions: [Decision], atLeast least: Double) -> Double {
    let remains = { (cutoff: Double) -> Double in
      decisions.reduce(0) { sum, decision in
        guard let cost = decision.cost else { return sum + 1 }
        return sum + min(1, decision.weight * cost / cutoff)
      }
    }
    // Positive numbers are in the order of their bits, and the sum does not grow with the cutoff.
    var low = least.bitPattern
    var high = Double.greatestFiniteMagnitude.bitPattern
    while low < high {
      let middle = (low + high) / 2
      if remains(Double(bitPattern: middle)) <= Double(wanted) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return Double(bitPattern: low)
  }
}
