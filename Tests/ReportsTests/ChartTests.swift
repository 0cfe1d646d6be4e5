import KMeansReports
import Testing

/// Charts: what they draw, at exact places.
@Suite struct ChartTests {
  private static let plot: Plot = {
    var plot = Plot(
      "title", x: Axis("x", .linear([0, 10])), y: Axis("y", .linear([0, 100], hasZero: true)))
    plot.width = 500
    return plot
  }()

  @Test func `a line goes through its points`() {
    let plot = Self.plot
    // The longest tick has three digits: 34 + 3 x 7.
    #expect(plot.left == 55 && plot.right == 478 && plot.top == 12 && plot.bottom == 274)
    var line = LineChart.Line("a", [(0, 0), (5, 50), (10, 100)], color: 0)
    line.hasMarks = true
    let found = WellFormed(LineChart(plot, [line]).markup)
    #expect(found.problem == nil)
    #expect(found.all("path").compactMap { $0["d"] } == ["M55 274L55 274L266.5 143L478 12"])
    #expect(found.numbers("circle", "cx") == [55, 266.5, 478])
    #expect(found.texts("title") == ["title", "a", "0: 0", "5: 50", "10: 100"])
    #expect(found.all("svg")[0]["role"] == "img" && found.all("svg")[0]["aria-label"] == "title")
  }

