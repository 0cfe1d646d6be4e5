import Batching
import Clustering
import VectorIO

/// Leaves out rows whose time is too far after the latest before them: one row in milliseconds must
/// not erase what was learnt.
///
/// After a pause all rows are that far ahead. So many of them in a row whose times are near one
/// another say that the time has really passed: the stream goes on with the last of them.
struct TimeGuard {
  /// How many rows in a row say that time has passed.
  static let enough = 20

  /// How far ahead a time may be, in seconds.
  private let jump: Double
  private let halfLives: Double
  /// What it remembers of the rows so far.
  struct Memory: Codable {
    fileprivate(set) var latest: Double?
    /// The rows in a row that were left out, whose times are near one another, and the last time.
    @CheckedCount fileprivate(set) var aheadCount = 0
    fileprivate(set) var aheadTime = 0.0
  }

  var memory = Memory()
  /// Whether the time that was given last has been taken for the present after such rows.
  private(set) var hasMovedOn = false

  /// - Parameters:
  ///   - parameters: what they allow.
  ///   - leavesOut: whether such rows are left out at all; otherwise the stream refuses them.
  /// - Returns: `nil` where no time is too far ahead.
  init?(_ parameters: StreamingParameters, leavesOut: Bool) {
    halfLives = parameters.maxTimeJump
    jump = halfLives * parameters.forgetting.halfLife
    guard leavesOut, parameters.forgetting.unit == .seconds, jump > 0, jump.isFinite else {
      return nil
    }
  }

  /// Begins at the time of a clock.
  mutating func begin(at time: Double?) { memory.latest = time }

  /// A batch without the rows that are too far ahead.
  mutating func keptRows<Scalar: ClusteringScalar>(
    of batch: RowBatch<Scalar>
  ) throws -> RowBatch<Scalar> {
    hasMovedOn = false
    guard let times = batch.times else { return batch }
    var (rows, faults): ([Int], [String]) = ([], [])
    for (row, time) in times.enumerated() {
      guard let before = memory.latest else {
        memory.latest = time
        continue
      }
      guard isAhead(time, of: before) else { continue }
      rows.append(row)
      let beside = batch.auxiliary
      let fault =
        beside.jump(row: row, to: time, from: before, halfLives: halfLives)
        ?? beside.jump(to: time, from: before, halfLives: halfLives)
      faults.append("\(fault) (--max-time-jump)")
    }
    return rows.isEmpty ? batch : try batch.leavingOut(rows, for: .timeJump, faults)
  }

  /// Takes a time; whether it is too far ahead.
  private mutating func isAhead(_ time: Double, of before: Double) -> Bool {
    guard time - before > jump else {
      memory.latest = max(before, time)
      memory.aheadCount = 0
      return false
    }
    let isNear = memory.aheadCount > 0 && (time - memory.aheadTime).magnitude <= jump
    memory.aheadCount = isNear ? memory.aheadCount + 1 : 1
    memory.aheadTime = time
    guard memory.aheadCount >= Self.enough else { return true }
    memory.aheadCount = 0
    memory.latest = time
    hasMovedOn = true
    return false
  }
}
