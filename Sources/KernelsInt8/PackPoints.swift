// Sixteen quantised rows, turned so that points lie in lanes.
private import KMeansCLanes

/// Packs sixteen rows of bytes: for each word of four columns the words of the sixteen points, as
/// unsigned bytes q + 128, the operands that `vpdpbusd` multiplies by signed ones.
///
/// - Parameters:
///   - bytes: IN, sixteen rows, `byteStride` apart, a multiple of 4; zero behind the columns up to
///     whole words.
///   - words: words of four columns in a row.
///   - points: OUT, 16 x words.
/// - Complexity: O(words).
/// - Reference: a plain loop in `QuantizeTests`.
package func packPoints(
  _ bytes: UnsafePointer<Int8>, _ byteStride: Int, _ words: Int,
  _ points: UnsafeMutablePointer<Int32>
) {
  let rows = UnsafeRawPointer(bytes).assumingMemoryBound(to: Int32.self)
  let stride = byteStride / 4
  // q + 128 as an unsigned byte: only the highest bit changes.
  let changed = Int32(bitPattern: 0x8080_8080)
  var word = 0
  while word &+ 16 <= words {
    kmeans_turn_words(rows + word, Int64(truncatingIfNeeded: stride), changed, points + 16 &* word)
    word &+= 16
  }
  while word < words {
    for row in 0..<16 { points[16 &* word &+ row] = rows[row &* stride &+ word] ^ changed }
    word &+= 1
  }
}
