/// The rows of a batch by the models that they belong to, in the order in which the models come
/// first; those of one model in their own order.
///
/// `@unchecked Sendable`: it only reads once it is made.
final class KeyedGroups: @unchecked Sendable {
  /// The model of each group.
  private(set) var models: [Int] = []
  private var starts: [Int] = [0]
  private var numbers: UnsafeMutablePointer<Int32>

  /// - Parameters:
  ///   - modelOfRow: one a row.
  ///   - group: room for a number a model, -1 each before and after.
  /// - Complexity: O(n).
  init(_ modelOfRow: [Int32], group: inout [Int32]) {
    var counts: [Int] = []
    for model in modelOfRow {
      if group[Int(model)] < 0 {
        group[Int(model)] = Int32(models.count)
        models.append(Int(model))
        counts.append(0)
      }
      counts[Int(group[Int(model)])] += 1
    }
    starts.reserveCapacity(models.count + 1)
    for count in counts { starts.append(starts.last! + count) }
    var next = starts
    numbers = .allocate(capacity: modelOfRow.count)
    for (row, model) in modelOfRow.enumerated() {
      let own = Int(group[Int(model)])
      numbers[next[own]] = Int32(truncatingIfNeeded: row)
      next[own] += 1
    }
    for model in models { group[model] = -1 }
  }

  deinit { numbers.deallocate() }

  var count: Int { models.count }

  subscript(number: Int) -> KeyedGroup {
    KeyedGroup(
      model: models[number],
      rows: UnsafeBufferPointer(
        start: numbers + starts[number], count: starts[number + 1] - starts[number]))
  }
}
