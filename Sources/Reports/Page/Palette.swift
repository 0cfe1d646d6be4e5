/// The colours of a page, for light and for dark paper.
///
/// Series have the hues of Okabe and Ito (Color Universal Design, 2008), which people with any of
/// the usual kinds of colour blindness can tell apart. Most of them are darker or lighter than the
/// originals, so that each stands out from the paper by a contrast of at least 3 to 1, as WCAG 2.1
/// (1.4.11) asks of what a picture says, and those that look alike to some people differ in
/// lightness.
package enum Palette {
  /// The colours of a series by its name: on light paper, and on dark paper.
  package static let series: [(name: String, light: String, dark: String)] = [
    ("blue", "#00538f", "#3f97dd"), ("vermillion", "#c8460c", "#e2683a"),
    ("bluish green", "#00896a", "#12a37c"), ("reddish purple", "#c2569f", "#cf7fb6"),
    ("orange", "#cf7f00", "#e69f00"), ("sky blue", "#3596d4", "#a5dcff"),
    ("yellow", "#4a4a00", "#f0e442"), ("black", "#111111", "#c9c9c9"),
  ]

  /// The other colours of a page, by the names of their variables.
  package static let paper: [(name: String, light: String, dark: String)] = [
    ("paper", "#ffffff", "#16181c"), ("panel", "#f6f7f9", "#1f2227"),
    ("ink", "#1f2328", "#e6e8eb"), ("faint", "#57606a", "#9aa4ae"),
    ("line", "#d5d9de", "#363b42"), ("other", "#868d95", "#7d858e"),
  ]

  /// The class of the colour of a series. Those beyond the last begin anew.
  ///
  /// - Parameter series: from 0; `nil` for what is one of many others.
  package static func style(_ series: Int?) -> String {
    series.map { "s\($0 % Palette.series.count)" } ?? "other"
  }

  /// The variables of one kind of paper.
  static func variables(dark isDark: Bool) -> String {
    let all =
      paper.map { ($0.name, isDark ? $0.dark : $0.light) }
      + series.enumerated().map { ("s\($0)", isDark ? $1.dark : $1.light) }
    return all.map { "--\($0):\($1)" }.joined(separator: ";")
  }

  /// The classes that take them.
  static var classes: String {
    let all = series.indices.map { ".s\($0){color:var(--s\($0))}" }
    return all.joined() + ".other{color:var(--other)}"
  }
}

/// How the clusters of a page look: the largest have a colour of their own, as many again share
/// these colours as squares, and the rest are grey, for nobody can tell more apart.
package struct ClusterColors: Sendable, Hashable {
  /// How many clusters can be told apart.
  package static var most: Int { 2 * Palette.series.count }

  private let ranks: [Int]

  /// - Parameter order: the clusters, the most important first.
  package init(order: [Int]) {
    var ranks = Array(repeating: 0, count: order.count)
    for (rank, cluster) in order.enumerated() { ranks[cluster] = rank }
    self.ranks = ranks
  }

  /// The number of the colour of a cluster; `nil` for grey.
  package func color(_ cluster: Int) -> Int? {
    ranks[cluster] < Self.most ? ranks[cluster] % Palette.series.count : nil
  }

  /// Whether its points are squares.
  package func isSquare(_ cluster: Int) -> Bool {
    (Palette.series.count..<Self.most).contains(ranks[cluster])
  }
}
