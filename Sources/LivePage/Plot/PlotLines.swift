// Sizes and inertia in some lines of a terminal.

/// What `--plot` draws: the line of the last batch, the inertia of the last batches, and the
/// largest clusters.
package struct PlotLines: Sendable {
  /// What the terminal can show.
  package struct Looks: Sendable {
    /// Blocks of Unicode; letters where there are none.
    let hasBlocks: Bool
    let hasColours: Bool

    package init(hasBlocks: Bool, hasColours: Bool) {
      (self.hasBlocks, self.hasColours) = (hasBlocks, hasColours)
    }
  }

  /// Of the last batches; nothing of one without centroids.
  private var inertias: [Double?] = []
  /// How a number is written.
  private let number: @Sendable (Double) -> String

  private static let mostInertias = 200
  private static let mostClusters = 10

  package init(number: @escaping @Sendable (Double) -> String) { self.number = number }

  /// Adds a batch by its inertia per point.
  package mutating func add(inertia: Double?) {
    inertias.append(inertia)
    if inertias.count > Self.mostInertias { inertias.removeFirst() }
  }

  /// The lines, none wider than the terminal, and fewer than it has.
  package func lines(
    title: String, ids: [Int], weights: [Double], width: Int, height: Int, _ looks: Looks
  ) -> [String] {
    // The last column is not written: some terminals go on to the next line there.
    let width = max(1, min(width, 120) - 1)
    var lines = [String(title.prefix(width)), inertiaLine(width, looks)].compactMap { $0 }
    let total = weights.reduce(0, +)
    let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    let room = max(1, height - lines.count - 2)
    let shown = order.prefix(min(Self.mostClusters, room))
    let largest = order.first.map { weights[$0] } ?? 0
    for cluster in shown {
      lines.append(
        bar(
          "cluster \(ids[cluster])", share: total > 0 ? weights[cluster] / total : 0,
          length: largest > 0 ? weights[cluster] / largest : 0, width, looks))
    }
    if order.count > shown.count {
      let rest = order.dropFirst(shown.count).reduce(0) { $0 + weights[$1] }
      let others = order.count - shown.count
      let share = total > 0 ? percent(rest / total) : ""
      lines.append(String("and \(others) other\(others == 1 ? "" : "s")\(share)".prefix(width)))
    }
    return Array(lines.prefix(max(1, height - 1)))
  }

  /// A column for each of the last batches, as high as its inertia.
  private func inertiaLine(_ width: Int, _ looks: Looks) -> String? {
    guard let last = inertias.last ?? nil, last.isFinite else { return nil }
    let label = "inertia per point \(number(last)) "
    let room = width - label.count
    guard room > 0 else { return String(label.prefix(width)) }
    let values = inertias.suffix(room)
    let known = values.compactMap { $0 }.filter(\.isFinite)
    let (low, high) = (known.min() ?? 0, known.max() ?? 0)
    let steps = Array(looks.hasBlocks ? "▁▂▃▄▅▆▇█" : "_.-~^")
    let columns = values.map { value -> Character in
      guard let value, value.isFinite else { return " " }
      guard high > low else { return steps[0] }
      // Halves, so that the difference of two large numbers is one.
      let place = (value / 2 - low / 2) / (high / 2 - low / 2)
      return steps[min(steps.count - 1, Int(place * Double(steps.count)))]
    }
    return label + coloured(String(columns), 33, looks)
  }

  private func bar(
    _ name: String, share: Double, length: Double, _ width: Int, _ looks: Looks
  ) -> String {
    let label = name + String(repeating: " ", count: max(1, 14 - name.count))
    let end = percent(share)
    let room = width - label.count - 8
    guard room > 0 else { return String((label + end).prefix(width)) }
    let eighths = Int((length * Double(room) * 8).rounded())
    var blocks = String(repeating: looks.hasBlocks ? "█" : "#", count: eighths / 8)
    if looks.hasBlocks, eighths % 8 > 0 { blocks.append(Array(" ▏▎▍▌▋▊▉")[eighths % 8]) }
    return label + coloured(blocks, 36, looks) + end
  }

  /// A share with one digit behind the point.
  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return " \(tenths / 10).\(tenths % 10) %"
  }

  private func coloured(_ text: String, _ colour: Int, _ looks: Looks) -> String {
    looks.hasColours && !text.isEmpty ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}
