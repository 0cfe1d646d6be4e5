internal import KMeansFiles

/// Keys of 32 bits with the number of a row each, sorted by a radix sort from the lowest digit up
/// (Knuth, The Art of Computer Programming 3, 5.2.5): O(n) for each of at most three digits, and
/// rows of equal keys stay in the order in which they came.
///
/// An unsafe handle: 16 bytes a row, until ``takeResult()`` gives half of them back.
struct RadixSort: ~Copyable {
  private(set) var keys: UnsafeMutablePointer<UInt32>
  private(set) var rows: UnsafeMutablePointer<Int32>
  private var otherKeys: UnsafeMutablePointer<UInt32>
  private var otherRows: UnsafeMutablePointer<Int32>
  private let count: Int

  /// The bits of a digit: its 2048 counters, and the places they stand for, stay in caches.
  private static var digitBits: Int { 11 }

  /// Rows in their own order; the keys are still to be set.
  init(count: Int) {
    self.count = count
    keys = LargeMemory.take(count, of: UInt32.self)
    rows = LargeMemory.take(count, of: Int32.self)
    otherKeys = LargeMemory.take(count, of: UInt32.self)
    otherRows = LargeMemory.take(count, of: Int32.self)
    for row in 0..<count { rows[row] = Int32(truncatingIfNeeded: row) }
  }

  /// Sorts by the lowest bits of the keys.
  ///
  /// - Parameter bits: no key has more.
  /// - Complexity: O(n) for each eleven bits.
  mutating func sort(bits: Int) {
    var shift = 0
    while shift < bits {
      sort(digitAt: UInt32(shift))
      shift += Self.digitBits
    }
  }

  private mutating func sort(digitAt shift: UInt32) {
    let mask = UInt32(1) << UInt32(Self.digitBits) - 1
    var places = [Int](repeating: 0, count: Int(mask) + 1)
    places.withUnsafeMutableBufferPointer { places in
      for place in 0..<count { places[Int((keys[place] &>> shift) & mask)] &+= 1 }
      var next = 0
      for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
      for place in 0..<count {
        let digit = Int((keys[place] &>> shift) & mask)
        let target = places[digit]
        places[digit] = target &+ 1
        otherKeys[target] = keys[place]
        otherRows[target] = rows[place]
      }
    }
    swap(&keys, &otherKeys)
    swap(&rows, &otherRows)
  }

  /// The rows in their order, and their keys; whoever takes them gives them back to
  /// ``LargeMemory``.
  consuming func takeResult() -> (
    rows: UnsafeMutablePointer<Int32>, keys: UnsafeMutablePointer<UInt32>
  ) {
    LargeMemory.give(back: otherKeys)
    LargeMemory.give(back: otherRows)
    return (rows, keys)
  }
}
