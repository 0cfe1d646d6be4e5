/// The models of a pool in the order in which they were used last: a list that is linked both ways,
/// by their numbers.
struct UseOrder: Sendable {
  private var older: [Int32] = []
  private var newer: [Int32] = []
  /// The one that was used last, and the one that was not used for longest; -1 where there is none.
  private(set) var newest: Int32 = -1
  private(set) var oldest: Int32 = -1

  /// Puts a model that is in the list, or is not yet, in front.
  ///
  /// - Complexity: O(1).
  mutating func use(_ model: Int, isNew: Bool) {
    let number = Int32(truncatingIfNeeded: model)
    if !isNew {
      if newest == number { return }
      remove(model)
    }
    while older.count <= model {
      older.append(-1)
      newer.append(-1)
    }
    older[model] = newest
    newer[model] = -1
    if newest >= 0 { newer[Int(newest)] = number }
    newest = number
    if oldest < 0 { oldest = number }
  }

  /// Takes a model out of the list.
  mutating func remove(_ model: Int) {
    let (before, after) = (newer[model], older[model])
    if before >= 0 { older[Int(before)] = after } else { newest = after }
    if after >= 0 { newer[Int(after)] = before } else { oldest = before }
  }

  /// The models that were not used for longest, from the oldest on.
  func oldest(_ count: Int) -> [Int] {
    var found: [Int] = []
    var next = oldest
    while found.count < count, next >= 0 {
      found.append(Int(next))
      next = newer[Int(next)]
    }
    return found
  }
}
