internal import KMeansFiles

/// Texts one behind another in one piece of memory: the keys of many rows take little more than
/// their bytes.
package struct PackedTexts: Sendable, Hashable {
  private var bytes: [UInt8] = []
  /// Where each text ends among the bytes.
  private var ends: [Int] = []

  /// No texts.
  package init() {}

  /// Some texts.
  package init(_ texts: [String]) {
    for text in texts { append(text) }
  }

  package var count: Int { ends.count }
  package var isEmpty: Bool { ends.isEmpty }

  /// The memory that they take, without what was reserved for more.
  package var byteCount: Int { bytes.count + ends.count * MemoryLayout<Int>.stride }

  /// One of the texts.
  package subscript(index: Int) -> String {
    String(decoding: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
  }

  /// All of them, one after another.
  package var texts: [String] { ends.indices.map { self[$0] } }

  package mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(bytes.count)
  }

  /// Appends some texts of others.
  ///
  /// - Complexity: O(their bytes).
  package mutating func append(_ others: PackedTexts, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let start = range.lowerBound == 0 ? 0 : others.ends[range.lowerBound - 1]
    let move = bytes.count - start
    bytes.append(contentsOf: others.bytes[start..<others.ends[range.upperBound - 1]])
    for end in others.ends[range] { ends.append(end + move) }
  }

  /// Takes some of the texts out, the first ones.
  ///
  /// - Complexity: O(bytes of all).
  package mutating func takeFirst(_ count: Int) -> PackedTexts {
    var (first, rest) = (PackedTexts(), PackedTexts())
    first.append(self, 0..<min(count, self.count))
    rest.append(self, first.count..<self.count)
    self = rest
    return first
  }

  /// Appends all texts of others.
  package mutating func append(_ others: PackedTexts) {
    if isEmpty { self = others } else { append(others, 0..<others.count) }
  }
}
