/// The slots that one search has looked at, so that it looks at each once.
///
/// An unsafe handle of memory that its owner keeps.
struct SeenSlots {
  /// The number of the last search that saw a slot [capacity].
  private let searches: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  private var search: UInt32 = 0

  init(capacity: Int, _ arena: ScratchArena) {
    searches = arena.take(capacity, repeating: 0)
    self.capacity = capacity
  }

  /// Begins another search, which has seen nothing.
  @inline(__always)
  mutating func begin() {
    search &+= 1
    if search == 0 {
      searches.update(repeating: 0, count: capacity)
      search = 1
    }
  }

  /// Notes a slot.
  ///
  /// - Returns: whether it was not seen before.
  @inline(__always)
  func insert(_ slot: Int) -> Bool {
    if searches[slot] == search { return false }
    searches[slot] = search
    return true
  }
}
