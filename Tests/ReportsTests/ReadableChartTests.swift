import KMeansReports
import Testing

/// What makes charts readable: one scale, whole ticks, labels that are not cut off.
@Suite struct ReadableChartTests {
  @Test func `bars of charts side by side have one scale and one zero`() throws {
    var charts = [
      BarChart("a", [.init("long name", 4, "+4 sd", color: 1), .init("b", -1, "-1 sd", color: 0)]),
      BarChart("b", [.init("c", 1, "+1 sd: 123456", color: 1)]),
    ]
    BarChart.shareScale(&charts)
    let found = charts.map { WellFormed($0.markup) }
    let zeros = found.map { $0.all("line").first { $0["class"] == "zero" }?["x1"] }
    #expect(zeros[0] != nil && zeros[0] == zeros[1])
    let (first, second) = (found[0].numbers("rect", "width"), found[1].numbers("rect", "width"))
    #expect((first[0] - 4 * second[0]).magnitude < 0.5)
    #expect((first[1] - second[0]).magnitude < 0.11)
    #expect(found[0].numbers("rect", "x")[0] == found[1].numbers("rect", "x")[0])
  }

  @Test func `long names lose their middle`() {
    #expect(shortName("dst_host_same_src_port_rate", to: 20) == "dst_host_s…port_rate")
    #expect(shortName("abcdef", to: 5) == "ab…ef" && shortName("abcdef", to: 4) == "ab…f")
    #expect(shortName("abcde", to: 5) == "abcde" && shortName("abc", to: 1) == "…")
  }

  @Test func `nothing is marked between whole numbers`() {
    func ticks(_ values: [Double]) -> [String] {
      Scale.linear(values, isTight: true, isWhole: true).ticks.map(\.text)
    }
    #expect(ticks([1, 3]) == ["1", "2", "3"])
    #expect(ticks([1, 2]) == ["1", "2"])
    #expect(ticks([7]) == ["7"])
    #expect(ticks([0, 60]) == ["0", "10", "20", "30", "40", "50", "60"])
    #expect(Scale.linear([1, 3], isTight: true).ticks.map(\.text).contains("1.5"))
  }

  @Test func `a label that is longer than its axis has lines`() throws {
    func labels(_ text: String) -> [String] {
      let plot = Plot("t", x: Axis("x", .linear([0, 1])), y: Axis(text, .linear([0, 1])))
      let found = WellFormed(plot.drawn { _ in })
      return zip(found.all("text"), found.texts("text")).filter {
        $0.0["transform"]?.contains("rotate(-90)") == true
      }.map(\.1)
    }
    #expect(labels("inertia (squared distances)") == ["inertia (squared distances)"])
    let lines = labels("inertia (squared distances, standardised columns)")
    #expect(lines == ["inertia (squared distances, standardised", "columns)"])
    // At most 40 letters of 6.4 pixels on 262.
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  @Test func `an axis of logarithms counts every value of a histogram`() throws {
    var chart = Histogram("h", label: "points", [.init("clusters", [1, 1, 1000], color: 0)])
    (chart.counted, chart.scale) = ("clusters", Scale.logarithmic([1, 1, 1000]))
    let found = WellFormed(chart.markup)
    #expect(found.problem == nil && found.texts("text").contains("clusters"))
    let (x, heights) = (found.numbers("rect", "x"), found.numbers("rect", "height"))
    #expect(heights.count == 2 && (heights[0] - 2 * heights[1]).magnitude < 0.3)
    // From 1 to 1000: the last bin.
    #expect(x[1] - x[0] > 600)
  }
}
