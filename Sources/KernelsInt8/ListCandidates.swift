// The pairs of a point and a centroid that the filter did not rule out, as a list.
private import KMeansCLanes

/// Lists the pairs whose bits are set in the masks of some groups.
///
/// - Parameters:
///   - masks: IN, six a group, as `filterGroups` leaves them.
///   - list, count: IN, the numbers of these groups.
///   - labels: IN, six a group of all: the centroids, -1 for an empty slot.
///   - known: IN, sixteen: for each point a centroid that is left out.
///   - valid: a bit for each point that counts.
///   - lanes, candidates: OUT, room for 96 a group and 15 more: points and centroids, those of a
///     centroid ascending.
/// - Returns: the number of pairs, and a bit for each point that has one.
/// - Complexity: O(count + pairs).
/// - Reference: a plain loop in `CandidateTests`.
package func listCandidates(
  _ masks: UnsafePointer<UInt16>, _ list: UnsafePointer<Int32>, _ count: Int,
  _ labels: UnsafePointer<Int32>, _ known: UnsafePointer<Int32>, _ valid: UInt16,
  _ lanes: UnsafeMutablePointer<Int32>, _ candidates: UnsafeMutablePointer<Int32>
) -> (pairs: Int, points: UInt16) {
  let numbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  let left = loadInts(known)
  var (pairs, points): (Int, UInt16) = (0, 0)
  var first = 0
  while first < 6 &* count {
    var some = kmeans_bits_sharing_u32(
      masks + first, Int64(truncatingIfNeeded: 6 &* count &- first), valid)
    while some != 0 {
      let place = first &+ some.trailingZeroBitCount
      some &= some &- 1
      let label = labels[6 &* Int(truncatingIfNeeded: list[place / 6]) &+ place % 6]
      if label < 0 { continue }
      let mask = masks[place] & valid & ~kmeans_bits_equal_i16(left, label)
      storeInts(kmeans_compress_i16(numbers, mask), lanes + pairs)
      storeInts(SIMD16(repeating: label), candidates + pairs)
      pairs = pairs &+ mask.nonzeroBitCount
      points |= mask
    }
    first = first &+ 32
  }
  return (pairs, points)
}

/// Lists the slots whose masks have the bit of one point.
///
/// - Parameters:
///   - masks, count: IN, one mask a slot.
///   - lane: the number of the point.
///   - slots: OUT, room for `count`: ascending.
/// - Returns: the number of slots.
/// - Complexity: O(count).
/// - Reference: a plain loop in `CandidateTests`.
package func listSlots(
  _ masks: UnsafePointer<UInt16>, _ count: Int, _ lane: Int, _ slots: UnsafeMutablePointer<Int32>
) -> Int {
  let wanted: UInt16 = 1 &<< UInt16(truncatingIfNeeded: lane)
  var (found, first) = (0, 0)
  while first < count {
    var some = kmeans_bits_sharing_u32(
      masks + first, Int64(truncatingIfNeeded: count &- first), wanted)
    while some != 0 {
      slots[found] = Int32(truncatingIfNeeded: first &+ some.trailingZeroBitCount)
      some &= some &- 1
      found &+= 1
    }
    first &+= 32
  }
  return found
}

@inline(__always)
private func storeInts(_ values: SIMD16<Int32>, _ place: UnsafeMutablePointer<Int32>) {
  UnsafeMutableRawPointer(place).storeBytes(of: values, as: SIMD16<Int32>.self)
}