  @Test func `steps hold a value, and what is no number breaks a line`() {
    var line = LineChart.Line("a", [(0, 0), (5, 100), (6, .nan), (10, 50)], color: 0)
    line.isStepped = true
    let found = WellFormed(LineChart(Self.plot, [line]).markup)
    #expect(
      found.all("path").compactMap { $0["d"] }
        == ["M55 274L55 274H266.5V12M478 143L478 143"])
  }

  @Test func `a rule says what it marks`() {
    var chart = LineChart(Self.plot, [])
    chart.rules = [.init(5, "knee", isUpright: true), .init(50, "death", isUpright: false)]
    let found = WellFormed(chart.markup)
    #expect(found.texts("text").contains("knee") && found.texts("text").contains("death"))
    #expect(
      found.all("line").contains { $0["x1"] == "266.5" && $0["x2"] == "266.5" && $0["y1"] == "12" })
    #expect(found.all("line").contains { $0["y1"] == "143" && $0["y2"] == "143" })
  }

  @Test func `of many places those that can be seen are kept`() {
    let places = (0..<200_000).map { place in
      (x: Double(place) / 200, y: place == 123_456 ? 1e6 : Double(place % 7))
    }
    let kept = thinned(places)
    #expect(kept.count <= 4 * 1000)
    #expect(kept.contains { $0.y == 1e6 })
    #expect(kept.first?.x == 0 && kept.last?.x == places.last?.x)
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x < $1.x })
    #expect(thinned(Array(places.prefix(3000))).count == 3000)
  }

  @Test func `bars are as long as their values`() {
    let chart = BarChart(
      "sizes",
      [
        .init("a", 100, "100", color: 0), .init("b", 25, "25", color: 1),
        .init("c", 0, "0", color: nil), .init("d", nil, "none", color: nil),
      ])
    let found = WellFormed(chart.markup)
    #expect(found.problem == nil)
    let widths = found.numbers("rect", "width")
    #expect(widths.count == 2)
    #expect((widths[0] - 4 * widths[1]).magnitude < 0.5)
    #expect(found.numbers("rect", "x")[0] == found.numbers("rect", "x")[1])
  }

  @Test func `bars to the left begin where those to the right do`() {
    let chart = BarChart(
      "deviations", [.init("a", -2, "-2", color: 0), .init("b", 1, "1", color: 1)])
    let found = WellFormed(chart.markup)
    let (x, width) = (found.numbers("rect", "x"), found.numbers("rect", "width"))
    #expect((x[0] + width[0] - x[1]).magnitude < 0.11)
    #expect((width[0] - 2 * width[1]).magnitude < 0.21)
    #expect(
      found.all("line").compactMap { $0["x1"] }.compactMap(Double.init).contains {
        ($0 - x[1]).magnitude < 0.11
      })
  }

  @Test(arguments: [
    (0.0, 0.0), (.infinity, 1), (.greatestFiniteMagnitude, -.greatestFiniteMagnitude),
  ])
  func `bars of any values are a picture`(_ one: Double, _ other: Double) {
    let chart = BarChart("x", [.init("a", one, "a", color: 0), .init("b", other, "b", color: 1)])
    let found = WellFormed(chart.markup)
    #expect(found.problem == nil)
    #expect(found.numbers("rect", "width").allSatisfy { $0 >= 0 && $0 <= 9999 })
  }

  @Test func `distances of a scatter chart are what they look like`() {
    let chart = ScatterChart("s", labels: ("x", "y"), window: (0...10, 0...1))
    let plot = chart.plot
    let across = plot.x(7) - plot.x(6)
    #expect(across > 10)
    #expect((across - (plot.y(0) - plot.y(1))).magnitude < 1e-9)
    #expect(plot.x(0) > plot.left && plot.x(10) < plot.right)
    let tall = ScatterChart("s", labels: ("x", "y"), window: (0...1, 0...10)).plot
    #expect(((tall.x(1) - tall.x(0)) - (tall.y(0) - tall.y(1))).magnitude < 1e-9)
    #expect(tall.y(10) > tall.top && tall.y(0) < tall.bottom)
  }

  @Test func `points, marks and outlines are drawn in their groups`() {
    var chart = ScatterChart("s", labels: ("x", "y"), window: (0...1, 0...1))
    chart.groups = [.init("a", [(0.5, 0.5), (1, 1)], color: 0), .init("empty", [], color: 1)]
    chart.marks = [.init(x: 0.5, y: 0.5, "7", title: "cluster 7", color: 0)]
    chart.outlines = [.init([(0, 0), (1, 0), (1, 1)], color: 0, name: "a")]
    let found = WellFormed(chart.markup)
    #expect(found.problem == nil)
    let (x, y) = (px(chart.plot.x(0.5)), px(chart.plot.y(0.5)))
    let paths = found.all("path").compactMap { $0["d"] }
    #expect(paths.count == 2 && paths[0].hasPrefix("M\(x) \(y)h0") && paths[1].hasSuffix("Z"))
    #expect(found.all("circle")[0]["cx"] == x && found.texts("text").contains("7"))
    #expect(found.all("g").compactMap { $0["data-series"] } == ["a"])
  }

  @Test func `a point that is all there is has a picture`() {
    let chart = ScatterChart("s", labels: ("x", "y"), window: (3...3, -2 ... -2))
    #expect(chart.plot.x(3).isFinite && chart.plot.y(-2).isFinite)
    #expect(chart.plot.x(3) > chart.plot.left && chart.plot.x(3) < chart.plot.right)
  }

  @Test func `silhouettes fill their clusters' bands`() {
    let chart = SilhouetteChart(
      "s",
      [
        .init("a", [0.5, 1, 0], color: 0), .init("none", [], color: 1),
        .init("b", [-0.5], color: 2),
      ],
      mean: 0.25)
    let found = WellFormed(chart.markup)
    #expect(found.problem == nil)
    #expect(found.all("path").count == 2)
    #expect(found.texts("title").suffix(2) == ["a: mean 0.5", "b: mean −0.5"])
    #expect(found.texts("text").contains("mean 0.25"))
  }

  @Test func `a table of colours has a cell a value, and says it`() {
    let map = HeatMap("h", rows: ["a", "b"], columns: ["x", "y"], [[3, -1.5], [nil, 6]])
    let found = WellFormed(map.markup)
    #expect(found.problem == nil)
    #expect(
      found.texts("title").filter { $0.contains(", ") } == ["a, x: +3", "a, y: −1.5", "b, y: +6"])
    #expect(found.all("rect").prefix(3).compactMap { $0["fill-opacity"] } == ["1", "0.5", "1"])
    #expect(
      found.all("rect").prefix(3).compactMap { $0["class"] } == ["cell s1", "cell s0", "cell s1"])
  }

  @Test func `a histogram counts every value once`() {
    var chart = Histogram(
      "h", label: "x", [.init("a", [0, 0, 10], color: 0), .init("b", [10], color: 1)])
    chart.marks = [(value: 5, text: "0", color: 0)]
    let found = WellFormed(chart.markup)
    #expect(found.problem == nil)
    let heights = found.all("rect").compactMap { $0["height"].flatMap(Double.init) }
    #expect(heights.count == 3)
    // Two values are as high as two of one each.
    #expect((heights[0] - heights[1] - heights[2]).magnitude < 0.3)
  }

  @Test func `an interval holds what lies in it`() {
    let chart = IntervalChart("i", label: "cost", "certain", 10...30, [.init(20, "cost", color: 1)])
    let found = WellFormed(chart.markup)
    #expect(found.problem == nil)
    let (x, width) = (found.numbers("rect", "x")[0], found.numbers("rect", "width")[0])
    #expect((found.numbers("circle", "cx")[0] - x - width / 2).magnitude < 0.2)
  }
}
