import KMeansLivePage
import Testing

/// What is drawn on a terminal.
@Suite struct PlotLinesTests {
  private let plain = PlotLines.Looks(hasBlocks: true, hasColours: false)

  private func plot(_ inertias: [Double?]) -> PlotLines {
    var plot = PlotLines { "\($0)" }
    for inertia in inertias { plot.add(inertia: inertia) }
    return plot
  }

  @Test func `columns of inertia and bars of clusters`() {
    let lines = plot([0, nil, 1, 8]).lines(
      title: "batch 4", ids: [3, 9], weights: [1, 3], width: 43, height: 24, plain)
    #expect(lines[0] == "batch 4")
    #expect(lines[1] == "inertia per point 8.0 ▁ ▂█")
    // 42 columns, less 14 of the name and 8 of the share, leave 20 blocks.
    #expect(lines[2] == "cluster 9     " + String(repeating: "█", count: 20) + " 75.0 %")
    #expect(lines[3] == "cluster 3     " + String(repeating: "█", count: 6) + "▋ 25.0 %")
    #expect(lines.count == 4)
  }

  @Test func `letters and colours`() {
    let looks = PlotLines.Looks(hasBlocks: false, hasColours: true)
    let lines = plot([1, 1]).lines(
      title: "t", ids: [0], weights: [2], width: 40, height: 24, looks)
    #expect(lines[1] == "inertia per point 1.0 \u{1B}[33m__\u{1B}[0m")
    #expect(
      lines[2].contains("\u{1B}[36m####") && lines.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
  }

  @Test(arguments: [(20, 5), (43, 10), (300, 100)])
  func `no line is wider than the terminal, nor are there more`(_ width: Int, _ height: Int) {
    let weights = (0..<100).map { Double($0 * $0) }
    let lines = plot((0..<1000).map { Double($0) }).lines(
      title: String(repeating: "title ", count: 100), ids: Array(0..<100), weights: weights,
      width: width, height: height, plain)
    #expect(lines.allSatisfy { $0.count < width })
    #expect(lines.count < height && lines.count <= 13)
    #expect(lines.last?.hasPrefix("and ") == true)
  }

  @Test(arguments: [(10, 4), (10, 3), (2, 2), (1, 2)])
  func `a terminal of few rows has a line to spare`(_ width: Int, _ height: Int) {
    let lines = plot([1, 2]).lines(
      title: "batch 2", ids: [0, 1, 2], weights: [1, 2, 3], width: width, height: height, plain)
    #expect(lines.count == height - 1)
  }

  @Test func `nothing to draw, and numbers that are none`() {
    #expect(plot([]).lines(title: "", ids: [], weights: [], width: 80, height: 24, plain) == [""])
    let lines = plot([.infinity, .nan, 1e308, -1e308]).lines(
      title: "t", ids: [0, 1], weights: [0, 0], width: 80, height: 24, plain)
    #expect(lines[1].hasSuffix("  █▁"))
    #expect(lines[2].hasSuffix(" 0.0 %"))
  }
}
