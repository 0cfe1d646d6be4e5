import Batching
import VectorIO

/// A place in a file that is read block by block, and what was found before it.
struct BlockPosition: Codable {
  /// How many rows of the file come before it, those that were left out included.
  @CheckedCount var rows = 0
  var leftOut = LeftOut()
  var missing: MissingValues?
}

extension PointBlocks {
  /// The place behind the block.
  var position: BlockPosition {
    BlockPosition(rows: rowsSoFar, leftOut: leftOut, missing: missing)
  }

  /// Passes over rows that an earlier run has read.
  ///
  /// - Throws: ``FileError`` where the file has fewer.
  mutating func begin(behind position: BlockPosition) throws {
    guard position.rows > 0 else { return }
    let rest = try file.skip(position.rows)
    goOn(at: position, with: rest)
  }
}
