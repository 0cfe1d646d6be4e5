/// Slots in the order of their projections on one direction; those of equal projections in the
/// order of their numbers. An unsafe handle of memory that its owner keeps.
struct SortedSlots {
  /// Projections [count].
  private(set) var keys: UnsafeMutablePointer<Double>
  /// The slot of each [count].
  private(set) var slots: UnsafeMutablePointer<Int32>
  private(set) var count = 0

  /// Memory for some number of slots.
  init(capacity: Int, _ arena: ScratchArena) {
    keys = arena.take(capacity)
    slots = arena.take(capacity)
  }

  /// The place of the first projection that is not below a number.
  ///
  /// - Complexity: O(log m).
  @inline(__always)
  func place(of key: Double) -> Int {
    var (first, rest) = (0, count)
    while rest > 0 {
      let half = rest >> 1
      let isBelow = keys[first &+ half] < key
      first = isBelow ? first &+ half &+ 1 : first
      rest = isBelow ? rest &- half &- 1 : half
    }
    return first
  }

  /// The place of the first entry that is not before a projection of a slot.
  @inline(__always)
  private func place(of key: Double, _ slot: Int) -> Int {
    var place = place(of: key)
    while place < count, keys[place] == key, Int(slots[place]) < slot { place &+= 1 }
    return place
  }

  /// Inserts a slot.
  ///
  /// - Complexity: O(m), a move of memory.
  mutating func insert(_ slot: Int, _ key: Double) {
    let place = place(of: key, slot)
    (keys + place + 1).update(from: keys + place, count: count - place)
    (slots + place + 1).update(from: slots + place, count: count - place)
    set(place, key, slot)
    count += 1
  }

  /// Gives a slot another projection.
  ///
  /// - Complexity: O(log m), and O(1) for each entry that it passes: few, where a centroid of many
  ///   points takes one more in.
  mutating func move(_ slot: Int, from old: Double, to new: Double) {
    var place = place(of: old, slot)
    while place > 0, (new, slot) < (keys[place &- 1], Int(slots[place &- 1])) {
      set(place, keys[place &- 1], Int(slots[place &- 1]))
      place &-= 1
    }
    while place &+ 1 < count, (keys[place &+ 1], Int(slots[place &+ 1])) < (new, slot) {
      set(place, keys[place &+ 1], Int(slots[place &+ 1]))
      place &+= 1
    }
    set(place, new, slot)
  }

  @inline(__always)
  private func set(_ place: Int, _ key: Double, _ slot: Int) {
    keys[place] = key
    slots[place] = Int32(truncatingIfNeeded: slot)
  }

  /// Adds a slot behind all others, whatever its projection.
  @inline(__always)
  mutating func append(_ slot: Int32, _ key: Double) {
    keys[count] = key
    slots[count] = slot
    count &+= 1
  }

  mutating func removeAll() { count = 0 }

  /// Becomes the entries of two others, in order.
  ///
  /// - Parameters:
  ///   - old: in order.
  ///   - new: in order, of slots that `old` has no entry of.
  /// - Complexity: O(m).
  mutating func merge(_ old: SortedSlots, _ new: SortedSlots) {
    // Locals: the compiler cannot know that what is written is none of the addresses.
    let (keys, slots, oldKeys, oldSlots) = (keys, slots, old.keys, old.slots)
    let (newKeys, newSlots, newCount) = (new.keys, new.slots, new.count)
    var (end, next) = (0, 0)
    for place in 0..<old.count {
      let (key, slot) = (oldKeys[place], oldSlots[place])
      while next < newCount, (newKeys[next], newSlots[next]) < (key, slot) {
        keys[end] = newKeys[next]
        slots[end] = newSlots[next]
        (end, next) = (end &+ 1, next &+ 1)
      }
      keys[end] = key
      slots[end] = slot
      end &+= 1
    }
    let rest = newCount - next
    (keys + end).update(from: newKeys + next, count: rest)
    (slots + end).update(from: newSlots + next, count: rest)
    count = end + rest
  }

  /// Puts entries that were appended in any order into theirs.
  ///
  /// - Complexity: O(m log m).
  mutating func sort() {
    guard count <= 32 else { return sortMany() }
    for end in 1..<max(1, count) {
      let (key, slot) = (keys[end], slots[end])
      var place = end
      while place > 0, (key, slot) < (keys[place &- 1], slots[place &- 1]) {
        keys[place] = keys[place &- 1]
        slots[place] = slots[place &- 1]
        place &-= 1
      }
      keys[place] = key
      slots[place] = slot
    }
  }

  private mutating func sortMany() {
    var pairs = (0..<count).map { (key: keys[$0], slot: slots[$0]) }
    pairs.sort { $0 < $1 }
    for (place, pair) in pairs.enumerated() { (keys[place], slots[place]) = (pair.key, pair.slot) }
  }
}
