// Bounds that carry over iterations: the slacks by which groups are farther from sixteen points
// than the own centroid of each.
private import KMeansCLanes

/// Notes the slacks of the groups whose upper scores were just found.
///
/// A slack is at most min over the points of (the distance to the nearest centroid of the group, at
/// least) - u. With M the largest upper score V of the group, all lengths in units of s:
///
/// *By products* V s >= x'.c' - |c'|^2/2, so |x' - c'|^2 >= P - 2 M/s with P <= |x'|^2.
///
/// *By the triangle* V holds w of this iteration: with e = rho N for each centroid, y = |x^ - c'|
/// and Q = |x^|^2 - 2 M/s, |x^ - c^|^2 <= (y + e)^2 gives y^2 + 2 y e >= Q + 2 w e, so y >=
/// sqrt(e^2 + 2 w e + Q) - e. Where that exceeds w it falls as e grows, so the largest e of the
/// group is taken; where it does not, it rises with e, and sqrt(Q), without e, is below: the lesser
/// of both holds for every e. It matters where slacks are below zero, too, for u may fall. The
/// distance is at least y - |e_x|, so the slack is y - w.
///
/// Both are sqrt(P + e (e + 2w) - 2 M/s) - e - (u or w), with e and w zero by products. Terms are
/// rounded by less than 2^-20 of them, which is taken off.
///
/// - Parameters:
///   - list: IN, `count` numbers of groups.
///   - maxima: IN, sixteen a group of the list, as `filterGroups` leaves them.
///   - thresholds: IN, as for them.
///   - groupErrors: IN, the largest rho N of each group of all.
///   - now: the place of this iteration among the eight that are looked back at.
///   - slacks, times: OUT, one a group of all: those in the list are written.
/// - Complexity: O(count).
/// - Reference: plain Double in `SlackTests`.
package func refreshSlacks(
  _ list: UnsafePointer<Int32>, _ count: Int, _ maxima: UnsafePointer<Float>,
  _ thresholds: UnsafePointer<Float>, _ groupErrors: UnsafePointer<Float>, _ now: Int,
  _ slacks: UnsafeMutablePointer<Float>, _ times: UnsafeMutablePointer<Int8>
) {
  let zero = SIMD16<Float>(repeating: 0)
  let inverse = loadRow(KMEANS_THRESHOLD_INVERSE_SCALE, of: thresholds)
  let norm = loadRow(KMEANS_THRESHOLD_SQUARED_LENGTH, of: thresholds)
  let w = loadRow(KMEANS_THRESHOLD_REACH, of: thresholds)
  let own = loadRow(KMEANS_THRESHOLD_OWN, of: thresholds)
  let scale = loadRow(KMEANS_THRESHOLD_SCALE, of: thresholds)
  let isTriangle = kmeans_less_f16(zero, w)
  let time = Int8(truncatingIfNeeded: now)
  for place in 0..<count {
    let group = Int(truncatingIfNeeded: list[place])
    let term = 2 * loadFloats(maxima + 16 &* place) * inverse
    // Zero by products: w is zero there, and so is e.
    let error = kmeans_select_equal_f16(
      isTriangle, SIMD16(repeating: 0), zero,
      groupErrors[group] * inverse * (1 + 0x1p-20))
    let spread = error * (error + 2 * w)
    let size = norm + spread + kmeans_abs_f16(term)
    let square = norm + spread - term - 0x1p-19 * size
    let root = kmeans_root_f16(kmeans_max_f16(square, zero))
    let withoutError = kmeans_root_f16(
      kmeans_max_f16(norm - term - 0x1p-19 * (norm + kmeans_abs_f16(term)), zero))
    let least = kmeans_min_f16(root - error, withoutError)
    let slack =
      scale * (least - own - 0x1p-20 * (root + error + own + withoutError)) * (1 - 0x1p-20)
    slacks[group] = kmeans_reduce_min_f16(slack)
    times[group] = time
  }
}

/// The groups that may hold a centroid nearer than the own one of some of sixteen points, now that
/// centroids have moved.
///
/// A group is dead where its slack is larger than the largest move of its centroids since the slack
/// was found, plus the largest rise of u since then. Slacks of dead groups that the next iteration
/// could not look back to are counted from now on, less both.
///
/// - Parameters:
///   - slacks, times: IN/OUT, one a group, as `refreshSlacks` leaves them; room for a multiple of
///     sixteen.
///   - groupCount: the number of groups.
///   - drifts: IN, for each of the eight iterations the largest move of a centroid of each group,
///     rounded up by 2^-22 of it at least; a multiple of sixteen apart, as many as groups are.
///   - heights: IN, for each of the eight iterations u of the sixteen points, of this one, too.
///   - now: the place of this iteration among the eight; its moves are zero.
///   - list: OUT, room for the groups and sixteen more.
/// - Returns: the number of groups that are alive.
/// - Complexity: O(groupCount).
/// - Reference: a plain loop in `SlackTests`.
package func liveGroups(
  _ slacks: UnsafeMutablePointer<Float>, _ times: UnsafeMutablePointer<Int8>, _ groupCount: Int,
  _ drifts: UnsafePointer<Float>, _ heights: UnsafePointer<Float>, _ now: Int,
  _ list: UnsafeMutablePointer<Int32>
) -> Int {
  let stride = (groupCount &+ 15) & ~15
  let (time, oldest) = (
    Int8(truncatingIfNeeded: now), Int8(truncatingIfNeeded: (now &+ 1) & 7)
  )
  // The largest rise of u since each of them; differences are rounded up.
  let height = loadFloats(heights + 16 &* now)
  var rises = SIMD8<Float>(repeating: 0)
  for past in 0..<8 {
    let before = loadFloats(heights + 16 &* past)
    rises[past] = kmeans_reduce_max_f16(height - before + 0x1p-21 * kmeans_max_f16(height, before))
  }
  var numbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  var (count, group) = (0, 0)
  while group < groupCount {
    let slack = loadFloats(slacks + group)
    let since = UnsafeRawPointer(times + group).loadUnaligned(as: SIMD16<Int8>.self)
    var loss = SIMD16<Float>(repeating: 0)
    for past in 0..<8 {
      let moved = loadFloats(drifts + (past &* stride &+ group)) + rises[past]
      loss = kmeans_select_byte_f16(since, Int8(truncatingIfNeeded: past), moved, loss)
    }
    let isLast = group &+ 16 > groupCount
    let lanes: UInt16 =
      isLast ? (1 &<< UInt16(truncatingIfNeeded: groupCount &- group)) &- 1 : 0xffff
    let alive = kmeans_bits_not_greater_f16(slack, loss) & lanes
    UnsafeMutableRawPointer(list + count).storeBytes(
      of: kmeans_compress_i16(numbers, alive), as: SIMD16<Int32>.self)
    count &+= alive.nonzeroBitCount
    let less = slack - loss
    let lowered = less - 0x1p-22 * (kmeans_abs_f16(slack) + kmeans_abs_f16(loss))
    storeFloats(kmeans_select_byte_f16(since, oldest, lowered, slack), slacks + group)
    UnsafeMutableRawPointer(times + group).storeBytes(
      of: kmeans_replace_byte(since, oldest, time), as: SIMD16<Int8>.self)
    numbers = numbers &+ 16
    group &+= 16
  }
  return count
}
